"""A process that changes an index and dies before the call that was named: see test_killed_runs."""

import os
import re
import sys
from pathlib import Path

from watched_calls import watch

from search import Archive

index, run, deadly = Path(sys.argv[1]), sys.argv[2], re.compile(sys.argv[3])


def die(call: str) -> None:
    """End at once, as a power cut does, when `call` is the one."""
    if deadly.fullmatch(call):
        os._exit(9)


watch(index, die, setattr)
if run == "update":
    Archive(index).update()
else:
    Archive.build([], index)
