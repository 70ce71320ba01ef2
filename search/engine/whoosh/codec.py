"""Whoosh's codec over our segment files: its readers walk our terms, postings and articles.

A segment is one file, mapped into memory when it is opened, so readers outlive its deletion.
Whoosh pickles the codec by name into the table of contents that it can open; we read none of that
(`table`).
"""

from collections.abc import Iterator
from functools import cached_property
from heapq import merge as merge_sorted
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from search.engine.whoosh.occurrences import Occurrences
from search.engine.whoosh.pair_words import pair_word
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.sections import Array, SectionsError
from search.engine.whoosh.segment import EXTENSION, Segment
from search.engine.whoosh.segment_terms import ListedTerm
from search.engine.whoosh.term_postings import TermPostings


class ArrayCodec(W3Codec):  # type: ignore[misc]  # whoosh ships no types
    """Segments of ours under Whoosh's names for their parts."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTermsReader":
        """Return what reads the terms and postings of a segment."""
        return ArrayTermsReader(opened(storage, segment))

    def per_document_writer(self, storage: Any, segment: Any) -> "_Unused":  # noqa: ARG002 - Whoosh's signature
        """Return what Whoosh's writer wants to close; the segment writer does its work."""
        return _Unused()

    def field_writer(self, storage: Any, segment: Any) -> "_Unused":  # noqa: ARG002 - the same
        """Return the same."""
        return _Unused()

    def per_document_reader(self, storage: Any, segment: Any) -> "ArticlesReader":
        """Return what tells Whoosh of documents and deletions."""
        return ArticlesReader(storage, segment)


def opened(storage: Any, segment: Any) -> Segment:
    """Return the segment, mapped; a SectionsError when its file is not the one committed."""
    path = Path(storage.folder) / str(segment.make_filename(EXTENSION))
    found = Segment.open(path)
    if found.sections.sealed != segment.seal or found.documents != segment.doc_count_all():
        raise SectionsError(path.name, "", "is not that of the commit")
    return found


class _Unused:
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class ArticlesReader(W3PerDocReader):  # type: ignore[misc]  # whoosh ships no types
    """Documents and deletions as Whoosh asks for them."""

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """Return the id, title and body of a document."""
        document = self._contents.articles.document(docnum)
        return {"id": document.id, "title": document.title, "body": document.body}

    @cached_property
    def _contents(self) -> Segment:
        return opened(self._storage, self._segment)

    def has_column(self, fieldname: str) -> bool:  # noqa: ARG002 - Whoosh's signature
        """Return False: there are no columns."""
        return False


class _Field(Protocol):
    """The terms of one field."""

    def terms(self, prefix: bytes = b"") -> Iterator[bytes]:
        """Yield the terms from `prefix` on, sorted."""

    def postings(self, term: bytes) -> tuple[Array, Array] | None:
        """Return the documents of a term and its counts in them, or None."""


class _Grams:
    """Pairs and units as one field."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def terms(self, prefix: bytes = b"") -> Iterator[bytes]:
        pairs, units = self._segment.pairs, self._segment.units
        return merge_sorted(
            pairs.terms(pairs.first_from(prefix)), units.terms(units.first_from(prefix))
        )

    def postings(self, term: bytes) -> tuple[Array, Array] | None:
        return _read(self._segment.pairs, self._segment.pair_lists, term) or _read(
            self._segment.units, self._segment.unit_lists, term
        )


class _Words:
    """Words, those of two characters among them."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def terms(self, prefix: bytes = b"") -> Iterator[bytes]:
        words = self._segment.words
        return merge_sorted(words.terms(words.first_from(prefix)), self._pair_words(prefix))

    def postings(self, term: bytes) -> tuple[Array, Array] | None:
        found = _read(self._segment.words, self._segment.word_lists, term)
        if found is None:
            place = self._segment.pairs.place(term)
            if place is not None:
                lists = self._segment.pair_lists
                word = pair_word(lists, place, _listed(lists, place))
                return (word.documents, word.counts()) if len(word.documents) else None
        return found

    def _pair_words(self, prefix: bytes) -> Iterator[bytes]:
        pairs, lists = self._segment.pairs, self._segment.pair_lists
        for place in range(pairs.first_from(prefix), len(pairs)):
            if Occurrences(lists, place, _listed(lists, place)).begins().any():
                yield pairs.term(place)


class _Ids:
    """Ids, each in one document."""

    def __init__(self, segment: Segment) -> None:
        self._articles = segment.articles

    def terms(self, prefix: bytes = b"") -> Iterator[bytes]:
        ids = (self._articles.id(int(at)) for at in self._articles.id_order)
        return (one for one in ids if one >= prefix)

    def postings(self, term: bytes) -> tuple[Array, Array] | None:
        found = self._articles.find(term)
        if found is None:
            return None
        return np.array([found]), np.ones(1, np.int64)


def _listed(lists: ListReader, place: int) -> TermPostings:
    return ListedTerm(lists, place, place + 1).postings


def _read(terms: Any, lists: Any, term: bytes) -> tuple[Array, Array] | None:
    place = terms.place(term)
    if place is None:
        return None
    found = _listed(lists, place)
    return found.documents, found.counts()


class ArrayTermsReader(TermsReader):  # type: ignore[misc]  # whoosh ships no types
    """Terms and postings under Whoosh's own interface; `segment` is the fast way to them."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._fields: dict[str, _Field] = {
            "grams": _Grams(segment),
            "words": _Words(segment),
            "id": _Ids(segment),
        }

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._fields and self._fields[field].postings(text) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return list(self._fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> "ArrayCursor":
        """Return a walk over the terms of a field."""
        return ArrayCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield (field, term) for all terms, sorted."""
        return ((field, term) for field in sorted(self._fields) for term in self._walk(field))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield (field, term) of one field from `prefix` on."""
        return ((fieldname, term) for term in self._walk(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield ((field, term), what is known of it) for all terms."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[Any]:
        """Yield the same for one field from `prefix` on."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return counts of a term; TermNotFound when there is none."""
        documents, counts = self._postings(fieldname, text)
        return TermInfo(
            weight=float(counts.sum()),
            df=len(documents),
            minlength=0,  # not kept, but Whoosh compares those of several segments
            maxweight=float(counts.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs; KeyError, which Whoosh relies on, when it does not."""
        try:
            return float(self._postings(fieldname, text)[1].sum())
        except TermNotFound:
            raise KeyError(text) from None

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term; KeyError when none does."""
        try:
            return len(self._postings(fieldname, text)[0])
        except TermNotFound:
            raise KeyError(text) from None

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return the postings of a term as Whoosh's own queries walk them."""
        documents, counts = self._postings(fieldname, text)
        return ListMatcher(
            documents.tolist(), counts.astype(float).tolist(), format=format_, scorer=scorer
        )

    def close(self) -> None:
        """Do nothing: the mapping goes when the last array over it does."""

    def _walk(self, field: str, prefix: bytes = b"") -> Iterator[bytes]:
        return self._fields[field].terms(prefix)

    def _postings(self, field: str, text: bytes) -> tuple[Array, Array]:
        found = self._fields[field].postings(text) if field in self._fields else None
        if found is None:
            raise TermNotFound(f"No term {field}:{text!r}")
        return found


class ArrayCursor(FieldCursor):  # type: ignore[misc]  # whoosh ships no types
    """A place in the terms of one of our fields."""

    def __init__(self, reader: ArrayTermsReader, fieldname: str, fieldobj: Any) -> None:
        self._reader = reader
        self._field = fieldname
        self._fieldobj = fieldobj
        self.first()

    def first(self) -> Any:
        """Go to the first term and return it."""
        return self.find(b"")

    def find(self, term: bytes | str) -> Any:
        """Go to the first term that is not less than `term` and return it."""
        raw = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._rest = self._reader.terms_from(self._field, raw)
        return self.next()

    def next(self) -> Any:
        """Go on to the next term and return it, None behind the last."""
        self._at = next(self._rest, None)
        return self.text()

    def text(self) -> Any:
        """Return the term here, None behind the last."""
        return None if self._at is None else self._fieldobj.from_bytes(self._at[1])

    def term_info(self) -> TermInfo:
        """Return what is known of the term here."""
        assert self._at is not None
        return self._reader.term_info(*self._at)

    def is_valid(self) -> bool:
        """Return whether there is a term here."""
        return self._at is not None
