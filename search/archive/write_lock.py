"""The lock that keeps a second writer out of an index, and who holds it.

The system frees it when its holder dies, however that is; nobody has to take it away by hand.
"""

import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from search.errors import IndexLockedError
from search.messages import Message, message

LOCK = ".lock"
HOLDER = ".writer"  # who holds the lock; left behind by one that was killed, and then of no meaning


@contextmanager
def writing(index: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock of an index; an IndexLockedError where another does for `wait` seconds."""
    lock = FileLock(index / LOCK, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise IndexLockedError(str(index), _holder(index)) from None
    try:
        holder = index / HOLDER
        _note(holder)
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _note(holder: Path) -> None:
    """Write down who holds the lock; whoever cannot write that will find out with the index."""
    said = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    with suppress(OSError):
        holder.write_text(json.dumps(said), "utf-8")


def _holder(index: Path) -> Message:
    """Return who holds the lock of an index, as far as that can be told."""
    try:
        return holder_named(json.loads((index / HOLDER).read_bytes()), time.time())
    except (OSError, ValueError, RecursionError):
        return message("another process")


def holder_named(said: Mapping[str, Any], now: float) -> Message:
    """Return who holds a lock, as far as what it has written of itself tells it."""
    try:
        pid, host, since = int(said["pid"]), str(said["host"]), float(said["since"])
        seconds = max(0, round(now - since))  # clocks are set back now and then
    except (ValueError, KeyError, TypeError, OverflowError):
        return message("another process")
    if host != socket.gethostname():
        return message(
            "process {pid} on {host}, for {seconds:,} s", pid=pid, host=host, seconds=seconds
        )
    return message("process {pid}, for {seconds:,} s", pid=pid, seconds=seconds)
