"""A process whose children make a run and are killed in it: see test_kills.

Run with the name of a run and a folder; prints how many were killed, or what did not hold.
"""

import os
import signal
import sys
from pathlib import Path

from fault_cases import RUNS, Home, some, state, strays
from left_files import read, write
from watched_disk import Operation, watched


def killed(home: Home, name: str, number: int) -> bool:
    """Make a run in a child that kills itself before operation `number`; return whether it did."""
    child = os.fork()
    if not child:
        count = 0

        def before(_: Operation) -> None:
            nonlocal count
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

        try:
            with watched(home.index, before):
                RUNS[name].run(home)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def main(name: str, folder: str) -> int | str:
    """Kill the run of this name at many moments; print the count."""
    home, (prepare, run) = Home(Path(folder)), RUNS[name]
    prepare(home)
    before, files = state(home.index), read(home.index)
    operations: list[Operation] = []
    with watched(home.index, operations.append):
        run(home)
    after = state(home.index)
    points = some(range(len(operations)), salt=f"kill {name}")
    for at in points:
        write(home.index, files)
        if not killed(home, name, at):
            return f"not killed at {at}"
        left = state(home.index)
        if left not in (before, after):
            return f"neither before nor after, killed at {at}: {operations[at]}"
        if name == "forget" and left == after:
            continue
        run(home)
        if state(home.index) != after or strays(home.index):
            return f"not made up for, killed at {at}: {operations[at]}: {strays(home.index)}"
    print(len(points))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
