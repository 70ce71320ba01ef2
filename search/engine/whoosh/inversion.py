"""Batches of documents → posting lists, as arrays: collected as they come, sorted at once.

What occurs where waits in temporary files. Sorting goes by ranges of first characters, or of words,
so that only two million occurrences are sorted at a time, whatever the archive.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from search.analysis.batch import Batch
from search.analysis.grams import head
from search.analysis.vocabulary import Vocabulary
from search.engine.whoosh.alphabet import alphabet_of, numbers_in
from search.engine.whoosh.order import stable_order
from search.engine.whoosh.posting_lists import PostingLists
from search.engine.whoosh.sections import Array
from search.engine.whoosh.spool import Spool
from search.engine.whoosh.threads import results

SORTED_AT_ONCE = 1 << 21  # occurrences
TERM, WORD, ELEMENT = 250, 24, 4  # bytes of memory that each takes at the most until it is written

_PAIRED, _BEGINS, _IN_TITLE = 4, 8, 16  # bits of a mark


@dataclass(frozen=True, slots=True)
class Inverted:
    """The terms of a segment and their posting lists."""

    pairs: Array  # sorted numbers, first << 32 | second
    pair_lists: PostingLists
    units: Sequence[bytes]  # sorted
    unit_lists: PostingLists
    words: Sequence[bytes]  # sorted
    word_lists: PostingLists


class Inverter:
    """Collects the terms of one segment: in memory the terms, what occurs where in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.documents = 0
        self._folder = folder
        self._characters = Spool(folder, np.uint32)
        self._marks = Spool(folder, np.uint8)
        self._ordinals = Spool(folder, np.uint32)
        self._documents = Spool(folder, np.uint32)
        self._units = Vocabulary()
        self._unit_ids = Spool(folder, np.uint32)
        self._words = Vocabulary()
        self._word_ids = Spool(folder, np.uint32)
        self._word_texts = Spool(folder, np.uint32)

    @property
    def memory(self) -> int:
        """How many bytes of memory this takes at the most, about, being inverted included."""
        terms = len(self._units) + len(self._words)
        return terms * TERM + len(self._word_ids) * WORD + len(self._marks) * ELEMENT

    def add(self, batch: Batch) -> None:
        """Add the terms of a batch; its documents are numbered on from those before."""
        begins = batch.pair_words | batch.spaced  # of characters, and of units
        counts = batch.element_counts
        in_title = np.repeat(np.resize([True, False], len(counts)), counts)
        marks = (batch.paired * _PAIRED) | (begins * _BEGINS) | (in_title * _IN_TITLE)
        of_document = counts[::2] + counts[1::2]
        numbers = np.arange(self.documents, self.documents + len(of_document), dtype=np.uint32)
        self._characters.append(batch.characters)
        self._marks.append(marks)
        self._ordinals.append(_ordinals(batch.steps, of_document))
        self._documents.append(np.repeat(numbers, of_document))
        self._unit_ids.append(_moved(batch.unit_ids, map(head, batch.units), self._units))
        self._word_ids.append(_moved(batch.words.ids, batch.words.terms, self._words))
        self._word_texts.append(batch.words.texts + np.uint32(2 * self.documents))
        self.documents += len(batch.documents)

    def invert(self, threads: int = 1) -> Inverted:
        """Return the posting lists of all that was added, sorted by so many threads."""
        elements = _Elements(
            self._folder,
            self._characters.array(),
            self._marks.array(),
            self._ordinals.array(),
            self._documents.array(),
        )
        # The pairs last: their sorting is itself divided, so that no thread is without work.
        parts: list[Callable[[], tuple[Any, PostingLists]]] = [
            partial(_word_lists, self._word_ids.array(), self._word_texts.array(), self._words),
            partial(elements.unit_lists, self._unit_ids.array(), self._units),
            partial(elements.pair_lists, threads),
        ]
        words, units, pairs = results(parts, threads)
        return Inverted(*pairs, *units, *words)


def _ordinals(steps: Array, of_document: Array) -> Array:
    """Return the ordinal of each element in its document; of each document, how many it has."""
    starts = np.cumsum(of_document) - of_document
    ordinals = np.cumsum(steps, dtype=np.int64)
    if len(ordinals):
        first = ordinals[np.minimum(starts, len(ordinals) - 1)]
        ordinals -= np.repeat(first, of_document)
    return ordinals


@dataclass(frozen=True, slots=True)
class _Elements:
    """Every element of the segment, in order."""

    folder: Path
    characters: Array
    marks: Array
    ordinals: Array
    documents: Array

    def pair_lists(self, threads: int) -> tuple[Array, PostingLists]:
        """Return the pairs, and single characters where a run ends, with their lists."""
        alphabet = alphabet_of(self.characters)
        numbers = numbers_in(alphabet, self.characters)
        terms: list[Array] = []
        lists = _Spooled(self.folder)
        ranges = _ranges(numbers, first=int(alphabet[:1].sum() == 0))
        calls = (partial(self._pairs_of, alphabet, numbers, *bounds) for bounds in ranges)
        for pairs, found in results(calls, threads):
            terms.append(pairs)
            lists.append(found)
        return np.concatenate([np.zeros(0, np.uint64), *terms]), lists.all()

    def _pairs_of(
        self, alphabet: Array, numbers: Array, low: int, high: int
    ) -> tuple[Array, PostingLists]:
        """Return the pairs whose first character has a number from `low` up to `high`."""
        chosen = np.flatnonzero((numbers >= low) & (numbers < high))
        first = numbers[chosen]
        # The last element has no next, and is not paired with it.
        following = numbers.take(chosen + 1, mode="clip").astype(np.uint32)
        second = np.where(self.marks[chosen] & _PAIRED, following + np.uint32(1), 0)
        order = stable_order(first, second)
        chosen, first, second = chosen[order], first[order], second[order]
        begins = _changes(first) | _changes(second)
        names = np.append(np.uint64(0), alphabet.astype(np.uint64))
        pairs = names[first[begins].astype(np.int64) + 1], names[second[begins]]
        return (pairs[0] << np.uint64(32)) | pairs[1], self._lists(begins, chosen)

    def unit_lists(self, ids: Array, units: Vocabulary) -> tuple[list[bytes], PostingLists]:
        """Return the units, sorted, with their lists."""
        ranks, names = _sorted(units, ids)
        order = stable_order(ranks)
        places = np.flatnonzero(self.characters == 0)[order]
        return names, self._lists(_changes(ranks[order]), places)

    def _lists(self, term_begins: Array, at: Array) -> PostingLists:
        """Return the lists of occurrences at these places; of each, whether a term begins there."""
        documents = self.documents[at]
        begins = term_begins | _changes(documents)
        postings = np.flatnonzero(begins)
        marks = self.marks[at]
        in_title = (marks & _IN_TITLE) > 0
        counts = np.diff(np.append(postings, len(at)))
        titles = np.add.reduceat(in_title, postings, dtype=np.int32) if len(postings) else counts
        starts = np.append(np.flatnonzero(term_begins[postings]), len(postings))
        return PostingLists(
            starts,
            documents[postings],
            counts,
            titles,
            self.ordinals[at],
            (marks & _BEGINS) > 0,
        )


def _ranges(numbers: Array, first: int = 0) -> Iterator[tuple[int, int]]:
    """Yield ranges of numbers, from number `first` on, that occur SORTED_AT_ONCE together."""
    if not len(numbers):
        return
    counts = np.zeros(int(numbers.max()) + 1, np.int64)
    for at in range(0, len(numbers), SORTED_AT_ONCE):  # numpy counts on a copy of eight bytes each
        counts += np.bincount(numbers[at : at + SORTED_AT_ONCE], minlength=len(counts))
    totals = np.cumsum(counts)
    low = first
    while low < len(totals):
        before = totals[low - 1] if low else 0
        high = int(np.searchsorted(totals, before + SORTED_AT_ONCE, side="right"))
        high = min(max(high, low + 1), len(totals))
        yield low, high
        low = high


def _word_lists(
    ids: Array, texts: Array, vocabulary: Vocabulary
) -> tuple[list[bytes], PostingLists]:
    """Return the words, sorted, with their lists; of each occurrence its word and its text.

    The texts of one word rise. No word is without an occurrence.
    """
    words, names = _sorted(vocabulary, ids)
    held: list[Array] = [np.zeros(0, np.int64)]
    columns: list[tuple[Array, ...]] = [(np.zeros(0, np.uint32),) * 3]
    for low, high in _ranges(words):
        count, found = _words_of(words, texts, low, high)
        held.append(count)
        columns.append(found)
    starts = np.append(0, np.cumsum(np.concatenate(held)))
    return names, PostingLists(starts, *map(np.concatenate, zip(*columns, strict=True)))


def _words_of(
    words: Array, texts: Array, low: int, high: int
) -> tuple[Array, tuple[Array, Array, Array]]:
    """Return how many postings the words from `low` up to `high` have each, and these."""
    chosen = np.flatnonzero((words >= low) & (words < high))
    numbers = words[chosen] - np.uint32(low)
    order = stable_order(numbers)
    numbers, found = numbers[order], texts[chosen[order]]
    documents = found >> 1
    begins = _changes(numbers) | _changes(documents)
    postings = np.flatnonzero(begins)
    counts = np.diff(np.append(postings, len(found)))
    titles = np.add.reduceat((found & 1) == 0, postings, dtype=np.uint32)
    held = np.bincount(numbers[postings], minlength=high - low)
    return held, (documents[postings], counts.astype(np.uint32), titles)


class _Spooled:
    """Posting lists of different terms, one part after another."""

    def __init__(self, folder: Path) -> None:
        kinds = {"counts": np.uint32, "titles": np.uint32, "ordinals": np.uint32, "begins": bool}
        self._columns = {name: Spool(folder, kind) for name, kind in kinds.items()}
        self._documents = Spool(folder, np.uint32)
        self._starts: list[Array] = []

    def append(self, lists: PostingLists) -> None:
        """Add the lists of further terms."""
        self._starts.append(lists.starts[:-1] + len(self._documents))
        self._documents.append(lists.documents)
        for name, column in self._columns.items():
            column.append(getattr(lists, name))

    def all(self) -> PostingLists:
        """Return all that was added."""
        starts = np.concatenate([*self._starts, np.array([len(self._documents)])])
        columns = {name: column.array() for name, column in self._columns.items()}
        return PostingLists(starts, self._documents.array(), **columns)


def _sorted(vocabulary: Vocabulary, ids: Array) -> tuple[Array, list[bytes]]:
    """Return the ids as ranks among the sorted terms, and these."""
    terms = list(vocabulary)
    order = sorted(range(len(terms)), key=terms.__getitem__)  # as their UTF-8 sorts
    ranks = np.empty(len(terms), np.uint32)
    ranks[order] = np.arange(len(terms), dtype=np.uint32)
    # No term holds a line end; of all at once the encoding takes a third of the time.
    joined = "\n".join([terms[at] for at in order]).encode("utf-8", "surrogatepass")
    return ranks[ids], joined.split(b"\n") if terms else []


def _moved(ids: Array, terms: Iterator[str] | Sequence[str], vocabulary: Vocabulary) -> Array:
    """Return the ids of a batch as those of the segment's vocabulary."""
    mine = np.fromiter(map(vocabulary.__getitem__, terms), np.uint32)
    moved: Array = mine[ids]
    return moved


def _changes(row: Array) -> Array:
    """Return where in a row another number begins."""
    return np.append(np.ones(min(len(row), 1), bool), row[1:] != row[:-1])
