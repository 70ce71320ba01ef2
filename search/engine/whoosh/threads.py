"""Calls made side by side, by threads: numpy lets others run while it sorts, selects and counts."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def results(calls: Iterable[Callable[[], T]], threads: int) -> Iterator[T]:
    """Yield what each call returns, in order; no more are begun than there are threads.

    >>> list(results([lambda: 1, lambda: 2, lambda: 3], threads=2))
    [1, 2, 3]
    """
    if threads == 1:
        for call in calls:
            yield call()
        return
    with ThreadPoolExecutor(threads) as pool:
        running: deque[Future[T]] = deque()
        for call in calls:
            if len(running) == threads:
                yield running.popleft().result()
            running.append(pool.submit(call))
        while running:
            yield running.popleft().result()
