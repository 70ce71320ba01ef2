"""The documents of posting lists: low bits in bytes, high bits as in Elias-Fano coding.

A document number is its low 16 bits, or 8 in long lists, and what lies above is told by bits: in
each list as many as it has postings and the segment has blocks of so many documents, one set for
each posting behind the zeros of the blocks before it. A list takes the narrow form when it has at
least one posting for 512 documents: 9 to 11 bits a posting instead of 17.
"""

from bisect import bisect_left, bisect_right

import numpy as np

from search.engine.whoosh.bits import read_bits, set_bits
from search.engine.whoosh.ends import Ends
from search.engine.whoosh.sections import Array, Sections, smallest

DENSE = 512  # documents for each posting of the lists that take the narrow form
CHUNK = 1 << 20  # postings worked on at a time
_WIDE, _NARROW = 16, 8


class DocumentLists:
    """The documents of all posting lists of a field."""

    def __init__(self, sections: Sections, name: str, starts: Ends, documents: int) -> None:
        self._starts = starts
        self._dense = sections.numbers(f"{name}.dense")  # terms whose lists are narrow
        self._dense_starts = sections.numbers(f"{name}.dense_starts")
        self._wide = _Lists(sections, f"{name}.wide", _WIDE, documents)
        self._narrow = _Lists(sections, f"{name}.narrow", _NARROW, documents)

    @staticmethod
    def sections(name: str, starts: Array, documents: Array, count: int) -> dict[str, Array]:
        """Return lists as the sections that this class reads; `count` is of all documents."""
        lengths = np.diff(starts)
        is_dense = lengths * DENSE >= max(count, 1)
        of_dense = np.repeat(is_dense, lengths)
        dense_starts = np.append(0, np.cumsum(lengths[is_dense]))
        return {
            f"{name}.dense": smallest(np.flatnonzero(is_dense)),
            f"{name}.dense_starts": smallest(dense_starts),
            **_Lists.sections(
                f"{name}.wide", lengths[~is_dense], documents[~of_dense], _WIDE, count
            ),
            **_Lists.sections(
                f"{name}.narrow", lengths[is_dense], documents[of_dense], _NARROW, count
            ),
        }

    def read(self, first: int, last: int, start: int, end: int) -> Array:
        """Return the documents of the terms `first:last`, whose postings are `start:end`."""
        low = bisect_left(self._dense, first)
        if last - first == 1:
            if low < len(self._dense) and self._dense[low] == first:
                bounds = self._dense_starts[low], self._dense_starts[low + 1]
                return self._narrow.read(low, low + 1, *bounds)
            before = self._dense_starts[low]
            return self._wide.read(first - low, last - low, start - before, end - before)
        return self._read_many(first, last, start, end, low, bisect_left(self._dense, last))

    def find(self, term: int, start: int, end: int, document: int) -> int:
        """Return which of the postings `start:end`, those of `term`, is of a document; -1: none."""
        low = bisect_left(self._dense, term)
        if low < len(self._dense) and self._dense[low] == term:
            begin = self._dense_starts[low]
            found = self._narrow.find(low, begin, begin + end - start, document)
        else:
            begin = start - self._dense_starts[low]
            found = self._wide.find(term - low, begin, begin + end - start, document)
        return found if found < 0 else found - begin + start

    def find_all(self, first: int, last: int, document: int) -> list[int]:
        """Return all postings of a document among those of the terms `first:last`, rising."""
        low, high = bisect_left(self._dense, first), bisect_left(self._dense, last)
        start, end = self._dense_starts[low], self._dense_starts[high]
        found = []
        for posting in self._narrow.find_all(low, high, start, end, document):
            number = bisect_right(self._dense_starts, posting) - 1
            found.append(posting + self._wide_before(number))
        start, end = self._starts[first] - start, self._starts[last] - end
        for posting in self._wide.find_all(first - low, last - high, start, end, document):
            number = bisect_right(range(len(self._dense)), posting, key=self._wide_before)
            found.append(posting + self._dense_starts[number])
        return sorted(found)

    def _wide_before(self, number: int) -> int:
        """Return how many postings of wide lists lie before those of a narrow list."""
        return self._starts[self._dense[number]] - self._dense_starts[number]

    def _read_many(self, first: int, last: int, start: int, end: int, low: int, high: int) -> Array:
        narrow_start, narrow_end = self._dense_starts[low], self._dense_starts[high]
        wide = self._wide.read(first - low, last - high, start - narrow_start, end - narrow_end)
        if low == high:
            return wide
        narrow = self._narrow.read(low, high, narrow_start, narrow_end)
        found = np.empty(end - start, np.int64)
        at = of_wide = 0
        for number in range(low, high):
            begin = self._starts[self._dense[number]] - start
            here, behind = (self._dense_starts[n] - narrow_start for n in (number, number + 1))
            found[at:begin] = wide[of_wide : of_wide + begin - at]
            of_wide += begin - at
            at = begin + behind - here
            found[begin:at] = narrow[here:behind]
        found[at:] = wide[of_wide:]
        return found


class _Lists:
    """Lists of one width, one after another."""

    def __init__(self, sections: Sections, name: str, width: int, documents: int) -> None:
        self._width = width
        self._blocks = _blocks(documents, width)
        self._lows = sections.by_piece(f"{name}.lows")
        self._highs = sections.by_piece(f"{name}.highs")

    @staticmethod
    def sections(
        name: str, lengths: Array, documents: Array, width: int, count: int
    ) -> dict[str, Array]:
        blocks = _blocks(count, width)
        lows = (documents & np.uint32((1 << width) - 1)).astype(
            np.uint8 if width == 8 else np.uint16
        )
        if blocks <= 1:
            return {f"{name}.lows": lows, f"{name}.highs": np.zeros(0, np.uint8)}
        bits = np.zeros(len(documents) + blocks * len(lengths), bool)
        ends = np.cumsum(lengths)
        for start in range(0, len(documents), CHUNK):
            some = documents[start : start + CHUNK]
            places = np.arange(start, start + len(some))
            places += blocks * ends.searchsorted(places, side="right")
            places += some >> width
            bits[places] = True
        return {f"{name}.lows": lows, f"{name}.highs": np.packbits(bits)}

    def read(self, first: int, last: int, start: int, end: int) -> Array:
        """Return the documents of the postings `start:end`, those of the lists `first:last`."""
        found = self._lows[start:end].astype(np.int64)
        blocks = self._blocks
        if blocks > 1:
            bits = read_bits(self._highs, start + blocks * first, end + blocks * last)
            highs = bits.nonzero()[0]
            highs -= np.arange(len(highs))
            if last - first > 1:  # each list before has added as many zeros as there are blocks
                whole = highs // blocks
                whole *= blocks
                highs -= whole
            highs <<= self._width
            found |= highs
        return found

    def find(self, number: int, start: int, end: int, document: int) -> int:
        """Return which of the postings `start:end`, those of list `number`, is of a document."""
        if self._blocks > 1:
            start, end = self._block(number, start, end, document >> self._width)
        low = document & ((1 << self._width) - 1)
        lows = self._lows.numbers(start, end)
        at = bisect_left(lows, low, start, end)
        return at if at < end and lows[at] == low else -1

    def find_all(self, first: int, last: int, start: int, end: int, document: int) -> list[int]:
        """Return all postings of a document among `start:end`, those of the lists `first:last`."""
        low, high = document & ((1 << self._width) - 1), document >> self._width
        places = (self._lows[start:end] == low).nonzero()[0]
        blocks = self._blocks
        if blocks > 1 and len(places):
            first_bit, last_bit = start + blocks * first, end + blocks * last
            # Before a posting stand the zeros of all lists before its own, and its block's number.
            zeros = set_bits(self._highs, first_bit, last_bit, places) - places
            places = places[zeros % blocks == high]
        found: list[int] = (places + start).tolist()
        return found

    def _block(self, number: int, start: int, end: int, block: int) -> tuple[int, int]:
        """Return which of the postings `start:end`, those of list `number`, are in a block."""
        first, last = start + self._blocks * number, end + self._blocks * (number + 1)
        packed = self._highs[first >> 3 : (last + 7) >> 3]
        zeros = np.bitwise_count(~packed).cumsum()
        skipped = first & 7
        before = skipped - (int(packed[0]) >> (8 - skipped)).bit_count()
        begin = _behind_zero(packed, zeros, before + block) if block else skipped
        behind = _behind_zero(packed, zeros, before + block + 1) - 1
        start += begin - skipped - block
        return start, start + behind - begin


def _behind_zero(packed: Array, zeros: Array, number: int) -> int:
    """Return the place behind the zero bit of this number, from 1 on; `zeros` are those so far."""
    at = int(zeros.searchsorted(number))
    left = int(zeros[at]) - number  # zeros behind it in the same byte
    ones = ~int(packed[at])
    for place in range(8):
        if ones >> place & 1:
            if not left:
                return 8 * at + 8 - place
            left -= 1
    raise ValueError("a posting list lacks bits")


def _blocks(documents: int, width: int) -> int:
    return ((documents - 1) >> width) + 1 if documents else 0
