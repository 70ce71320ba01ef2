"""Whoosh's segments read as numpy arrays: postings, columns, stored texts.

The only module that knows how the codec keeps postings. Documents are numbered through all
segments; deleted ones never appear.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from whoosh.reading import IndexReader as WhooshIndexReader

Numbers = npt.NDArray[np.int64]  # document numbers, rising, each once
Floats = npt.NDArray[np.float64]
Postings = tuple[Numbers, Floats]  # documents, and how often the term occurs in each

CACHED_TERMS = 1024  # posting lists kept as arrays, of those used last


class Segments:
    """The committed segments of one Whoosh reader."""

    def __init__(self, reader: WhooshIndexReader) -> None:
        self._reader = reader
        # A leaf without documents, that of an empty index, has no columns to read.
        self._leaves = [
            (leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.doc_count_all()
        ]
        self.postings = lru_cache(CACHED_TERMS)(self._postings)
        self.prefix_postings = lru_cache(CACHED_TERMS)(self._prefix_postings)

    @cached_property
    def documents(self) -> Numbers:
        """All documents that are not deleted."""
        live = [np.fromiter(leaf.all_doc_ids(), np.int64) + offset for leaf, offset in self._leaves]
        return np.concatenate(live) if live else np.zeros(0, np.int64)

    def numbers(self, column: str) -> Floats:
        """Return a numeric column, one value a document number, deleted ones included."""
        parts = [
            np.fromiter(leaf.column_reader(column), np.float64, leaf.doc_count_all())
            for leaf, _ in self._leaves
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    def value(self, column: str, number: int) -> bytes:
        """Return what a document holds in a column of bytes."""
        offset = next(start for _, start in reversed(self._leaves) if start <= number)
        return bytes(self._column(column, offset)[number - offset])

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        """Yield the terms of `field` that begin with `prefix`, sorted by their UTF-8."""
        for term in self._reader.expand_prefix(field, prefix):
            yield term.decode("utf-8")

    def _postings(self, field: str, term: str) -> Postings:
        found: list[Postings] = []
        for leaf, offset in self._leaves:
            if (field, term) not in leaf:
                continue
            matcher = leaf.postings(field, term)
            documents, counts = [], []
            while matcher.is_active():
                documents.append(matcher.id())
                counts.append(matcher.weight())
                matcher.next()
            found.append((np.array(documents, np.int64) + offset, np.array(counts, np.float64)))
        return _concatenated(found)

    def _prefix_postings(self, field: str, prefix: str) -> Postings:
        """Return the documents with any term that begins with `prefix`, counts added."""
        documents, counts = _concatenated(
            [self.postings(field, t) for t in self.terms(field, prefix)]
        )
        distinct, place = np.unique(documents, return_inverse=True)
        return distinct, np.bincount(place, counts, len(distinct)).astype(np.float64)

    @cached_property
    def _open_columns(self) -> dict[tuple[str, int], object]:
        return {}

    def _column(self, column: str, offset: int) -> list[bytes]:
        key = (column, offset)
        if key not in self._open_columns:
            leaf = next(leaf for leaf, start in self._leaves if start == offset)
            self._open_columns[key] = leaf.column_reader(column, translate=False)
        return self._open_columns[key]  # type: ignore[return-value]  # indexed as a list is


def _concatenated(found: list[Postings]) -> Postings:
    if not found:
        return np.zeros(0, np.int64), np.zeros(0)
    return np.concatenate([d for d, _ in found]), np.concatenate([c for _, c in found])
