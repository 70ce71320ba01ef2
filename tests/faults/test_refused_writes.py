"""The system refuses what a run on an index wants to write, from any operation on; or Ctrl-C comes.

The error says what failed, the index before answers on (or the one after, where it was made
already), and the next run, with room again, does all there is to do and leaves nothing about.
"""

import errno
import os
from collections.abc import Callable
from typing import NamedTuple

import pytest
from fault_cases import RUNS, Home, some, state, strays
from left_files import Files, read, write
from watched_disk import Operation, watched

from search.archive import IndexWriteError

# Files that a failed write leaves open are closed with the error that holds them.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

GROWING = ("open", "write", "fsync", "mkdir", "link", "rename", "replace")
CAUSES = {
    errno.ENOSPC: "no space left on device",
    errno.EIO: "input/output error",
    errno.EACCES: "permission denied",
}


class Prepared(NamedTuple):
    """An index about to be changed, and what a run makes of it in so many operations."""

    home: Home
    files: Files
    before: str
    after: str
    operations: list[Operation]


@pytest.fixture(scope="module", params=RUNS)
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Prepared]:
    prepare, run = RUNS[request.param]
    home = Home(tmp_path_factory.mktemp(request.param))
    prepare(home)
    before, files = state(home.index), read(home.index)
    operations: list[Operation] = []
    with watched(home.index, operations.append):
        run(home)
    return request.param, Prepared(home, files, before, state(home.index), operations)


def refusing(number: int, error: Callable[[], BaseException]) -> Callable[[Operation], None]:
    """Return what refuses all that takes room, from an operation of this number on."""
    count = 0

    def before(operation: Operation) -> None:
        nonlocal count
        count += 1
        if count > number and operation.name in GROWING:
            raise error()

    return before


@pytest.mark.parametrize("number", CAUSES, ids=errno.errorcode.get)
def test_a_refused_write_is_told_and_the_next_run_makes_up_for_it(
    prepared: tuple[str, Prepared], number: int
) -> None:
    name, case = prepared
    home = case.home
    for at in some(range(len(case.operations)), salt=f"{name}{number}"):
        what = f"{name}, {errno.errorcode[number]} from {at} on: {case.operations[at]}"
        write(home.index, case.files)
        hook = refusing(at, lambda: OSError(number, os.strerror(number)))
        told = None
        with watched(home.index, hook):
            try:
                RUNS[name].run(home)
            except IndexWriteError as error:
                told = str(error)
        if told is None:  # all that was left to do was to take away what is not needed
            assert state(home.index) == case.after, what
        else:
            assert told == f"cannot write to index '{home.index}': {CAUSES[number]}", what
        assert_made_up_for(name, case, what)


def test_ctrl_c_at_any_operation_leaves_the_index_before_or_the_one_after(
    prepared: tuple[str, Prepared],
) -> None:
    name, case = prepared
    for at in some(range(len(case.operations)), salt=name):
        what = f"{name}, Ctrl-C at {at}: {case.operations[at]}"
        write(case.home.index, case.files)
        calls = iter(range(at + 1))

        def interrupt(operation: Operation, calls: object = calls, at: int = at) -> None:  # noqa: ARG001
            if next(calls, None) == at:  # type: ignore[call-overload]
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), watched(case.home.index, interrupt):
            RUNS[name].run(case.home)
        assert_made_up_for(name, case, what)


def assert_made_up_for(name: str, case: Prepared, what: str) -> None:
    """Assert that the index is one of the two, and that the next run leaves the one after."""
    left = state(case.home.index)
    assert left in (case.before, case.after), what
    if name == "forget" and left == case.after:
        return  # there is nothing more to forget
    RUNS[name].run(case.home)
    assert state(case.home.index) == case.after, what
    assert strays(case.home.index) == set(), what
