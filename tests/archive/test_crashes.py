"""Runs that the system refuses, or a reader of its progress ends: the old index answers on.

What is refused at any single operation is in tests/faults.
"""

import errno
import os
from pathlib import Path

import pytest
from archive_cases import change_all, counts, ids, write

from search import Archive
from search.archive import IndexWriteError

# Whoosh leaves files open where a write fails.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_a_full_disk_is_told_and_the_archive_can_be_used_on(archive, news, index):
    """A limit on file sizes lets the system itself refuse what is written."""
    resource = pytest.importorskip("resource")
    for n in range(30):
        write(
            news / f"n{n}.txt",
            "".join(chr(0x4E00 + (n * 977 + k * 31) % 20000) for k in range(900)),
        )
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        for run in (archive.update, lambda: Archive.build([], index)):
            with pytest.raises(IndexWriteError, match="file too large"):
                run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert len(ids(archive, "产业")) == 2
    assert archive.update().added == 30


def test_an_index_that_may_not_be_written_is_told(archive, news, index, monkeypatch):
    write(news / "c.txt", "第三篇")

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)  # the lock is the first thing opened
        with pytest.raises(IndexWriteError) as caught:
            archive.update()
    assert str(caught.value) == f"cannot write to index '{index}': permission denied"
    assert caught.value.hint == (
        "mend the cause and run the command again; the index as it was still answers"
    )
    assert len(ids(archive, "产业")) == 2


def test_an_index_in_the_place_of_a_file_is_told(tmp_path, news):
    index = write(tmp_path / "index", "a file")
    with pytest.raises(IndexWriteError, match="cannot write to index"):
        Archive.build([news], index)


def test_an_error_in_the_progress_of_a_run_leaves_the_old_index(archive, news, index):
    change_all(news)

    def stop(*_):
        raise KeyboardInterrupt

    for run in (lambda: archive.update([], stop), lambda: Archive.build([], index, stop)):
        with pytest.raises(KeyboardInterrupt):
            run()
    assert set(ids(archive, "产业")) == {"news/a.txt", "news/b.txt"}
    assert [path.name for path in Path(index).glob("gen-*")] == ["gen-000001"]
    assert counts(archive.update()) == (1, 1, 0, 1)
