"""Posting lists as arrays: the documents that hold each term, how often, in the title, and where.

All lists of a field lie one after another; `starts` says where each term's begins. On disk a
document number is its low 16 bits; what lies above is told by bits, in each list as many as it has
postings and the segment has blocks of 65,536 documents (as in Elias-Fano coding). Counts are kept
where they are not 1, counts in titles where they are not 0. Ordinals, which number the elements of
a document (see `search.analysis.batch`), are 8 or 16 bits, the few larger ones noted beside.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.engine.whoosh.bits import STRIDE, Exceptions, SparseRow, read_bits
from search.engine.whoosh.sections import Array, Sections, smallest

LOW = 16
MASK = (1 << LOW) - 1


@dataclass(frozen=True, slots=True)
class PostingLists:
    """All posting lists of one field of one segment, in memory: while it is written or merged."""

    starts: Array  # of each term's postings, and the end of the last
    documents: Array  # of each posting
    counts: Array  # of each posting
    titles: Array  # of each posting: how many of the counts are in the title
    # Of each occurrence, where the field keeps them; those in the title come first.
    ordinals: Array | None = None
    begins_word: Array | None = None


def sections_of(name: str, lists: PostingLists, documents: int) -> dict[str, Array]:
    """Return posting lists as the sections that a `ListReader` reads; `documents` is how many."""
    found: dict[str, Array] = {
        f"{name}.starts": smallest(lists.starts),
        f"{name}.lows": (lists.documents & MASK).astype(np.uint16),
    }
    blocks = _blocks(documents)
    if blocks > 1:
        lengths = np.diff(lists.starts)
        of_term = np.repeat(np.arange(len(lengths)), lengths)
        places = np.arange(len(lists.documents)) + blocks * of_term + (lists.documents >> LOW)
        bits = np.zeros(len(lists.documents) + blocks * len(lengths), np.uint8)
        bits[places] = 1
        found[f"{name}.highs"] = np.packbits(bits)
    found |= SparseRow.sections(f"{name}.repeats", lists.counts, 1)
    found |= SparseRow.sections(f"{name}.titles", lists.titles, 0)
    if lists.ordinals is not None and lists.begins_word is not None:
        extra = np.append(0, np.cumsum(lists.counts - 1, dtype=np.int64))
        found[f"{name}.extra"] = smallest(extra[::STRIDE])
        found |= _ordinal_sections(name, lists.ordinals)
        found[f"{name}.begins"] = np.packbits(lists.begins_word)
    return found


def _ordinal_sections(name: str, ordinals: Array) -> dict[str, Array]:
    width = min((8, 16), key=lambda bits: len(ordinals) * bits + (ordinals >> bits > 0).sum() * 64)
    far = np.flatnonzero(ordinals >> width)
    low = (ordinals & ((1 << width) - 1)).astype(np.uint8 if width == 8 else np.uint16)
    return {
        f"{name}.ordinals": low,
        f"{name}.far": smallest(far),
        f"{name}.far_highs": smallest(ordinals[far] >> width),
    }


def _blocks(documents: int) -> int:
    return (documents + MASK) >> LOW


class ListReader:
    """The posting lists of one field of one segment, on disk."""

    def __init__(self, sections: Sections, name: str, documents: int) -> None:
        self._sections = sections
        self._name = name
        self._blocks = _blocks(documents)
        self.starts = sections.numbers(f"{name}.starts")
        self._lows = sections.array(f"{name}.lows")
        self._highs = sections.array(f"{name}.highs") if self._blocks > 1 else None
        self._repeats = SparseRow(sections, f"{name}.repeats")
        self._titles = SparseRow(sections, f"{name}.titles")

    def documents(self, first: int, last: int) -> Array:
        """Return the documents of the terms `first:last`, one list after another."""
        start, end = self.starts[first], self.starts[last]
        found = self._lows[start:end].astype(np.int64)
        if self._highs is not None:
            blocks = self._blocks
            bits = read_bits(self._highs, start + blocks * first, end + blocks * last)
            highs = bits.nonzero()[0]
            highs -= np.arange(len(highs))
            if last - first > 1:  # each list before has added as many bits as there are blocks
                lengths = np.diff(self._sections.array(f"{self._name}.starts")[first : last + 1])
                highs -= np.arange(0, blocks * len(lengths), blocks).repeat(lengths)
            highs <<= LOW
            found |= highs
        return found

    def frequency(self, term: int) -> int:
        """Return how many documents hold the term."""
        return int(self.starts[term + 1] - self.starts[term])

    def repeats(self, first: int, last: int) -> Exceptions:
        """Return at which postings of the terms `first:last` the count is not 1, and the count."""
        return self._repeats.read(self.starts[first], self.starts[last])

    def titles(self, first: int, last: int) -> Exceptions:
        """Return which postings of the terms `first:last` have a part in titles, and how many."""
        return self._titles.read(self.starts[first], self.starts[last])

    def first_occurrence(self, posting: int) -> int:
        """Return the number of the first occurrence of a posting, counted through all lists."""
        block = posting // STRIDE
        places = self._repeats.rank(posting) - self._repeats.rank(block * STRIDE)
        within = self._repeats.sum_before(posting) - places
        return int(self._extra[block]) + posting + within

    def begins_word(self, start: int, end: int) -> Array:
        """Return whether a word of two characters begins at the occurrences `start:end`."""
        return read_bits(self._begins, start, end)

    def ordinals(self, occurrences: Array) -> Array:
        """Return the ordinals of the occurrences, which are given rising."""
        found = self._ordinals[occurrences].astype(np.int64)
        if len(self._far) and len(occurrences):
            # In the type of the row: of any other the whole row would be converted.
            edges = np.array((occurrences[0], occurrences[-1] + 1), self._far.dtype)
            low, high = self._far.searchsorted(edges).tolist()
            if high > low:
                far = self._far[low:high]
                at = np.minimum(far.searchsorted(occurrences.astype(far.dtype)), len(far) - 1)
                is_far = (far[at] == occurrences).nonzero()[0]
                highs = self._far_highs[low:high][at[is_far]].astype(np.int64)
                found[is_far] |= highs << (8 * self._ordinals.itemsize)
        return found

    def lists(self, terms: int) -> PostingLists:
        """Return all posting lists, to be merged."""
        documents = self.documents(0, terms)
        counts = np.ones(len(documents), np.int64)
        titles = np.zeros(len(documents), np.int64)
        for row, found in ((counts, self.repeats(0, terms)), (titles, self.titles(0, terms))):
            row[found.places] = found.numbers
        starts = np.array(self.starts, np.int64)
        if f"{self._name}.ordinals" not in self._sections:
            return PostingLists(starts, documents, counts, titles)
        every = np.arange(counts.sum())
        begins = self.begins_word(0, len(every))
        return PostingLists(starts, documents, counts, titles, self.ordinals(every), begins)

    @cached_property
    def _extra(self) -> memoryview:
        return self._sections.numbers(f"{self._name}.extra")

    @cached_property
    def _begins(self) -> Array:
        return self._sections.array(f"{self._name}.begins")

    @cached_property
    def _ordinals(self) -> Array:
        return self._sections.array(f"{self._name}.ordinals")

    @cached_property
    def _far(self) -> Array:
        return self._sections.array(f"{self._name}.far")

    @cached_property
    def _far_highs(self) -> Array:
        return self._sections.array(f"{self._name}.far_highs")
