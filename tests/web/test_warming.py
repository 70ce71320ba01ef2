"""A server loads what readers need before the first comes; without an index it starts too."""

import gc
import sys
from types import SimpleNamespace

import pytest

from search import Archive
from search.archive import ArticleMissingError
from tests.web.serving import ROOT
from web import create_app, warm


@pytest.fixture(autouse=True)
def collecting():
    """Leave the collector of garbage as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_suggestions_are_begun_and_answers_are_as_without(tmp_path):
    archive = Archive.build([ROOT / "seeds"], tmp_path / "index")
    expected = archive.search("csj").total
    warm(archive)
    assert gc.get_freeze_count() > 0
    assert archive.search("csj").total == expected
    assert archive.suggest("chan")


def test_without_an_index_the_site_says_so_until_there_is_one(tmp_path):
    archive = Archive(tmp_path / "index")
    warm(archive)
    client = create_app(archive).test_client()
    assert client.get("/").status_code == 503
    Archive.build([ROOT / "seeds"], tmp_path / "index")
    assert client.get("/").status_code == 200
    with pytest.raises(ArticleMissingError):
        archive.article("nothing")


def test_threads_share_a_few_heaps_where_the_system_can(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(sys, "platform", "linux")
    libraries = iter([SimpleNamespace(mallopt=lambda *to: asked.append(to)), SimpleNamespace()])
    monkeypatch.setattr("web.memory.ctypes.CDLL", lambda _: next(libraries))
    for _ in range(2):
        warm(Archive(tmp_path / "index"))
    assert asked == [(-8, 2)]  # M_ARENA_MAX
