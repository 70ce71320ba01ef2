"""Batches of documents → posting lists, as arrays: collected as they come, sorted at once.

An element takes five bytes while it waits. Sorting goes by ranges of first characters, so that its
temporary arrays stay small whatever waits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from search.analysis.batch import Batch, Vocabulary
from search.analysis.grams import head
from search.engine.whoosh.posting_lists import PostingLists
from search.engine.whoosh.sections import Array

SORTED_AT_ONCE = 1 << 22  # occurrences
WAITING_ELEMENT, WAITING_WORD, WAITING_TERM = 24, 16, 150  # bytes at the worst, to the end

_STEP, _PAIRED, _WORD = 3, 4, 8  # bits of a mark


@dataclass(frozen=True, slots=True)
class Inverted:
    """The terms of a segment and their posting lists."""

    pairs: Array  # sorted numbers, first << 32 | second
    pair_lists: PostingLists
    units: Sequence[bytes]  # sorted
    unit_lists: PostingLists
    words: Sequence[bytes]  # sorted
    word_lists: PostingLists


@dataclass
class Inverter:
    """Collects the terms of one segment."""

    documents: int = 0
    _characters: list[Array] = field(default_factory=list)
    _marks: list[Array] = field(default_factory=list)
    _counts: list[Array] = field(default_factory=list)
    _unit_ids: list[Array] = field(default_factory=list)
    _units: Vocabulary = field(default_factory=Vocabulary)
    _word_ids: list[Array] = field(default_factory=list)
    _word_texts: list[Array] = field(default_factory=list)
    _words: Vocabulary = field(default_factory=Vocabulary)
    memory: int = 0  # bytes that all of this takes at most, inverting it included

    def add(self, batch: Batch) -> None:
        """Add the terms of a batch; its documents are numbered on from those before."""
        marks = batch.steps | (batch.paired * _PAIRED) | (batch.pair_words * _WORD)
        self._characters.append(batch.characters)
        self._marks.append(marks.astype(np.uint8))
        self._counts.append(batch.element_counts)
        self._unit_ids.append(_moved(batch.unit_ids, map(head, batch.units), self._units))
        self._word_ids.append(_moved(batch.words.ids, batch.words.terms, self._words))
        self._word_texts.append(batch.words.texts + np.uint32(2 * self.documents))
        self.documents += len(batch.documents)
        self.memory += len(marks) * WAITING_ELEMENT + len(batch.words.ids) * WAITING_WORD
        self.memory += (len(batch.units) + len(batch.words.terms)) * WAITING_TERM

    def invert(self) -> Inverted:
        """Return the posting lists of all that was added."""
        elements = self._elements()
        units, unit_lists = elements.unit_lists(_joined(self._unit_ids, np.uint32), self._units)
        pairs, pair_lists = elements.pair_lists()
        word_ids, words = _sorted(self._words, _joined(self._word_ids, np.uint32))
        texts = _joined(self._word_texts, np.uint32)
        keys = (word_ids.astype(np.uint64) << np.uint64(32)) | texts.astype(np.uint64)
        keys.sort()
        return Inverted(pairs, pair_lists, units, unit_lists, words, _word_lists(keys, len(words)))

    def _elements(self) -> "_Elements":
        counts = _joined(self._counts, np.int64)
        marks = _joined(self._marks, np.uint8)
        self._marks.clear()
        characters = _joined(self._characters, np.uint32)
        self._characters.clear()
        of_document = counts[::2] + counts[1::2]
        starts = np.cumsum(of_document) - of_document
        ordinals = np.cumsum(marks & _STEP, dtype=np.int64)
        first = ordinals[np.minimum(starts, max(len(marks) - 1, 0))] if len(marks) else starts
        ordinals -= np.repeat(first, of_document)
        return _Elements(
            characters,
            marks,
            np.repeat(np.arange(len(starts), dtype=np.uint32), of_document),
            ordinals.astype(np.uint32),
            (starts + counts[::2]).astype(np.uint32),
        )


@dataclass(frozen=True, slots=True)
class _Elements:
    """Every element of the segment, in order."""

    characters: Array
    marks: Array
    documents: Array
    ordinals: Array
    title_ends: Array  # of each document: the first element that is not of its title

    def pair_lists(self) -> tuple[Array, PostingLists]:
        """Return the pairs, and single characters where a run ends, with their lists."""
        alphabet, numbers = _numbered(self.characters)
        following = np.append(numbers[1:], np.uint32(0))
        second = np.where(self.marks & _PAIRED, following + 1, 0).astype(np.uint32)
        names = np.concatenate((np.zeros(1, np.uint64), alphabet.astype(np.uint64)))
        terms, parts = [], []
        for low, high in _ranges(numbers, first=int(len(alphabet) > 0 and alphabet[0] == 0)):
            chosen = np.flatnonzero((numbers >= low) & (numbers < high)).astype(np.uint64)
            first = (numbers[chosen] - np.uint32(low)).astype(np.uint64)
            keys = (first << np.uint64(49)) | (second[chosen].astype(np.uint64) << np.uint64(32))
            keys |= chosen
            keys.sort()
            found, lists = self._lists(keys >> np.uint64(32), keys & np.uint64(0xFFFFFFFF))
            firsts = alphabet[(found >> np.uint64(17)).astype(np.int64) + low].astype(np.uint64)
            seconds = names[(found & np.uint64(0x1FFFF)).astype(np.int64)]
            terms.append((firsts << np.uint64(32)) | seconds)
            parts.append(lists)
        return _joined(terms, np.uint64), _one_after_another(parts)

    def unit_lists(self, ids: Array, units: Vocabulary) -> tuple[list[bytes], PostingLists]:
        """Return the units, sorted, with their lists."""
        ranks, names = _sorted(units, ids)
        places = np.flatnonzero(self.characters == 0).astype(np.uint64)
        keys = (ranks.astype(np.uint64) << np.uint64(32)) | places
        keys.sort()
        _, lists = self._lists(keys >> np.uint64(32), keys & np.uint64(0xFFFFFFFF))
        return names, lists

    def _lists(self, terms: Array, places: Array) -> tuple[Array, PostingLists]:
        """Return the distinct terms and their lists; a term and a place for each occurrence."""
        at = places.astype(np.int64)
        documents = self.documents[at]
        term_begins = _changes(terms)
        begins = term_begins | _changes(documents)
        postings = np.flatnonzero(begins)
        in_title = at < self.title_ends[documents]
        counts = np.diff(np.append(postings, len(at)))
        titles = np.add.reduceat(in_title, postings, dtype=np.int32) if len(postings) else counts
        starts = np.append(np.flatnonzero(term_begins[postings]), len(postings))
        return terms[term_begins], PostingLists(
            starts,
            documents[postings],
            counts.astype(np.uint32),
            titles.astype(np.uint32),
            self.ordinals[at],
            (self.marks[at] & _WORD) > 0,
        )


def _numbered(characters: Array) -> tuple[Array, Array]:
    """Return the distinct code points, sorted, and the number of each character among them."""
    present = np.zeros(0x110000, bool)
    present[characters] = True
    alphabet = np.flatnonzero(present)
    table = np.zeros(0x110000, np.uint32)
    table[alphabet] = np.arange(len(alphabet), dtype=np.uint32)
    return alphabet, table[characters]


def _ranges(numbers: Array, first: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of characters, from number `first` on, that occur SORTED_AT_ONCE together."""
    totals = np.cumsum(np.bincount(numbers)) if len(numbers) else np.zeros(0, np.int64)
    low = first
    while low < len(totals):
        before = totals[low - 1] if low else 0
        high = int(np.searchsorted(totals, before + SORTED_AT_ONCE, side="right"))
        high = min(max(high, low + 1), low + 0x7FFF)  # 15 bits are left for it in a key
        yield low, min(high, len(totals))
        low = high


def _word_lists(keys: Array, terms: int) -> PostingLists:
    """Return the lists of words; a key of each occurrence, sorted: word << 32 | text."""
    texts = keys & np.uint64(0xFFFFFFFF)
    begins = _changes(keys >> np.uint64(1))
    postings = np.flatnonzero(begins)
    counts = np.diff(np.append(postings, len(keys)))
    is_title = (texts & np.uint64(1)) == 0
    titles = np.add.reduceat(is_title, postings, dtype=np.int32) if len(postings) else counts
    holders = (keys[postings] >> np.uint64(32)).astype(np.int64)
    starts = np.append(0, np.cumsum(np.bincount(holders, minlength=terms)))
    documents = (texts[postings] >> np.uint64(1)).astype(np.uint32)
    return PostingLists(starts, documents, counts.astype(np.uint32), titles.astype(np.uint32))


def _one_after_another(parts: Sequence[PostingLists]) -> PostingLists:
    """Return lists of different terms as one."""
    if not parts:
        none = np.zeros(0, np.uint32)
        return PostingLists(np.zeros(1, np.int64), none, none, none, none, none.astype(bool))
    sizes = np.cumsum([0, *(len(part.documents) for part in parts)])
    starts = [part.starts[:-1] + size for part, size in zip(parts, sizes, strict=False)]
    return PostingLists(
        np.append(np.concatenate(starts), sizes[-1]),
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("documents", "counts", "titles", "ordinals", "begins_word")
        ),
    )


def _sorted(vocabulary: Vocabulary, ids: Array) -> tuple[Array, list[bytes]]:
    """Return the ids as ranks among the sorted terms, and these."""
    terms = sorted(vocabulary)  # code points sort as their UTF-8 does
    ranks = np.empty(len(terms), np.uint32)
    ranks[[vocabulary[term] for term in terms]] = np.arange(len(terms), dtype=np.uint32)
    return ranks[ids], [term.encode("utf-8", "surrogatepass") for term in terms]


def _moved(ids: Array, terms: Iterator[str] | Sequence[str], vocabulary: Vocabulary) -> Array:
    """Return the ids of a batch as those of the segment's vocabulary."""
    mine = np.fromiter(map(vocabulary.__getitem__, terms), np.uint32)
    moved: Array = mine[ids]
    return moved


def _changes(row: Array) -> Array:
    """Return where in a row another number begins."""
    return np.append(np.ones(min(len(row), 1), bool), row[1:] != row[:-1])


def _joined(parts: Sequence[Array], dtype: type) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, dtype)
