"""Fixtures of the engine tests: every test with `home` runs on each engine."""

import pytest
from engine_cases import ENGINES, Home


@pytest.fixture(params=sorted(ENGINES))
def home(request, tmp_path):
    return Home(request.param, tmp_path / "index")


@pytest.fixture(params=sorted(ENGINES), scope="module")
def new_home(request, tmp_path_factory):
    """Return a function that makes an empty index, for tests that need many."""
    return lambda: Home(request.param, tmp_path_factory.mktemp("engine") / "index")
