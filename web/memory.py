"""How the C library hands out memory to the many threads of a server.

By itself glibc gives almost each thread a heap of its own, and what numpy takes for a search stays
in whichever heap met it: a worker over lctt took 580 to 840 MB, with two heaps 320 to 480. Python
lets one thread run at a time anyway.
"""

import ctypes
import sys

_ARENA_MAX = -8  # of mallopt(3)
HEAPS = 2


def share_heaps() -> None:
    """Have all threads that begin from here on share a few heaps; glibc only."""
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, HEAPS)
    except (OSError, AttributeError):  # musl has none
        return
