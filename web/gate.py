"""A bound of what goes on at once: the rest wait in order for a while, and are then refused."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.exceptions import ServiceUnavailable


class Busy(ServiceUnavailable):
    """There is no place for the request; `reason` says whether none in the queue either."""

    def __init__(self, reason: str, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.reason = reason

    @property
    def name(self) -> str:
        """What programs are told."""
        return "too busy"


class Gate:
    """Lets so many in at once; as many as `queue` wait up to `seconds` for a place, in order."""

    def __init__(
        self, at_once: int, queue: int, seconds: float, changed: threading.Condition | None = None
    ) -> None:
        self._free = at_once
        self._queue = queue
        self._seconds = seconds
        self._waiting: deque[object] = deque()
        self._called: set[object] = set()  # of those that waited: a place is theirs
        self._changed = changed or threading.Condition()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place; raises Busy where there is none, nor one in the queue, or not in time."""
        with self._changed:
            if self._free:
                self._free -= 1
            else:
                self._wait()
        try:
            yield
        finally:
            with self._changed:
                self._give_up_place()

    def _wait(self) -> None:
        retry_after = max(1, round(self._seconds))
        if len(self._waiting) >= self._queue:
            raise Busy("queue_full", retry_after)
        ticket = object()
        self._waiting.append(ticket)
        if not self._changed.wait_for(lambda: ticket in self._called, self._seconds):
            self._waiting.remove(ticket)
            raise Busy("queue_late", retry_after)
        self._called.remove(ticket)

    def _give_up_place(self) -> None:
        if self._waiting:
            self._called.add(self._waiting.popleft())
            self._changed.notify_all()
        else:
            self._free += 1
