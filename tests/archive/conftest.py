"""A folder of two articles, and the archive built from it."""

import gc
import warnings

import pytest
from archive_cases import write

from search import Archive


@pytest.fixture
def news(tmp_path):
    write(tmp_path / "news/a.txt", "第一篇\n长三角的产业。")
    write(tmp_path / "news/b.txt", "第二篇\n示范区的产业。")
    return tmp_path / "news"


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def archive(news, index):
    return Archive.build([news], index)


@pytest.fixture(autouse=True, scope="module")
def _whoosh_lets_go():
    """Close what Whoosh leaves open where it fails, so that no later test is blamed for it."""
    yield
    with warnings.catch_warnings(action="ignore"):
        gc.collect()
