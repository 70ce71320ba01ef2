"""What was read last, kept up to so much of it: a cache bounded by size, where sizes differ much.

`lru_cache` counts entries, and 64 articles may be 64 KB or a gigabyte.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Calls `read` with its arguments, unless what that returned is kept. Safe across threads.

    `size` tells how large a value is, `most` how large all that is kept may be. What is larger than
    a quarter of that is not kept: it would drive out all others.
    """

    def __init__(self, read: Callable[..., Value], size: Callable[[Value], int], most: int) -> None:
        self._read = read
        self._size = size
        self._most = most
        self._held: dict[Hashable, tuple[Value, int]] = {}  # those asked for last come last
        self._total = 0
        self._lock = threading.Lock()

    def __call__(self, *arguments: Any) -> Value:
        """Return what `read` returns for the arguments."""
        with self._lock:
            held = self._held.pop(arguments, None)
            if held is not None:
                self._held[arguments] = held
                return held[0]
        value = self._read(*arguments)  # without the lock: others may read meanwhile
        size = self._size(value)
        if 4 * size <= self._most:
            with self._lock:
                self._put(arguments, value, size)
        return value

    def _put(self, arguments: Hashable, value: Value, size: int) -> None:
        before = self._held.pop(arguments, None)  # another thread has read the same
        self._total += size - (before[1] if before else 0)
        self._held[arguments] = value, size
        while self._total > self._most:
            _, dropped = self._held.pop(next(iter(self._held)))
            self._total -= dropped
