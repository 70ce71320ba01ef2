"""The posting lists of one field, read from the sections of a segment without loading them."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from search.engine.whoosh.inversion import Array, PostingLists
from search.engine.whoosh.sections import Sections


def sections_of(field: str, lists: PostingLists) -> dict[str, Array | bytes]:
    """Return posting lists as the sections that a `Lexicon` reads, in the smallest types."""
    lengths = np.fromiter(map(len, lists.terms), np.uint64, len(lists.terms))
    last = int(lists.documents.max(initial=0))
    most = int(lists.counts.max(initial=0))
    return {
        f"{field}.terms": b"".join(lists.terms),
        f"{field}.ends": _smallest(np.cumsum(lengths), int(lengths.sum())),
        f"{field}.starts": _smallest(lists.starts, int(lists.starts[-1])),
        f"{field}.documents": _smallest(lists.documents, last),
        f"{field}.counts": _smallest(lists.counts, most),
    }


def _smallest(numbers: Array, most: int) -> Array:
    kinds = (np.uint8, np.uint16, np.uint32, np.uint64)
    return numbers.astype(next(kind for kind in kinds if most <= np.iinfo(kind).max))


class Lexicon:
    """The sorted terms of a field and their posting lists; a term is known by its place."""

    def __init__(self, sections: Sections, field: str) -> None:
        self._sections = sections
        self._name = f"{field}.terms"
        self._ends = sections.array(f"{field}.ends")
        self._starts = sections.array(f"{field}.starts")
        self._documents = sections.array(f"{field}.documents")
        self._counts = sections.array(f"{field}.counts")

    def __len__(self) -> int:
        return len(self._ends)

    def term(self, place: int) -> bytes:
        """Return the term at `place`, as UTF-8."""
        start = int(self._ends[place - 1]) if place else 0
        return self._sections.bytes(self._name, start, int(self._ends[place]))

    def terms(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the terms from place `start` on, up to `end`."""
        for place in range(start, len(self) if end is None else end):
            yield self.term(place)

    def first_from(self, term: bytes) -> int:
        """Return the place of the first term that is not less than `term`."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def place(self, term: bytes) -> int | None:
        """Return the place of `term`, or None."""
        at = self.first_from(term)
        return at if at < len(self) and self.term(at) == term else None

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """Return the places `start, end` between which all terms begin with `prefix`."""
        start = self.first_from(prefix)
        # 0xFF never occurs in UTF-8, so this sorts behind all that begins with the prefix.
        return start, self.first_from(prefix + b"\xff")

    def postings(self, start: int, end: int) -> tuple[Array, Array]:
        """Return documents and counts of the terms at `start:end`, one list after another."""
        first, last = int(self._starts[start]), int(self._starts[end])
        return self._documents[first:last], self._counts[first:last]

    def frequency(self, place: int) -> int:
        """Return how many documents hold the term at `place`."""
        return int(self._starts[place + 1]) - int(self._starts[place])

    def lists(self) -> PostingLists:
        """Return all posting lists, to be merged."""
        starts: npt.NDArray[np.int64] = self._starts.astype(np.int64)
        return PostingLists(list(self.terms()), starts, self._documents, self._counts)
