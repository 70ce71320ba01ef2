"""How the C library hands out memory while segments are made.

numpy takes tens of megabytes for a step and gives them back after it. By itself glibc then asks the
system for fresh pages each time, of which every one is cleared, and threads wait for each other
meanwhile: two threads sort no faster than one. With one common heap that stays they do.
"""

import ctypes
import sys
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of mallopt(3)
_MOST_BYTES = 32 << 20  # that glibc lets the second be
_KEPT_BYTES = 256 << 20


@cache
def keep_memory() -> None:
    """Let this process keep memory that was given back, for what takes it next; glibc only."""
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # musl has none
        return
    mallopt(_ARENA_MAX, 1)
    mallopt(_MMAP_THRESHOLD, _MOST_BYTES)
    mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
