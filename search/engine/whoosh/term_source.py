"""The terms of one search: each looked up and read once, in the fields that are searched."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import numpy as np

from search.analysis import Step
from search.engine.port import FIELDS
from search.engine.whoosh.damage import guarded
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.phrases import phrase
from search.engine.whoosh.segment_terms import SegmentTerms
from search.engine.whoosh.segments import Segments
from search.engine.whoosh.term_postings import NOTHING, TermPostings, together


class TermSource:
    """Postings and counts as one search sees them, through all segments."""

    def __init__(self, segments: Segments, fields: Sequence[str], sets: DocumentSets) -> None:
        self.fields = fields
        self._segments = segments
        self._sets = sets
        self._leaves = [(SegmentTerms(leaf.segment), leaf) for leaf in segments.leaves]
        self._is_whole = len(fields) == len(FIELDS)
        self._read: dict[tuple[str, str], TermPostings] = {}
        self._documents: dict[tuple[str, str], Documents] = {}
        self._frequencies: dict[tuple[str, str], int] = {}

    @property
    def documents(self) -> Documents:
        """All documents that are not deleted."""
        return self._segments.documents

    @guarded
    def extent(self, kind: str, term: str) -> int:
        """Return how long the lists of a term are: no fewer documents hold it, deleted ones too."""
        return sum([terms.term(kind, term).extent for terms, _ in self._leaves])

    def term(self, kind: str, term: str) -> TermPostings:
        """Return the postings of a term of a kind; a gram of one character is all it begins."""
        found = self._read.get((kind, term))
        if found is None:
            found = self._read[kind, term] = self._postings(kind, term)
        return found

    @guarded
    def documents_of(self, kind: str, term: str) -> Documents:
        """Return the documents that hold a term; of one that `is_spread`, repeatedly and mixed."""
        found = self._documents.get((kind, term))
        if found is None:
            if self._is_whole:
                found = self._joined([t.term(kind, term).documents for t, _ in self._leaves])
            else:
                found = self.term(kind, term).documents
            self._documents[kind, term] = found
        return found

    def is_spread(self, kind: str, term: str) -> bool:
        """Return whether a term has several lists in a segment."""
        return any(terms.term(kind, term).is_spread for terms, _ in self._leaves)

    def holders(self, kind: str, term: str) -> Documents:
        """Return the documents that hold a term, rising."""
        found = self.documents_of(kind, term)
        if self.is_spread(kind, term):
            found = self._documents[kind, term] = self._sets.distinct(found)
        return found

    def frequency(self, kind: str, term: str) -> int:
        """Return how many documents hold a term."""
        found = self._frequencies.get((kind, term))
        if found is None:
            found = self._frequencies[kind, term] = self._frequency(kind, term)
        return found

    @guarded
    def counts(self, kind: str, term: str, document: int) -> tuple[int, int]:
        """Return how often a term is in the title and in the body of a document."""
        terms, leaf = next(one for one in reversed(self._leaves) if one[1].offset <= document)
        title, body = terms.term(kind, term).counts(document - leaf.offset)
        if self._is_whole:
            return title, body
        return title if "title" in self.fields else 0, body if "body" in self.fields else 0

    def holds(self, kind: str, term: str, document: int) -> bool:
        """Return whether a document holds a term."""
        return any(self.counts(kind, term, document))

    @guarded
    def phrase(self, steps: Sequence[Step]) -> Documents:
        """Return the documents in which grams stand at fixed distances, in any of the fields."""
        ways = [""] if self._is_whole else self.fields
        return self._sets.union([self._phrase(steps, field) for field in ways])

    def reading(self) -> AbstractContextManager[None]:
        """Return what names damage that is met while what it holds is read."""
        return self._segments.reading()

    def _phrase(self, steps: Sequence[Step], field: str) -> Documents:
        found = []
        for terms, leaf in self._leaves:
            placed = [(terms.located(step.gram), step) for step in steps]
            found.append(phrase(placed, leaf.sets, field))
        return self._joined(found)

    @guarded
    def _frequency(self, kind: str, term: str) -> int:
        if self._is_whole and self._segments.live is None:
            return sum([terms.term(kind, term).frequency for terms, _ in self._leaves])
        return len(self.holders(kind, term))

    def _joined(self, parts: Sequence[Documents]) -> Documents:
        """Return the documents of each segment, counted through all, without deleted ones."""
        moved = [
            part + leaf.offset if leaf.offset else part
            for part, (_, leaf) in zip(parts, self._leaves, strict=True)
        ]
        found = moved[0] if len(moved) == 1 else np.concatenate([np.zeros(0, np.int64), *moved])
        self._segments.check(found)
        live = self._segments.live
        return found if live is None else found[live[found]]

    @guarded
    def _postings(self, kind: str, term: str) -> TermPostings:
        parts = [terms.term(kind, term).postings.moved(leaf.offset) for terms, leaf in self._leaves]
        found = together(parts)
        if (kind, term) not in self._documents:
            self._segments.check(found.documents)
        if self._segments.live is not None:
            found = found.kept(self._segments.live[found.documents])
        if self._is_whole:
            return found
        return found.only(self.fields[0]) if self.fields else NOTHING
