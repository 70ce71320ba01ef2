"""The terms of one search: each read once, in the fields that are searched."""

from collections.abc import Sequence

from search.engine.port import FIELDS
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.postings import Segments
from search.engine.whoosh.term_postings import NOTHING, TermPostings


class TermSource:
    """Postings as one search sees them."""

    def __init__(self, segments: Segments, fields: Sequence[str], sets: DocumentSets) -> None:
        self.segments = segments
        self.fields = fields
        self._sets = sets
        self._read: dict[tuple[str, str], TermPostings] = {}
        self._holders: dict[tuple[str, str], Documents] = {}

    @property
    def documents(self) -> Documents:
        """All documents that are not deleted."""
        return self.segments.documents

    def holders(self, kind: str, term: str) -> Documents:
        """Return the documents that hold a term, rising."""
        postings = self.term(kind, term)
        if not postings.is_spread:
            return postings.documents
        if (kind, term) not in self._holders:
            self._holders[kind, term] = self._sets.distinct(postings.documents)
        return self._holders[kind, term]

    def frequency(self, kind: str, term: str) -> int:
        """Return how many documents hold a term."""
        if self.term(kind, term).is_spread and len(self.fields) == len(FIELDS):
            known = self.segments.character_frequency(term)
            if known is not None:
                return known
        return len(self.holders(kind, term))

    def term(self, kind: str, term: str) -> TermPostings:
        """Return the postings of a term of a kind; a gram of one character is all it begins."""
        found = self._read.get((kind, term))
        if found is None:
            read = self.segments.gram if kind == "grams" else self.segments.word
            found = self._read[kind, term] = self._in_fields(read(term))
        return found

    def _in_fields(self, postings: TermPostings) -> TermPostings:
        if len(self.fields) == len(FIELDS):
            return postings
        return postings.only(self.fields[0]) if self.fields else NOTHING
