"""The terms of one search: each looked up and read once, in the fields that are searched."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager

import numpy as np

from search.analysis import Literal, Step, adjacency
from search.analysis.runs import elements
from search.deadline import check_deadline, checked
from search.engine.port import FIELDS
from search.engine.whoosh.damage import guarded
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.near import near, overlap
from search.engine.whoosh.phrases import phrase
from search.engine.whoosh.segment_terms import ListedTerm, SegmentTerms
from search.engine.whoosh.segments import Leaf, Segments
from search.engine.whoosh.term_postings import NOTHING, TermPostings, together


class TermSource:
    """Postings and counts as one search sees them, through all segments."""

    def __init__(
        self,
        segments: Segments,
        fields: Sequence[str],
        sets: DocumentSets,
        leaves: Sequence[tuple[SegmentTerms, Leaf]] = (),
    ) -> None:
        self.fields = fields
        self._segments = segments
        self._sets = sets
        self._leaves = leaves or [(SegmentTerms(leaf.segment), leaf) for leaf in segments.leaves]
        self._is_whole = len(fields) == len(FIELDS)
        self._read: dict[tuple[str, str], TermPostings] = {}
        self._documents: dict[tuple[str, str], Documents] = {}
        self._frequencies: dict[tuple[str, str], int] = {}

    def within(self, field: str) -> "TermSource":
        """Return the terms of the same search in one field, "title" or "body"."""
        if list(self.fields) == [field]:
            return self
        return TermSource(self._segments, (field,), self._sets, self._leaves)

    @property
    def documents(self) -> Documents:
        """All documents that are not deleted."""
        return self._segments.documents

    @property
    def size(self) -> int:
        """How many postings the terms have, at most, that were looked up so far."""
        return sum([terms.size for terms, _ in self._leaves])

    @guarded
    def extent(self, kind: str, term: str) -> int:
        """Return how long the lists of a term are: no fewer documents hold it, deleted ones too."""
        return sum([terms.term(kind, term).extent for terms, _ in self._leaves])

    def term(self, kind: str, term: str) -> TermPostings:
        """Return the postings of a term of a kind; a gram of one character is all it begins."""
        found = self._read.get((kind, term))
        if found is None:
            check_deadline()
            found = self._read[kind, term] = self._postings(kind, term)
        return found

    @guarded
    def documents_of(self, kind: str, term: str) -> Documents:
        """Return the documents that hold a term; of one that `is_spread`, repeatedly and mixed."""
        found = self._documents.get((kind, term))
        if found is None:
            check_deadline()
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
            check_deadline()
            found = self._frequencies[kind, term] = self._frequency(kind, term)
        return found

    def frequencies_of(self, words: Sequence[str]) -> list[int]:
        """Return how many documents hold each word."""
        return [self.frequency("words", word) for word in words]

    @guarded
    def counts(self, kind: str, term: str, document: int) -> tuple[int, int]:
        """Return how often a term is in the title and in the body of a document."""
        check_deadline()
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

    @guarded
    def looked_through(self, among: Documents, literal: Literal, typed: str = "") -> Documents:
        """Return those of `among` whose text, in any of the fields, holds a literal.

        With `typed` those where the author wrote just that; then the literal is plain.
        """
        found = []
        for _, (segment, offset, _) in checked(self._leaves):
            first, last = among.searchsorted([offset, offset + segment.documents])
            some = among[first:last] - offset
            for field in self.fields if len(some) else ():
                held = segment.stored_texts.holding(some, literal, field == "body", typed)
                found.append(held + offset)
        return self._sets.union(found)

    @guarded
    def near(self, parts: Sequence[Literal], distance: int) -> Documents:
        """Return the documents in one field of which all the parts stand so near; see `near`.

        Each of the parts is told by its places alone.
        """
        steps = [adjacency(part).parts[0] for part in parts]
        lengths = [sum(len(s) if c else 1 for s, _, c in elements(part.text)) for part in parts]
        room = sum(lengths) + distance
        found = []
        for field in self.fields:
            for terms, leaf in checked(self._leaves):
                phrases = [[(terms.located(s.gram), s) for s in part] for part in steps]
                held = near(phrases, lengths, room, leaf.sets, field, overlap(parts))
                found.append(held + leaf.offset)
        return self._live(self._sets.union(found))

    @guarded
    def alike(self, text: str, edits: int) -> dict[str, int]:
        """Return each token that so many edits make `text` of, with how many these are."""
        found: dict[str, int] = {}
        for _, leaf in checked(self._leaves):
            found |= leaf.segment.latin_words.alike(text, edits)
        return found

    @guarded
    def commonest(self, beginning: str, most: int) -> list[str]:
        """Return the words that begin so and are in most documents, of equals the least first."""
        counts: Counter[str] = Counter()
        for terms, leaf in checked(self._leaves):
            listed = terms.words_beginning(beginning)
            held = self._frequencies_of(listed, leaf)
            some = held.nonzero()[0]
            if len(self._leaves) == 1 and len(some) > most:
                least = np.partition(held, -most)[-most]
                some = (held >= max(least, 1)).nonzero()[0]
            term = leaf.segment.words.term
            counts.update(
                {term(listed.first + at).decode("utf-8"): int(held[at]) for at in some.tolist()}
            )
        return sorted(counts, key=lambda word: (-counts[word], word))[:most]

    def reading(self) -> AbstractContextManager[None]:
        """Return what names damage that is met while what it holds is read."""
        return self._segments.reading()

    def _phrase(self, steps: Sequence[Step], field: str) -> Documents:
        found = []
        for terms, leaf in checked(self._leaves):
            placed = [(terms.located(step.gram), step) for step in steps]
            found.append(phrase(placed, leaf.sets, field))
        return self._joined(found)

    def _frequencies_of(self, listed: ListedTerm, leaf: Leaf) -> Documents:
        """Return how many documents hold each of the terms of which the lists are read as one."""
        lengths = listed.lists.starts.lengths(listed.first, listed.last)
        live = self._segments.live
        if self._is_whole and live is None:
            return lengths
        kept = np.ones(listed.extent, bool)
        if live is not None:
            kept = live[listed.documents + leaf.offset]
        if not self._is_whole:
            postings = listed.postings
            titles = np.zeros(listed.extent, np.int64)
            titles[postings.titles.places] = postings.titles.numbers
            kept &= (titles if "title" in self.fields else postings.counts() - titles) > 0
        of_term = np.arange(len(lengths)).repeat(lengths)
        return np.bincount(of_term[kept], minlength=len(lengths))

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
        return self._live(found)

    def _live(self, found: Documents) -> Documents:
        """Return those of the documents that are not deleted."""
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
