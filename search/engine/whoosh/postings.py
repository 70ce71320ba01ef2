"""Whoosh's segments read as numpy arrays: postings, columns, stored texts.

The only module that knows how the codec keeps postings. Documents are numbered through all
segments; deleted ones never appear.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from whoosh.reading import IndexReader as WhooshIndexReader

from search.engine.port import DamageError
from search.engine.whoosh.damage import damage_named
from search.engine.whoosh.inversion import Array

Numbers = npt.NDArray[np.int64]  # document numbers, rising, each once
Floats = npt.NDArray[np.float64]
Postings = tuple[Numbers, Floats]  # documents, and how often the term occurs in each

CACHED_TERMS = 1024  # posting lists kept as arrays, of those used last


Method = TypeVar("Method", bound=Callable[..., Any])


def _reading(method: Method) -> Method:
    """Have damage that the method meets in files named as such; see damage.py."""

    @wraps(method)
    def guarded(self: "Segments", *arguments: Any) -> Any:
        with self.reading():
            return method(self, *arguments)

    return cast(Method, guarded)


class Segments:
    """The committed segments of one Whoosh reader."""

    def __init__(self, reader: WhooshIndexReader, folder: str) -> None:
        self._reader = reader
        self._folder = folder
        # A leaf without documents, that of an empty index, has no columns to read.
        self._leaves = [
            (leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.doc_count_all()
        ]
        self.postings = lru_cache(CACHED_TERMS)(self._postings)
        self.prefix_postings = lru_cache(CACHED_TERMS)(self._prefix_postings)

    @cached_property
    @_reading
    def documents(self) -> Numbers:
        """All documents that are not deleted."""
        live = [np.fromiter(leaf.all_doc_ids(), np.int64) + offset for leaf, offset in self._leaves]
        return np.concatenate(live) if live else np.zeros(0, np.int64)

    @_reading
    def numbers(self, column: str) -> Floats:
        """Return a numeric column, one value a document number, deleted ones included."""
        parts = [
            np.fromiter(leaf.column_reader(column), np.float64, leaf.doc_count_all())
            for leaf, _ in self._leaves
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    @_reading
    def value(self, column: str, number: int) -> bytes:
        """Return what a document holds in a column of bytes."""
        offset = next(start for _, start in reversed(self._leaves) if start <= number)
        return bytes(self._column(column, offset)[number - offset])

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        """Yield the terms of `field` that begin with `prefix`, sorted by their UTF-8."""
        with self.reading():
            found = [term.decode("utf-8") for term in self._reader.expand_prefix(field, prefix)]
        yield from found

    def text(self, column: str, number: int) -> str:
        """Return what a document holds in a column of text."""
        with self.reading():
            return self.value(column, number).decode("utf-8")

    def reading(self) -> AbstractContextManager[None]:
        """Return what names damage that is met while what it holds is read."""
        return damage_named(self._folder)

    @_reading
    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""
        for leaf, offset in self._leaves:
            if ("id", document_id) in leaf:
                found = list(leaf.postings("id", document_id).all_ids())
                if found:  # none where it was deleted
                    number: int = found[-1] + offset
                    return number
        return None

    @_reading
    def _postings(self, field: str, term: str) -> Postings:
        raw = term.encode("utf-8")
        found = []
        for leaf, offset in self._leaves:
            lexicon = leaf._terms.lexicons[field]
            place = lexicon.place(raw)
            if place is not None:
                found.append(self._live(leaf, offset, lexicon.postings(place, place + 1)))
        return _concatenated(found)

    @_reading
    def _prefix_postings(self, field: str, prefix: str) -> Postings:
        """Return the documents with any term that begins with `prefix`, counts added."""
        found = []
        for leaf, offset in self._leaves:
            lexicon = leaf._terms.lexicons[field]
            places = lexicon.prefixed(prefix.encode("utf-8"))
            found.append(self._live(leaf, offset, lexicon.postings(*places)))
        documents, counts = _concatenated(found)
        distinct, place = np.unique(documents, return_inverse=True)
        return distinct, np.bincount(place, counts, len(distinct)).astype(np.float64)

    def _live(self, leaf: Any, offset: int, postings: tuple[Array, Array]) -> Postings:
        """Return postings of one segment with the numbers of the whole index, deleted ones out."""
        documents, counts = postings[0].astype(np.int64) + offset, postings[1].astype(np.float64)
        if len(documents) and documents.max() >= offset + leaf.doc_count_all():
            raise DamageError(
                f"a posting list in '{self._folder}' names a document beyond the last"
            )
        if not leaf.has_deletions():
            return documents, counts
        kept = self._is_live[documents]
        return documents[kept], counts[kept]

    @cached_property
    def _is_live(self) -> npt.NDArray[np.bool_]:
        live = np.zeros(self._reader.doc_count_all(), bool)
        live[self.documents] = True
        return live

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
