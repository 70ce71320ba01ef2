"""A committed state of the index, read through all its segments: postings, phrases, articles.

Documents are numbered through the segments; deleted ones never appear.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from whoosh.reading import IndexReader as WhooshIndexReader

from search.analysis import Step
from search.document import Document
from search.engine.port import DamageError
from search.engine.whoosh.damage import damage_named
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.pair_words import pair_word
from search.engine.whoosh.phrases import Placed, phrase
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segment import Segment
from search.engine.whoosh.term_postings import (
    NOTHING,
    TermPostings,
    read_term,
    together,
)
from search.text.characters import is_cjk

Floats = npt.NDArray[np.float64]
Method = TypeVar("Method", bound=Callable[..., Any])


def _reading(method: Method) -> Method:
    """Have damage that the method meets in files named as such; see damage.py."""

    @wraps(method)
    def guarded(self: "Segments", *arguments: Any) -> Any:
        try:
            return method(self, *arguments)
        except Exception as error:
            with self.reading():
                raise error from None

    return cast(Method, guarded)


class Segments:
    """The committed segments of one Whoosh reader."""

    def __init__(self, reader: WhooshIndexReader, folder: str) -> None:
        self._reader = reader
        self._folder = folder
        self.count = int(reader.doc_count_all())  # deleted documents included
        self._leaves: list[tuple[Segment, int]] = [
            (leaf._terms.segment, offset)
            for leaf, offset in reader.leaf_readers()
            if leaf.doc_count_all()  # that of an empty index has none
        ]
        self._sets = [DocumentSets(segment.documents) for segment, _ in self._leaves]

    @cached_property
    @_reading
    def documents(self) -> Documents:
        """All documents that are not deleted."""
        if self._live is None:
            return np.arange(self.count)
        return np.flatnonzero(self._live)

    @cached_property
    @_reading
    def _live(self) -> npt.NDArray[np.bool_] | None:
        """Which documents are not deleted; None where all are live."""
        if not self._reader.has_deletions():
            return None
        live = np.zeros(self.count, bool)
        for leaf, offset in self._reader.leaf_readers():
            live[np.fromiter(leaf.all_doc_ids(), np.int64) + offset] = True
        return live

    def forget(self) -> None:
        """Drop the postings that a search has read; they stay no longer than that."""
        for segment, _ in self._leaves:
            segment.forget()

    @_reading
    def gram(self, gram: str) -> TermPostings:
        """Return the postings of a gram; a single character is all that begin with it."""
        return self._together(_gram, gram)

    @_reading
    def character_frequency(self, character: str) -> int | None:
        """Return how many documents hold a character, where that is known without counting."""
        if self._live is not None:
            return None
        return sum(segment.pairs.holders(character) for segment, _ in self._leaves)

    @_reading
    def word(self, word: str) -> TermPostings:
        """Return the postings of a word."""
        return self._together(_word, word)

    @_reading
    def phrase(self, steps: Sequence[Step], field: str = "") -> Documents:
        """Return the documents in which grams stand at fixed distances, in one field or any."""
        found = []
        for (segment, offset), sets in zip(self._leaves, self._sets, strict=True):
            placed = [_placed(segment, step) for step in steps]
            found.append(phrase(placed, sets, field) + offset)
        documents = np.concatenate(found) if found else np.zeros(0, np.int64)
        self._check(documents)
        return documents if self._live is None else documents[self._live[documents]]

    @_reading
    def lengths(self, kind: str, text: str) -> Array:
        """Return the number of terms of a kind in each document's title or body."""
        return self._rows(lambda segment: segment.lengths()[kind, text])

    @_reading
    def dates(self) -> Array:
        """Return each document's date, as `date_number` gives it."""
        return self._rows(lambda segment: segment.articles.dates)

    @_reading
    def characters(self) -> Array:
        """Return the number of characters of each document's body, as its author wrote it."""
        return self._rows(lambda segment: segment.articles.characters)

    @_reading
    def ids(self, documents: Sequence[int]) -> list[bytes]:
        """Return the ids of documents as UTF-8, by which they sort."""
        return [segment.articles.id(number) for segment, number in map(self._place, documents)]

    @_reading
    def article(self, number: int) -> Document:
        """Return a document without its body."""
        segment, at = self._place(number)
        return segment.articles.document(at, text=False)

    @_reading
    def text(self, number: int, field: str) -> tuple[str, bytes]:
        """Return the author's text of a field and the packed map of its folding."""
        segment, at = self._place(number)
        return segment.articles.text(at, field == "body")

    @_reading
    def find(self, document_id: str) -> int | None:
        """Return the number of the document with this id, or None."""
        raw = document_id.encode("utf-8")
        for segment, offset in self._leaves:
            found = segment.articles.find(raw)
            if found is not None and (self._live is None or self._live[found + offset]):
                return found + offset
        return None

    def terms(self, kind: str, prefix: str = "") -> Iterator[str]:
        """Yield the terms of a kind that begin with `prefix`, sorted by their UTF-8."""
        with self.reading():
            raw = [term.decode("utf-8") for term in self._reader.expand_prefix(kind, prefix)]
        yield from raw

    def reading(self) -> AbstractContextManager[None]:
        """Return what names damage that is met while what it holds is read."""
        return damage_named(self._folder)

    def _together(self, read: Callable[[Segment, str], TermPostings], term: str) -> TermPostings:
        if len(self._leaves) == 1:
            found = read(self._leaves[0][0], term)
        else:
            parts = [read(segment, term).moved(offset) for segment, offset in self._leaves]
            found = together([part for part in parts if len(part.documents)])
        self._check(found.documents)
        return found if self._live is None else found.kept(self._live[found.documents])

    def _check(self, documents: Documents) -> None:
        # As unsigned numbers those below 0 are the largest.
        if len(documents) and int(documents.view(np.uint64).max()) >= self.count:
            raise DamageError(
                f"a posting list in '{self._folder}' names a document beyond the last"
            )

    def _rows(self, read: Callable[[Segment], Array]) -> Array:
        rows = [read(segment) for segment, _ in self._leaves]
        found = rows[0] if len(rows) == 1 else np.concatenate([np.zeros(0, np.int64), *rows])
        if len(found) != self.count:
            raise DamageError(f"a row in '{self._folder}' has not one value a document")
        return found

    def _place(self, number: int) -> tuple[Segment, int]:
        segment, offset = next(leaf for leaf in reversed(self._leaves) if leaf[1] <= number)
        return segment, number - offset


def _places(segment: Segment, gram: str) -> tuple[ListReader, int, int]:
    """Return where the posting lists of a gram are: from one term of which lists up to another."""
    if not is_cjk(gram[0]):
        place = segment.units.place(gram.encode("utf-8"))
        lists = segment.unit_lists
    elif len(gram) == 1:
        return segment.pair_lists, *segment.pairs.beginning(gram)
    else:
        place = segment.pairs.pair(gram[0], gram[1])
        lists = segment.pair_lists
    return (lists, 0, 0) if place is None else (lists, place, place + 1)


def _placed(segment: Segment, step: Step) -> Placed:
    lists, first, last = _places(segment, step.gram)
    postings = segment.postings(lists, first, last)
    return Placed(lists, first, postings, step.offset, step.spaced)


def _gram(segment: Segment, gram: str) -> TermPostings:
    if len(gram) == 1 and is_cjk(gram):
        place = segment.characters.place(gram)
        if place is not None:
            return segment.postings(segment.character_lists, place, place + 1)
    return segment.postings(*_places(segment, gram))


def _word(segment: Segment, word: str) -> TermPostings:
    if len(word) == 2 and is_cjk(word[0]) and is_cjk(word[1]):
        lists, first, last = _places(segment, word)
        return pair_word(lists, first, segment.postings(lists, first, last))
    place = segment.words.place(word.encode("utf-8"))
    return NOTHING if place is None else read_term(segment.word_lists, place)
