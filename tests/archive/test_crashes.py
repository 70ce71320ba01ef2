"""A run that is cut off anywhere: the old index answers on, and the next run tidies up.

The system's calls that write are counted and made to fail one after another.
"""

import errno
import io
import os
from pathlib import Path

import pytest
from archive_cases import assert_next_run_tidies_up, change_all, counts, ids, write

from search import Archive
from search.archive import IndexWriteError

# Whoosh leaves files open where a write fails.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

STRIDE = 1 if os.environ.get("XUNWEN_SOAK") else 6
WRITING = ("fsync", "rename", "replace", "mkdir")


class Saboteur:
    """Counts the system's calls that write below `folder`, and fails at one of them."""

    def __init__(self, monkeypatch, folder, error=None, at=-1):
        self.calls, self.error, self.at, self.folder = 0, error, at, str(folder)
        for name in WRITING:
            monkeypatch.setattr(os, name, self.watched(getattr(os, name)))
        opened = self.watched(open, lambda args, kw: _writes(args[1:], kw))
        monkeypatch.setattr("builtins.open", opened)
        monkeypatch.setattr(io, "open", opened)

    def watched(self, call, counts_if=lambda *_: True):
        def watched(*args, **kwargs):
            if counts_if(args, kwargs) and self._is_ours(args[0]):
                self.calls += 1
                if self.calls - 1 == self.at:
                    raise self.error
            return call(*args, **kwargs)

        return watched

    def _is_ours(self, target):
        return isinstance(target, int) or str(target).startswith(self.folder)


def _writes(args, kwargs):
    mode = kwargs.get("mode") or (args[0] if args else "r")
    return isinstance(mode, str) and set(mode) & set("wax+")


RUNS = {
    "update": lambda index: Archive(index).update(),
    "rebuild": lambda index: Archive.build([], index),
}


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "cannot write to index 'INDEX': no space left on device",
        ),
        (KeyboardInterrupt("Ctrl-C"), "Ctrl-C"),
    ],
    ids=["disk full", "interrupt"],
)
def test_an_error_at_any_write_leaves_the_old_index_or_the_new_one(
    tmp_path, monkeypatch, run, failure, message
):
    told = set()
    for at in points(tmp_path, monkeypatch, run):
        news, index = tmp_path / f"{at}/news", tmp_path / f"{at}/index"
        write(news / "a.txt", "第一篇\n旧的产业。")
        write(news / "b.txt", "第二篇\n旧的产业。")
        archive = Archive.build([news], index)
        change_all(news)
        with monkeypatch.context() as patch:
            saboteur = Saboteur(patch, index, failure, at)
            try:
                RUNS[run](index)
            except (IndexWriteError, KeyboardInterrupt) as error:
                told.add(str(error).replace(str(index), "INDEX"))
        assert saboteur.calls > at, "nothing was sabotaged: this test is broken, not the code"
        assert_old_or_new(archive, index)
        assert_next_run_tidies_up(archive, index)
    assert told == {message}


def points(tmp_path, monkeypatch, run):
    """Return at which of its writes a run is made to fail: every one, or some and the last."""
    news, index = tmp_path / "count/news", tmp_path / "count/index"
    write(news / "a.txt", "第一篇\n旧的产业。")
    write(news / "b.txt", "第二篇\n旧的产业。")
    Archive.build([news], index)
    change_all(news)
    with monkeypatch.context() as patch:
        saboteur = Saboteur(patch, index)
        RUNS[run](index)
    return sorted({*range(0, saboteur.calls, STRIDE), *range(saboteur.calls - 5, saboteur.calls)})


def assert_old_or_new(archive, index):
    for opened in (archive, Archive.open(index)):
        found = {h.id: h.snippets[0].text[4:5] for h in opened.search("产业").hits}
        old = {"news/a.txt": "旧", "news/b.txt": "旧"}
        new = {"news/a.txt": "新", "news/c.txt": "新"}
        assert found in (old, new)
        assert opened.status().articles == 2


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
