"""A time budget: whatever takes longer than an answer may is refused, wherever the time goes.

What can take long looks at the clock in every turn that costs more than some microseconds; outside
of `within` that costs 50 ns. What is half made when the time is up is thrown away: nothing that is
kept for other searches may be changed between two looks and changed back after them.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from contextvars import ContextVar, Token
from itertools import islice
from typing import TypeVar

from search.errors import QueryTimeoutError

MANY = 256

Item = TypeVar("Item")


class _Deadline:
    __slots__ = ("clock", "end", "outer", "seconds")

    def __init__(
        self, seconds: float, clock: Callable[[], float], outer: "_Deadline | None"
    ) -> None:
        self.seconds = seconds
        self.clock = clock
        self.end = clock() + seconds
        self.outer = outer
        if outer is not None and outer.clock is clock:  # one look tells of both
            self.outer = outer.outer
            if outer.end <= self.end:
                self.end, self.seconds = outer.end, outer.seconds

    def left(self) -> float:
        own = self.end - self.clock()
        return own if self.outer is None else min(own, self.outer.left())


_now: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


def within(
    seconds: float, clock: Callable[[], float] = time.monotonic
) -> AbstractContextManager[None]:
    """Have what is done inside, by this thread, raise a QueryTimeoutError after so many seconds.

    0 sets no limit. One inside another can only make it less.
    """
    return _Within(seconds, clock)


class _Within(AbstractContextManager[None]):
    """Without the generators of `contextlib`, which take four times as long: each hit is in one."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._token: Token[_Deadline | None] | None = None

    def __enter__(self) -> None:
        if self._seconds:
            self._token = _now.set(_Deadline(self._seconds, self._clock, _now.get()))

    def __exit__(self, *_: object) -> None:
        if self._token is not None:
            _now.reset(self._token)


def check_deadline() -> None:
    """Raise a QueryTimeoutError when the time is up."""
    deadline = _now.get()
    while deadline is not None:
        if deadline.clock() >= deadline.end:
            raise QueryTimeoutError(deadline.seconds)
        deadline = deadline.outer


def checked(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, with a look at the clock before each."""
    for item in items:
        check_deadline()
        yield item


def checked_by_many(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, with a look at the clock before every MANY: for what a look would double."""
    rest = iter(items)
    check_deadline()
    while some := list(islice(rest, MANY)):
        yield from some
        check_deadline()


def seconds_left() -> float | None:
    """Return how long an answer may still take; None where there is no limit."""
    deadline = _now.get()
    return None if deadline is None else max(deadline.left(), 0.0)
