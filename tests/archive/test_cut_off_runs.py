"""Runs that are killed: the next one goes on from the last commit, every article exactly once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from search import Archive
from search.archive.folder_generations import STAGED

# Commits after every ten documents, and says so on a line of its own; then waits to be killed.
RUN = """
import sys, time
from search import Archive
from search.archive import commits, indexing
from search.archive.folder_generations import FolderGenerations

folder, index, act, moment = sys.argv[1:]
commits.EVERY_SECONDS = 0
indexing.AT_ONCE = 10
reached = {"commit": 0}

def reach(what):
    reached[what] = reached.get(what, 0) + 1
    if moment in (what, f"{what} {reached[what]}"):
        print("here", flush=True)
        time.sleep(60)

def stopping(owner, name, what):
    plain = getattr(owner, name)
    def stopped(*arguments):
        found = plain(*arguments)
        reach(what)
        return found
    setattr(owner, name, stopped)

stopping(commits.Commits, "commit", "commit")
stopping(FolderGenerations, "begin", "begin")
stopping(FolderGenerations, "write_meta", "meta")
if act == "build":
    Archive.build([folder], index)
else:
    Archive(index).update([folder])
print("done", flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of 5 files and one of 60 records: 65 articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text(f"第{n}篇，长三角产业。", "utf-8")
    rows = [json.dumps({"id": f"r{n:02}", "body": f"产业{n}。"}) for n in range(60)]
    (folder / "all.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


def kill(folder: Path, index: Path, act: str, moment: str) -> None:
    """Run an index run in a process of its own and kill it at a moment."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), str(index), act, moment],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def ids(index: Path) -> list[str]:
    results = Archive.open(index).search("产业", limit=1000)
    assert results.total == len(results.hits)
    return sorted(hit.id for hit in results.hits)


EXPECTED = sorted([*(f"news/{n}.txt" for n in range(5)), *(f"r{n:02}" for n in range(60))])


@pytest.mark.parametrize("moment", ["begin", "commit 1", "commit 12", "commit 17", "meta"])
def test_a_build_that_is_killed_goes_on(tmp_path: Path, folder: Path, moment: str) -> None:
    index = tmp_path / "index"
    kill(folder, index, "build", moment)
    assert not Archive(index).exists()
    archive = Archive.build([folder], index)
    assert ids(index) == EXPECTED
    report = archive.report
    assert report.added + report.unchanged == 65
    # Each text is committed in its file and behind it: 10 commits for 5 articles.
    committed = {"begin": 0, "commit 1": 1, "commit 12": 25, "commit 17": 65, "meta": 65}[moment]
    assert report.unchanged == committed
    assert [note for note in report.notes if "goes on" in note] == (
        [f"a build that was cut off goes on: it had {committed} articles"] if committed else []
    )
    assert len(list(index.glob("gen-*"))) == 1
    assert not list(index.glob(f"gen-*/{STAGED}"))


@pytest.mark.parametrize("moment", ["commit 1", "commit 3", "commit 6"])
def test_an_update_that_is_killed_goes_on(tmp_path: Path, folder: Path, moment: str) -> None:
    index = tmp_path / "index"
    (folder / "first.txt").write_text("产业第一。", "utf-8")
    records = (folder / "all.jsonl").read_text("utf-8")
    (folder / "all.jsonl").unlink()
    Archive.build([folder], index)
    (folder / "all.jsonl").write_text(records, "utf-8")
    (folder / "0.txt").write_text("改了的产业。", "utf-8")
    (folder / "first.txt").unlink()
    kill(folder, index, "update", moment)
    assert set(ids(index)) <= {*EXPECTED, "news/first.txt"}  # what it has committed answers already
    Archive(index).update()
    assert ids(index) == EXPECTED
    assert Archive.open(index).search("改了").total == 1
    assert Archive(index).update().unchanged == 65


def test_a_build_by_other_rules_is_not_gone_on_with(tmp_path: Path, folder: Path) -> None:
    index = tmp_path / "index"
    kill(folder, index, "build", "commit 13")
    (staged,) = index.glob(f"gen-*/{STAGED}")
    rules = json.loads(staged.read_text("utf-8"))
    rules["fingerprint"]["rjieba"] = "0.0.1"
    staged.write_text(json.dumps(rules), "utf-8")
    report = Archive.build([folder], index).report
    assert (report.added, report.notes) == (65, [])


def test_what_was_cut_off_is_brought_up_to_the_files_as_they_are_now(
    tmp_path: Path, folder: Path
) -> None:
    index = tmp_path / "index"
    kill(folder, index, "build", "commit 14")
    rows = [json.dumps({"id": f"r{n:02}", "body": f"产业又{n}。"}) for n in range(3, 60)]
    (folder / "all.jsonl").write_text("\n".join(rows), "utf-8")
    Archive.build([folder], index)
    assert ids(index) == [one for one in EXPECTED if one not in ("r00", "r01", "r02")]
    assert Archive.open(index).search("产业又").total == 57
