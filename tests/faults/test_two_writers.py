"""A second writer waits or is told who writes; a lock whose holder died is free."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fault_cases import FIRST

from search import Archive
from search.archive import IndexLockedError, WritingSettings

HOLDER = """
import sys
from search import Archive
def hold(_):
    print("held", flush=True)
    sys.stdin.readline()
Archive(sys.argv[1]).update([], hold)
"""


COMMAND = "from search.cli import run; run()"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text(FIRST, "utf-8")
    Archive.build([tmp_path / "news"], tmp_path / "index")
    (tmp_path / "news/b.txt").write_text("第二篇\n长三角。", "utf-8")
    return tmp_path / "index"


@pytest.fixture
def holder(index: Path) -> subprocess.Popen[str]:
    """Another process, in the middle of an update."""
    started = subprocess.Popen(
        [sys.executable, "-c", HOLDER, index],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "held\n"
    yield started
    started.kill()
    started.communicate()


def test_a_second_writer_is_told_which_process_writes_and_for_how_long(
    index: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(IndexLockedError) as caught:
        Archive(index).update()
    said = rf"another run is writing to it \(process {holder.pid}, for \d+ s\)$"
    assert re.search(said, str(caught.value))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"pid": 7, "host": "elsewhere", "since": 0}, r"process 7 on elsewhere, for [\d,]+ s"),
        ({"pid": 7, "host": "elsewhere", "since": 9e12}, "process 7 on elsewhere, for 0 s"),
        ("garbage", "another process"),
        ({"pid": 7, "host": "x", "since": float("nan")}, "another process"),
        ({"pid": "x", "host": 1, "since": None}, "another process"),
    ],
)
def test_who_writes_is_told_as_far_as_it_is_known(
    index: Path, holder: subprocess.Popen[str], said: object, told: str
) -> None:
    assert holder.poll() is None
    (index / ".writer").write_text(json.dumps(said))
    with pytest.raises(IndexLockedError, match=told):
        Archive(index).update()


def test_a_second_writer_waits_if_it_is_told_to(index: Path, holder: subprocess.Popen[str]) -> None:
    waiting = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "index", "--index", index, "--wait", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin is not None
    holder.stdin.write("\n" * 9)  # one for each time that progress is told
    holder.stdin.flush()
    out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, err) == (0, "")
    assert holder.wait(timeout=60) == 0
    assert Archive.open(index).search("长三角").total == 2, out


def test_the_lock_of_a_writer_that_was_killed_is_free(
    index: Path, holder: subprocess.Popen[str]
) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert (index / ".writer").exists()
    assert Archive(index).update().added == 1
    assert not (index / ".writer").exists()


def test_waiting_ends_with_who_writes(index: Path, holder: subprocess.Popen[str]) -> None:
    began = time.monotonic()
    with pytest.raises(IndexLockedError, match=str(holder.pid)):
        Archive(index).update(writing=WritingSettings(wait=1))
    assert time.monotonic() - began >= 1
