"""Posting lists as arrays: the documents that hold each term, how often, in the title, and where.

All lists of a field lie one after another; `starts` says where each term's begins. Ordinals, which
number the elements of a document (see `search.analysis.batch`), are 8 or 16 bits, the few larger
ones noted beside; documents are in `document_lists`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.engine.whoosh.bits import (
    STRIDE,
    Exceptions,
    SparseCounts,
    SparseRow,
    read_bits,
    sums_before,
)
from search.engine.whoosh.document_lists import DocumentLists
from search.engine.whoosh.ends import Ends
from search.engine.whoosh.sections import Array, Row, Sections, smallest


@dataclass(frozen=True, slots=True)
class PostingLists:
    """All posting lists of one field of one segment, in memory: while it is written or merged."""

    starts: Array  # of each term's postings, and the end of the last
    documents: Array  # of each posting
    counts: Array  # of each posting
    titles: Array  # of each posting: how many of the counts are in the title
    # Of each occurrence, where the field keeps them; those in the title come first.
    ordinals: Array | None = None
    begins: Array | None = None  # pairs: a word of two characters; units: spaces part them


def sections_of(name: str, lists: PostingLists, documents: int) -> dict[str, Array]:
    """Return posting lists as the sections that a `ListReader` reads; `documents` is how many."""
    found: dict[str, Array] = {
        **Ends.sections(f"{name}.starts", lists.starts),
        **DocumentLists.sections(name, lists.starts, lists.documents, documents),
        **SparseRow.sections(f"{name}.repeats", lists.counts, 1),
        **SparseCounts.sections(f"{name}.titles", lists.titles),
    }
    if lists.ordinals is not None and lists.begins is not None:
        found[f"{name}.extra"] = smallest(sums_before(lists.counts - 1))
        found |= _ordinal_sections(name, lists.ordinals)
        found[f"{name}.begins"] = np.packbits(lists.begins)
    return found


def _ordinal_sections(name: str, ordinals: Array) -> dict[str, Array]:
    width = min((8, 16), key=lambda bits: len(ordinals) * bits + _beyond(ordinals, bits).sum() * 48)
    far = np.flatnonzero(_beyond(ordinals, width))
    low = (ordinals & ((1 << width) - 1)).astype(np.uint8 if width == 8 else np.uint16)
    return {
        f"{name}.ordinals": low,
        f"{name}.far": smallest(far),
        f"{name}.far_highs": smallest(ordinals[far].astype(np.uint32) >> width),
    }


def _beyond(ordinals: Array, bits: int) -> Array:
    found: Array = ordinals > (1 << bits) - 1
    return found


class ListReader:
    """The posting lists of one field of one segment, on disk."""

    def __init__(self, sections: Sections, name: str, documents: int) -> None:
        self._sections = sections
        self._name = name
        self.starts = Ends(sections, f"{name}.starts")
        self._documents = DocumentLists(sections, name, self.starts, documents)
        self._repeats = SparseRow(sections, f"{name}.repeats")
        self._titles = SparseCounts(sections, f"{name}.titles")

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Return from which posting up to which the terms `first:last` have theirs."""
        if last - first == 1:
            return self.starts.piece(first)
        return self.starts[first], self.starts[last]

    def documents(self, first: int, last: int) -> Array:
        """Return the documents of the terms `first:last`, one list after another."""
        return self._documents.read(first, last, *self.bounds(first, last))

    def find(self, term: int, document: int) -> int:
        """Return the posting of a document in the list of a term, -1 when it is not there."""
        return self._documents.find(term, *self.starts.piece(term), document)

    def find_all(self, first: int, last: int, document: int) -> list[int]:
        """Return the postings of a document in the lists of the terms `first:last`."""
        if last - first == 1:
            found = self.find(first, document)
            return [found] if found >= 0 else []
        return self._documents.find_all(first, last, document) if last > first else []

    def counts_at(self, posting: int) -> tuple[int, int]:
        """Return how often the term of a posting is in the document, and in its title."""
        return self._repeats.at(posting, 1), self._titles.at(posting)

    def repeats(self, start: int, end: int) -> Exceptions:
        """Return at which of the postings `start:end` the count is not 1, and the count."""
        return self._repeats.read(start, end)

    def titles(self, start: int, end: int) -> Exceptions:
        """Return which of the postings `start:end` have a part in titles, and how many."""
        return self._titles.read(start, end)

    def first_occurrence(self, posting: int) -> int:
        """Return the number of the first occurrence of a posting, counted through all lists."""
        block = posting // STRIDE
        extra = self._repeats.sum(block * STRIDE, posting, less=1)
        return self._extra[block] + posting + extra

    def begins(self, start: int, end: int) -> Array:
        """Return the marks of the occurrences `start:end`."""
        return read_bits(self._begins, start, end)

    def ordinals(self, occurrences: Array) -> Array:
        """Return the ordinals of the occurrences, which are given rising."""
        found = self._ordinals.take(occurrences).astype(np.int64)
        if len(self._far) and len(occurrences):
            # In the type of the row: of any other the whole row would be converted. What it cannot
            # hold is beyond its last.
            edges = np.minimum(occurrences[[0, -1]], self._far[-1]).astype(self._far.dtype)
            low = int(self._far.searchsorted(edges[0]))
            high = int(self._far.searchsorted(edges[1], side="right"))
            if high > low:
                far = self._far[low:high]
                at = np.minimum(far.searchsorted(occurrences.astype(far.dtype)), len(far) - 1)
                is_far = (far[at] == occurrences).nonzero()[0]
                highs = self._far_highs[low:high][at[is_far]].astype(np.int64)
                found[is_far] |= highs << (8 * self._ordinals.itemsize)
        return found

    @property
    def has_ordinals(self) -> bool:
        """Whether the lists tell where terms occur, and the marks there."""
        return f"{self._name}.ordinals" in self._sections

    def lists(self) -> PostingLists:
        """Return all posting lists, to be merged."""
        starts = self.starts.all()
        count = int(starts[-1])
        documents = self._documents.read(0, len(self.starts), 0, count)
        counts = np.ones(count, np.int64)
        titles = np.zeros(count, np.int64)
        for row, found in ((counts, self.repeats(0, count)), (titles, self.titles(0, count))):
            row[found.places] = found.numbers
        if not self.has_ordinals:
            return PostingLists(starts, documents, counts, titles)
        every = np.arange(counts.sum())
        begins = self.begins(0, len(every))
        return PostingLists(starts, documents, counts, titles, self.ordinals(every), begins)

    @cached_property
    def _extra(self) -> "memoryview[int]":
        return self._sections.numbers(f"{self._name}.extra")

    @cached_property
    def _begins(self) -> Row:
        return self._sections.by_piece(f"{self._name}.begins")

    @cached_property
    def _ordinals(self) -> Row:
        return self._sections.by_piece(f"{self._name}.ordinals")

    @cached_property
    def _far(self) -> Array:
        return self._sections.array(f"{self._name}.far")

    @cached_property
    def _far_highs(self) -> Array:
        return self._sections.array(f"{self._name}.far_highs")
