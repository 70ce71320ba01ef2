"""For the golden orders: the two archives that they are asked of, built once."""

import pytest
from golden_cases import ARTICLES, SEEDS

from search import Archive
from tests.engine_under_test import place


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    return Archive.build([ARTICLES], place(tmp_path_factory.mktemp("golden") / "index"))


@pytest.fixture(scope="session")
def seeds(tmp_path_factory):
    return Archive.build([SEEDS], place(tmp_path_factory.mktemp("golden-seeds") / "index"))
