"""A committed state of the index, read through all its segments: what it holds of each document.

Documents are numbered through the segments; deleted ones never appear.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.reading import IndexReader as WhooshIndexReader

from search.document import Document
from search.engine.port import DamageError
from search.engine.whoosh.columns import Column
from search.engine.whoosh.damage import damage_named, damage_told, guarded
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.han_words import han_words, joined
from search.engine.whoosh.sections import Array, SectionsError
from search.engine.whoosh.segment import Segment
from search.messages import message

Floats = npt.NDArray[np.float64]


class Leaf(NamedTuple):
    """One segment, where its documents begin among all, and rows to mark them on."""

    segment: Segment
    offset: int
    sets: DocumentSets


class Segments:
    """The committed segments of one Whoosh reader."""

    def __init__(self, reader: WhooshIndexReader, folder: str) -> None:
        self._reader = reader
        self._folder = folder
        self.count = int(reader.doc_count_all())  # deleted documents included
        self.leaves = [
            Leaf(leaf._terms.segment, offset, DocumentSets(leaf.doc_count_all()))
            for leaf, offset in reader.leaf_readers()
            if leaf.doc_count_all()  # that of an empty index has none
        ]

    @cached_property
    @guarded
    def documents(self) -> Documents:
        """All documents that are not deleted."""
        if self.live is None:
            return np.arange(self.count)
        return np.flatnonzero(self.live)

    @cached_property
    @guarded
    def live(self) -> npt.NDArray[np.bool_] | None:
        """Which documents are not deleted; None where all are live."""
        if not self._reader.has_deletions():
            return None
        live = np.zeros(self.count, bool)
        for leaf, offset in self._reader.leaf_readers():
            live[np.fromiter(leaf.all_doc_ids(), np.int64) + offset] = True
        return live

    @guarded
    def lengths(self, kind: str, text: str) -> Array:
        """Return the number of terms of a kind in each document's title or body."""
        return self._rows(lambda segment: segment.lengths()[kind, text])

    @guarded
    def dates(self) -> Array:
        """Return each document's date, as `date_number` gives it."""
        return self._rows(lambda segment: segment.articles.dates)

    @guarded
    def columns(self) -> list[str]:
        """Return the names of all columns, sorted."""
        return sorted({name for leaf in self.leaves for name in leaf.segment.columns.names})

    @guarded
    def column(self, name: str) -> list[Column]:
        """Return a column of each segment, in turn."""
        return [leaf.segment.columns.column(name) for leaf in self.leaves]

    @guarded
    def characters(self) -> Array:
        """Return the number of characters of each document's body, as its author wrote it."""
        return self._rows(lambda segment: segment.articles.characters)

    @guarded
    def ids(self, documents: Sequence[int]) -> list[bytes]:
        """Return the ids of documents as UTF-8, by which they sort."""
        return [segment.articles.id(number) for segment, number in map(self._place, documents)]

    @guarded
    def id_ranks(self, documents: Documents) -> list[tuple[Array, Array]]:
        """Return of each segment the places of those that are in it, with their order by id."""
        found = []
        for segment, offset, _ in self.leaves:
            order = segment.articles.id_order
            ranks = np.zeros(len(order), np.int64)
            ranks[order] = np.arange(len(order))
            here = ((documents >= offset) & (documents < offset + len(order))).nonzero()[0]
            found.append((here, ranks[documents[here] - offset]))
        return found

    @guarded
    def article(self, number: int) -> Document:
        """Return a document without its body."""
        segment, at = self._place(number)
        return segment.articles.document(at, text=False)

    @guarded
    def document(self, number: int) -> Document:
        """Return a document as it was written."""
        segment, at = self._place(number)
        return segment.articles.document(at)

    @guarded
    def titles(self) -> list[str]:
        """Return the title of each document that is not deleted, in the order of their numbers."""
        found = [title for leaf in self.leaves for title in leaf.segment.articles.titles()]
        return found if self.live is None else [found[number] for number in self.documents]

    @guarded
    def text(self, number: int, field: str) -> tuple[str, bytes]:
        """Return the author's text of a field and the packed map of its folding."""
        segment, at = self._place(number)
        return segment.articles.text(at, field == "body")

    @guarded
    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""
        raw = document_id.encode("utf-8")
        for segment, offset, _ in self.leaves:
            found = segment.articles.find(raw)
            if found is not None and (self.live is None or self.live[found + offset]):
                return found + offset
        return None

    @guarded
    def find_all(self, document_ids: Sequence[str]) -> Documents:
        """Return the number of the document with each id, -1 for none."""
        raw = [document_id.encode("utf-8", "surrogatepass") for document_id in document_ids]
        numbers = np.full(len(raw), -1)
        for segment, offset, _ in self.leaves:
            found = segment.articles.find_all(raw)
            is_live = found >= 0
            if self.live is not None:
                is_live &= self.live[found + offset]
            numbers[is_live] = found[is_live] + offset
        return numbers

    def terms(self, kind: str, prefix: str = "") -> Iterator[str]:
        """Yield the terms of a kind that begin with `prefix`, sorted by their UTF-8."""
        with self.reading():
            raw = [term.decode("utf-8") for term in self._reader.expand_prefix(kind, prefix)]
        yield from raw

    @guarded
    def han_words(self, length: int) -> tuple[Array, Array]:
        """Return the code points of each word of so many Han characters, and its documents."""
        return joined([han_words(leaf.segment, length) for leaf in self.leaves], length)

    def verify(self) -> None:
        """Raise a DamageError where bytes of a segment are not those that were written."""
        for leaf in self.leaves:
            if damaged := leaf.segment.sections.verify():
                error = SectionsError(leaf.segment.sections.file, damaged[0], "is damaged")
                raise DamageError(damage_told(error, self._folder))

    def reading(self) -> AbstractContextManager[None]:
        """Return what names damage that is met while what it holds is read."""
        return damage_named(self._folder)

    def check(self, documents: Documents) -> None:
        """Raise a DamageError if any of the documents is none."""
        # As unsigned numbers those below 0 are the largest.
        if len(documents) and int(documents.view(np.uint64).max()) >= self.count:
            raise DamageError(
                message(
                    "a posting list in '{folder}' names a document beyond the last",
                    folder=self._folder,
                )
            )

    def _rows(self, read: Callable[[Segment], Array]) -> Array:
        rows = [read(leaf.segment) for leaf in self.leaves]
        found = rows[0] if len(rows) == 1 else np.concatenate(rows or [np.zeros(0, np.int64)])
        if len(found) != self.count:
            raise DamageError(
                message("a row in '{folder}' has not one value a document", folder=self._folder)
            )
        return found

    def _place(self, number: int) -> tuple[Segment, int]:
        at = len(self.leaves) - 1
        while self.leaves[at].offset > number:
            at -= 1
        return self.leaves[at].segment, number - self.leaves[at].offset
