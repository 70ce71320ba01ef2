"""A process killed at any step of a run: the old index answers or the new one, on disk for good."""

import subprocess
import sys
from pathlib import Path

import pytest
from archive_cases import assert_next_run_tidies_up, change_all, ids
from watched_calls import watch

from search import Archive
from search.archive.folder_generations import FolderGenerations

OLD = {"news/a.txt", "news/b.txt"}
NEW = {"news/a.txt", "news/c.txt"}

# Run, the call before which it is killed, and what answers afterwards.
STEPS = [
    ("update", r"fsync manifest-2\.json", OLD),
    ("update", r"fsync MAIN_.*\.xwp", OLD),
    ("update", r"replace _MAIN_2\.toc\.new", OLD),
    ("update", r"unlink _MAIN_1\.toc", NEW),
    ("update", r"unlink manifest-1\.json", NEW),
    ("rebuild", r"mkdir gen-000002", OLD),
    ("rebuild", r"fsync MAIN_.*\.xwp", OLD),
    ("rebuild", r"replace _MAIN_1\.toc\.new", OLD),
    ("rebuild", r"unlink _MAIN_0\.toc", OLD),
    ("rebuild", r"fsync meta\.json\.new", OLD),
    ("rebuild", r"fsync CURRENT\.new", OLD),
    ("rebuild", r"replace CURRENT\.new", OLD),
    ("rebuild", r"fsync index", OLD),
    ("rebuild", r"unlink staged\.json", NEW),
]


@pytest.mark.parametrize(("run", "step", "left"), STEPS)
def test_a_killed_process_leaves_the_old_index_or_the_new_one(
    archive, news, index, run, step, left
):
    change_all(news)
    killed = subprocess.run(
        [sys.executable, Path(__file__).with_name("killed_run.py"), index, run, step],
        check=False,
        timeout=60,
    )
    assert killed.returncode == 9, "it was not killed: this test is broken, not the code"
    for opened in (archive, Archive.open(index)):
        assert {hit.id for hit in opened.search("产业").hits} == left
        assert bool(ids(opened, "新的产业")) == (left == NEW)
    assert_next_run_tidies_up(archive, index)


def test_what_killed_runs_left_is_tidied_up_by_an_update(archive, news, index):
    half = index / "gen-000007"
    half.mkdir()
    (half / "_MAIN_0.toc").write_bytes(b"half")
    (index / "CURRENT.new").write_text("gen-0000")
    (index / ".lock").write_bytes(b"99999\n")
    (index / "gen-000001/manifest-9.json").write_bytes(b"{")
    (index / "gen-000001/_MAIN_9.toc.1700000000.5").write_bytes(b"half")
    assert len(ids(Archive.open(index), "产业")) == 2
    change_all(news)
    archive.update()
    assert [p.name for p in (index / "gen-000001").glob("manifest-*")] == ["manifest-2.json"]
    assert not list((index / "gen-000001").glob("_MAIN_9.toc*"))
    assert not half.exists()
    assert not (index / "CURRENT.new").exists()
    assert_next_run_tidies_up(archive, index)


def test_a_switch_is_made_when_all_is_on_disk_and_is_put_there_itself(archive, index, monkeypatch):
    calls = []
    with monkeypatch.context() as patch:
        watch(index, calls.append, patch.setattr)
        Archive.build([], index)
    files = {f"fsync {path.name}" for path in (index / archive.size().generation).iterdir()}
    switching = calls[calls.index("replace meta.json.new") + 2 :]
    assert len(files) == 4, "meta, manifest, contents and segment"
    assert sorted(switching[:5]) == sorted({*files, "fsync staged.json"})
    assert switching[5:] == [
        "fsync gen-000002",
        "fsync CURRENT.new",
        "fsync index",
        "replace CURRENT.new",
        "fsync index",
        "unlink staged.json",
        "unlink .writer",
    ]


@pytest.mark.usefixtures("archive")
def test_a_generation_that_goes_while_it_is_opened_is_no_error(index):
    """Two rebuilds come between reading the name of the live generation and opening it."""
    current = FolderGenerations.current
    patch = pytest.MonkeyPatch()

    def overtaken(generations):
        patch.undo()
        name = current(generations)
        Archive.build([], index)
        Archive.build([], index)
        assert not generations.place(name).exists()
        return name

    patch.setattr(FolderGenerations, "current", overtaken)
    assert ids(Archive(index), "产业") == ["news/a.txt", "news/b.txt"]
