"""Where the pieces of a long row end: rising numbers in one byte each, mostly.

What is kept is how far each end is from the one before; a base every BLOCK pieces says where to
begin adding. Differences that need more than a byte are noted beside.
"""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

import numpy as np

from search.engine.whoosh.sections import Array, Sections, smallest

BLOCK = 64
_MOST = 0xFF  # in a byte: so much, and what is noted beside


class Ends:
    """Rising numbers, the first of them 0."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._steps = sections.view(f"{name}.steps")
        self._row = sections.array(f"{name}.steps")
        self._bases = sections.numbers(f"{name}.bases")
        self._large = sections.numbers(f"{name}.large")
        self._rest = sections.numbers(f"{name}.rest")

    @staticmethod
    def sections(name: str, ends: Array) -> Mapping[str, Array]:
        """Return the numbers as the sections that this class reads."""
        steps = np.diff(ends)
        large = np.flatnonzero(steps >= _MOST)
        return {
            f"{name}.steps": np.minimum(steps, _MOST).astype(np.uint8),
            f"{name}.bases": smallest(ends[::BLOCK]),
            f"{name}.large": smallest(large),
            f"{name}.rest": smallest(steps[large] - _MOST),
        }

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self._steps)

    def __getitem__(self, place: int) -> int:
        """Return where piece `place` begins, and the one before it ends."""
        block = place // BLOCK
        before = bytes(self._steps[block * BLOCK : place])
        found = self._bases[block] + sum(before)
        return found + self._sum_of_rest(block * BLOCK, place) if _MOST in before else found

    def piece(self, place: int) -> tuple[int, int]:
        """Return where piece `place` begins and ends."""
        start = self[place]
        step = self._steps[place]
        return start, start + step + (self._sum_of_rest(place, place + 1) if step == _MOST else 0)

    def block(self, number: int) -> list[int]:
        """Return where the pieces of a block begin, and where the last ends."""
        first = number * BLOCK
        steps = self._steps[first : first + BLOCK].tolist()
        if _MOST in steps:
            steps = self.lengths(first, first + len(steps)).tolist()
        return list(accumulate(steps, initial=self._bases[number]))

    def lengths(self, first: int, last: int) -> Array:
        """Return how long the pieces `first:last` are."""
        found: Array = self._row[first:last].astype(np.int64)
        for at in range(bisect_left(self._large, first), bisect_left(self._large, last)):
            found[self._large[at] - first] += self._rest[at]
        return found

    def all(self) -> Array:
        """Return all numbers."""
        return np.concatenate(([0], np.cumsum(self.lengths(0, len(self)))))

    def _sum_of_rest(self, first: int, last: int) -> int:
        low, high = bisect_left(self._large, first), bisect_left(self._large, last)
        return sum(self._rest[low:high])
