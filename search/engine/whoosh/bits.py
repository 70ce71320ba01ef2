"""Bits of a long row, packed, and numbers that most places of a row do not have.

Read from memory-mapped sections: only the bytes of the stretch asked for are touched.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.engine.whoosh.sections import Array, Row, Sections, smallest

STRIDE = 512  # places between two counts of the directory; a whole number of bytes
LISTED = 30  # places for each that differs, from where on listing these takes less room


def read_bits(packed: Array | Row, start: int, end: int) -> Array:
    """Return the bits `start:end` as truth values."""
    found: Array = np.unpackbits(packed[start >> 3 : (end + 7) >> 3]).view(bool)
    skipped = start & 7
    return found[skipped : skipped + end - start]


def set_bits(packed: Array | Row, start: int, end: int, numbers: Array) -> Array:
    """Return where in `start:end` the set bits of these numbers, from 0 on, are."""
    some = packed[start >> 3 : (end + 7) >> 3]
    before = np.bitwise_count(some).cumsum(dtype=np.int64)
    skipped = start & 7
    wanted = numbers + ((int(some[0]) >> (8 - skipped)).bit_count() + 1 if len(some) else 1)
    at = before.searchsorted(wanted)
    bytes_ = some.take(at)
    within = wanted - before.take(at) + np.bitwise_count(bytes_) - 1
    found: Array = 8 * at - skipped + _SET_IN_BYTE[bytes_, within]
    return found


def _set_in_byte() -> Array:
    """Return, of each byte and number, where in the byte the set bit of that number is."""
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)
    return np.argsort(bits == 0, axis=1, kind="stable").astype(np.uint8)


def sums_before(row: Array) -> Array:
    """Return the sum of a row up to each whole STRIDE of its places, from 0 on."""
    whole = len(row) // STRIDE
    sums = row[: whole * STRIDE].reshape(whole, STRIDE).sum(axis=1, dtype=np.int64)
    return np.concatenate(([0], np.cumsum(sums)))


_SET_IN_BYTE = _set_in_byte()


@dataclass(slots=True, eq=False)  # frozen ones are slow to make
class Exceptions:
    """Where, in a stretch of a row, the number is not the usual one, and what it is there."""

    places: Array
    numbers: Array

    def __len__(self) -> int:
        return len(self.places)


_NOWHERE = np.zeros(0, np.int64)
NONE = Exceptions(_NOWHERE, _NOWHERE)


class SparseRow:
    """A row of numbers of which few are not the usual one.

    Where one in thirty or more is another, a bit a place tells which; else their places are listed.
    """

    def __init__(self, sections: Sections, name: str) -> None:
        self._numbers = sections.by_piece(f"{name}.numbers")
        self._is_listed = f"{name}.places" in sections
        if self._is_listed:
            self._places = sections.array(f"{name}.places")
            self._each_place = sections.numbers(f"{name}.places")
        else:
            self._bits = sections.by_piece(f"{name}.set")
            self._before = sections.numbers(f"{name}.before")

    @staticmethod
    def sections(name: str, row: Array, usual: int) -> Mapping[str, Array]:
        """Return the row as the sections that this class reads."""
        differs = row != usual
        places = np.flatnonzero(differs)
        found = {f"{name}.numbers": smallest(row[places])}
        if len(places) * LISTED < len(row):
            return {**found, f"{name}.places": smallest(places)}
        before = sums_before(differs)
        return {
            **found,
            f"{name}.set": np.packbits(differs),
            f"{name}.before": smallest(before),
        }

    def read(self, start: int, end: int) -> Exceptions:
        """Return where in `start:end` the row differs, counted from `start`, and its numbers."""
        places = self.places(start, end)
        if not len(places):
            return NONE
        first = self.rank(start)
        numbers = self._numbers[first : first + len(places)].astype(np.int64)
        if len(numbers) != len(places):
            raise ValueError("a row lacks numbers")
        return Exceptions(places, numbers)

    def at(self, place: int, usual: int) -> int:
        """Return the number of one place."""
        return self._numbers.one(self.rank(place)) if self.has(place) else usual

    def has(self, place: int) -> bool:
        """Return whether one place differs."""
        if self._is_listed:
            rank = bisect_left(self._each_place, place)
            return rank < len(self._each_place) and self._each_place[rank] == place
        return self._bits.one(place >> 3) & 0x80 >> (place & 7) != 0

    def places(self, start: int, end: int) -> Array:
        """Return where in `start:end` the row differs, counted from `start`."""
        if self._is_listed:
            found = self._places[self.rank(start) : self.rank(end)].astype(np.int64)
            found -= start
            return found
        if end - start <= STRIDE and not self._any(start, end):
            return _NOWHERE
        return read_bits(self._bits, start, end).nonzero()[0]

    def rank(self, place: int) -> int:
        """Return how many places before `place` differ."""
        if self._is_listed:
            return bisect_left(self._each_place, place)
        block = place // STRIDE
        whole = int.from_bytes(self._bits.raw(block * STRIDE >> 3, place >> 3), "big").bit_count()
        left = place & 7
        if left:
            whole += (self._bits.one(place >> 3) >> (8 - left)).bit_count()
        return self._before[block] + whole

    def sum(self, start: int, end: int, less: int = 0) -> int:
        """Return the sum of the numbers that differ in `start:end`, each less so much."""
        first, last = self.rank(start), self.rank(end)
        if last == first:
            return 0
        return sum(self._numbers.numbers(first, last)[first:last]) - less * (last - first)

    def _any(self, start: int, end: int) -> bool:
        """Return whether any bit about `start:end` is set; neighbours in the same bytes count."""
        return int.from_bytes(self._bits.raw(start >> 3, (end + 7) >> 3), "big") != 0


class SparseCounts:
    """A row of counts, mostly 0, and where they are not, mostly 1."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._held = SparseRow(sections, f"{name}.held")
        self._counts = SparseRow(sections, f"{name}.counts")

    @staticmethod
    def sections(name: str, row: Array) -> Mapping[str, Array]:
        """Return the row as the sections that this class reads."""
        held = np.minimum(row, 1)
        found = dict(SparseRow.sections(f"{name}.held", held, 0))
        # All the same: where they are is all there is to know.
        found[f"{name}.held.numbers"] = np.zeros(0, np.uint8)
        return {**found, **SparseRow.sections(f"{name}.counts", row[held > 0], 1)}

    def read(self, start: int, end: int) -> Exceptions:
        """Return where in `start:end` the row is not 0, counted from `start`, and its counts."""
        places = self._held.places(start, end)
        if not len(places):
            return NONE
        first = self._held.rank(start)
        counts = np.ones(len(places), np.int64)
        larger = self._counts.read(first, first + len(places))
        counts[larger.places] = larger.numbers
        return Exceptions(places, counts)

    def at(self, place: int) -> int:
        """Return the count of one place."""
        return self._counts.at(self._held.rank(place), 1) if self._held.has(place) else 0
