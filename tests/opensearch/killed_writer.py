"""A process that changes an archive on a cluster, and may kill itself: see test_killed_writers.

Run with an address, a folder, "update" or "build", and at which request it is to end: before it is
sent, or, of a negative number, when it has been answered. Prints how many requests it made.
"""

import os
import signal
import sys
import threading
from typing import Any

from opensearchpy import Transport

from search import Archive, Cluster

NEVER = 1 << 30


class Counted:
    """Requests, until the one at which this process ends."""

    def __init__(self, end: int) -> None:
        self.count = 0
        self._end = end
        self._lock = threading.Lock()
        self._perform = Transport.perform_request

    def request(self, transport: Transport, *args: Any, **named: Any) -> Any:
        with self._lock:
            self.count += 1
            own = self.count
        if own == self._end:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return self._perform(transport, *args, **named)
        finally:
            if own == -self._end:
                os.kill(os.getpid(), signal.SIGKILL)


def main(address: str, folder: str, run: str, end: str) -> None:
    """Make the run."""
    counted = Counted(int(end))
    Transport.perform_request = lambda *args, **named: counted.request(*args, **named)
    place = Cluster((address,), replicas=0)
    if run == "build":
        Archive.build([folder], place)
    else:
        Archive(place).update()
    print(counted.count)


if __name__ == "__main__":
    main(*sys.argv[1:])
