"""The process that `search` is: its exit code and its output, though it ends without tidying up."""

import gc
import re
import subprocess
import sys

import pytest
from cli_cases import environment

from search.cli.commands import without_collection

PROGRAM = "from search.cli import run; run()"


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Return a process of the installed command's own last line that has ended."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        check=False,
        env=environment(),
        timeout=60,
        **{"capture_output": True, **options},
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["长三角"], 0),
        (["--json", "长三角"], 0),
        (["--color", "always", "产业", "科技"], 0),
        (["量子纠缠"], 1),
        (["长三角", "--index", "nowhere"], 2),
        (["--no-such-option"], 2),
        (["--version"], 0),
        (["status"], 0),
    ],
)
def test_a_process_ends_as_the_command_does_and_writes_the_same(here, command, arguments, code):
    ended = process(*arguments, cwd=here)
    ran = command(*arguments)
    assert ended.returncode == ran.code == code
    assert without_times(ended.stdout.decode()) == without_times(ran.out)
    assert without_times(ended.stderr.decode()) == without_times(ran.err)


def without_times(text: str) -> list[str]:
    """Return the words of what was written, but for times and the random numbers of links."""
    return [
        word
        for word in re.sub(r"(?<=\]8;id=)\d+", "", text).split()
        if not word.removesuffix(",").replace(".", "").isdecimal()
    ]


def test_what_runs_at_exit_is_run(here):
    program = f"import atexit; atexit.register(print, 'bye'); {PROGRAM}"
    ended = subprocess.run(
        [sys.executable, "-c", program, "-c", "长三角"],
        capture_output=True,
        check=True,
        cwd=here,
        env=environment(),
        timeout=60,
    )
    assert ended.stdout.decode().split() == ["2", "bye"]


def test_a_process_whose_output_nobody_reads_ends_quietly(here):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--json", "长三角"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=here,
        env=environment(),
    ) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_garbage_is_looked_for_again_after_loading():
    assert gc.isenabled()
    with without_collection():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collection_that_was_off_stays_off():
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
