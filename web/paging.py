"""Pages of results: which numbers to offer around the one being read."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.archive import MAX_LIMIT
from web.parameters import PageRequest

OFFERED = 10


@dataclass(frozen=True, slots=True)
class Paging:
    """The page being read, the last there is, and the numbers to offer."""

    page: int
    last: int
    numbers: Sequence[int]

    @property
    def past_the_end(self) -> bool:
        """Whether there are results, but none on so late a page."""
        return self.page > self.last > 0

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if 1 < self.page <= self.last else None

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.page < self.last else None


def paginate(asked: PageRequest, total: int) -> Paging:
    """Return the paging of `total` hits: up to ten numbers, the present page among them.

    >>> paginate(PageRequest("港", page=9), 200).numbers
    range(4, 14)
    """
    last = min(-(-total // asked.per_page), MAX_LIMIT // asked.per_page)
    first = max(1, min(asked.page - OFFERED // 2, last - OFFERED + 1))
    return Paging(asked.page, last, range(first, min(last, first + OFFERED - 1) + 1))
