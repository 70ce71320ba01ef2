"""Several calls inside `one_state` are answered by one committed state, whatever is committed."""

import gc
import threading
import weakref

import pytest

from search import Archive
from search.archive import IndexMissingError
from search.archive.live import LiveIndex


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("港口的文章", "utf-8")
    return folder


@pytest.fixture
def archive(docs, tmp_path):
    return Archive.build([docs], tmp_path / "index")


def add(docs, name):
    """Commit one more article, as another process would."""
    (docs / name).write_text("港口的另一篇文章", "utf-8")
    Archive.open(docs.parent / "index").update()


def test_a_commit_in_the_middle_does_not_show(archive, docs):
    with archive.one_state():
        assert archive.search("港口").total == 1
        add(docs, "b.txt")
        assert archive.search("港口").total == 1
        assert archive.size().articles == 1
        assert archive.missing(["docs/b.txt"]) == ["docs/b.txt"]
    assert archive.search("港口").total == 2


def test_a_rebuild_in_the_middle_does_not_show_either(archive, docs):
    with archive.one_state():
        generation, state = archive.size().generation, archive.state()
        (docs / "b.txt").write_text("港口", "utf-8")
        for _ in range(2):  # of which the second takes away the files that are read here
            Archive.build([], docs.parent / "index")
        assert (archive.size().generation, archive.state()) == (generation, state)
        (hit,) = archive.search("港口").hits
        assert hit.snippets[0].text == "港口的文章"
        assert archive.article("docs/a.txt").body.text == "港口的文章"
    assert archive.size().generation != generation
    assert archive.search("港口").total == 2


def test_the_state_is_that_of_the_first_call_and_not_of_the_beginning(archive, docs):
    with archive.one_state():
        assert archive.answered_by() == ""
        add(docs, "b.txt")
        assert archive.search("港口").total == 2
        assert archive.answered_by().startswith(f"{archive.size().generation}.")
    assert archive.answered_by() == ""


def test_one_inside_another_ends_nothing(archive, docs):
    with archive.one_state():
        with archive.one_state():
            assert archive.search("港口").total == 1
        add(docs, "b.txt")
        assert archive.search("港口").total == 1


def test_what_the_archive_writes_itself_is_seen_at_once(archive, docs):
    with archive.one_state():
        assert archive.search("港口").total == 1
        add(docs, "b.txt")
        (docs / "c.txt").write_text("港口，又一篇", "utf-8")
        assert (archive.update().added, archive.search("港口").total) == (1, 3)
        add(docs, "d.txt")
        assert archive.search("港口").total == 3


def test_other_threads_see_what_is_committed(archive, docs):
    found = []
    with archive.one_state():
        assert archive.search("港口").total == 1
        add(docs, "b.txt")
        asking = threading.Thread(target=lambda: found.append(archive.search("港口").total))
        asking.start()
        asking.join()
        assert archive.search("港口").total == 1
    assert found == [2]


def test_an_error_inside_ends_it_too(archive, docs):
    def ask():
        with archive.one_state():
            assert archive.search("港口").total == 1
            raise RuntimeError("inside")

    with pytest.raises(RuntimeError, match="inside"):
        ask()
    add(docs, "b.txt")
    assert archive.search("港口").total == 2


def test_without_an_index_it_begins_with_the_first_that_there_is(docs, tmp_path):
    archive = Archive(tmp_path / "other")
    with archive.one_state():
        with pytest.raises(IndexMissingError):
            archive.search("港口")
        Archive.build([docs], tmp_path / "other")
        assert archive.search("港口").total == 1


def test_no_reader_is_kept_alive_when_it_has_ended(archive, docs):
    live = LiveIndex(archive.index)
    with live.one_state():
        reader = weakref.ref(live.snapshot().reader)
        add(docs, "b.txt")
        assert live.snapshot().reader is reader()
    assert live.snapshot().reader is not None  # the newest, which the engine keeps instead
    gc.collect()
    assert reader() is None


def test_the_size_tells_commits_and_segments_apart(archive, docs):
    before = archive.size()
    assert (before.articles, before.segments) == (1, 1)
    add(docs, "b.txt")
    after = archive.size()
    assert (after.generation, after.articles) == (before.generation, 2)
    assert after.commit != before.commit
    assert after.segments >= 1
