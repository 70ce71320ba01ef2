"""Bits of a long row, packed, and numbers that most places of a row do not have.

Read from memory-mapped sections: only the bytes of the stretch asked for are touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.engine.whoosh.sections import Array, Sections, SectionsError, smallest

STRIDE = 512  # places between two counts of the directory; a whole number of bytes


def read_bits(packed: Array, start: int, end: int) -> Array:
    """Return the bits `start:end` as truth values."""
    found: Array = np.unpackbits(packed[start >> 3 : (end + 7) >> 3]).view(bool)
    skipped = start & 7
    return found[skipped : skipped + end - start]


@dataclass(slots=True, eq=False)  # frozen ones are slow to make
class Exceptions:
    """Where, in a stretch of a row, the number is not the usual one, and what it is there."""

    places: Array
    numbers: Array

    def __len__(self) -> int:
        return len(self.places)


NONE = Exceptions(np.zeros(0, np.int64), np.zeros(0, np.int64))


class SparseRow:
    """A row of numbers of which few are not the usual one: a bit a place, a number where set."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._bits = sections.array(f"{name}.set")
        self._raw = sections.view(f"{name}.set")
        self._numbers = sections.array(f"{name}.numbers")
        self._before = sections.numbers(f"{name}.before")

    @staticmethod
    def sections(name: str, row: Array, usual: int) -> Mapping[str, Array]:
        """Return the row as the sections that this class reads."""
        differs = row != usual
        numbers = row[differs]
        edges = np.arange(0, len(row) + 1, STRIDE)
        before = np.append(0, np.cumsum(differs, dtype=np.int64))[edges]
        return {
            f"{name}.set": np.packbits(differs),
            f"{name}.numbers": smallest(numbers),
            f"{name}.before": smallest(before),
        }

    def read(self, start: int, end: int) -> Exceptions:
        """Return where in `start:end` the row differs, counted from `start`, and its numbers."""
        if end - start <= STRIDE and not self._any(start, end):
            return NONE
        places = read_bits(self._bits, start, end).nonzero()[0]
        if not len(places):
            return NONE
        first = self.rank(start)
        numbers = self._numbers[first : first + len(places)].astype(np.int64)
        if len(numbers) != len(places):
            raise SectionsError("a row lacks numbers")
        return Exceptions(places, numbers)

    def rank(self, place: int) -> int:
        """Return how many places before `place` differ."""
        block = place // STRIDE
        whole = int.from_bytes(self._raw[block * STRIDE >> 3 : place >> 3], "big").bit_count()
        left = place & 7
        if left:
            whole += (self._raw[place >> 3] >> (8 - left)).bit_count()
        return int(self._before[block]) + whole

    def sum_before(self, place: int) -> int:
        """Return the sum of the numbers that differ from the block's beginning up to `place`."""
        first, last = int(self._before[place // STRIDE]), self.rank(place)
        return int(self._numbers[first:last].sum(dtype=np.int64)) if last > first else 0

    def _any(self, start: int, end: int) -> bool:
        """Return whether any bit about `start:end` is set; neighbours in the same bytes count."""
        return int.from_bytes(self._raw[start >> 3 : (end + 7) >> 3], "big") != 0
