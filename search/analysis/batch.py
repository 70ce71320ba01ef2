"""Many documents → their elements and words as arrays: what an engine that builds fast takes.

Holds the same terms as `words` and `grams` give token by token (tests compare them), a million
characters at a time. An *element* is what grams are made of: a Han, kana or Hangul character, or a
unit of letters or digits. Elements are numbered within a document so that neighbours which touch
differ by one, and so do those that only spaces of one line part, if a unit is among them; all
others differ by more. A unit that spaces part from a unit before it is marked as such: "5 g" is not
"5g", but "用 5g" is "用5g", as `Literal` has it.

So a string is found by comparing numbers, and no text need be read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis.classes import Class, CodePoints, classes, code_points
from search.analysis.runs import LATIN_TERM
from search.analysis.segmenter import FIRST_USUAL, LAST_USUAL, cut_joined
from search.analysis.steps import APART, NEXT
from search.analysis.terms import latin_parts
from search.analysis.words import LONGEST_TERM
from search.document import Document
from search.text import Folded, fold, pack

Array = npt.NDArray[Any]

BATCH_CHARACTERS = 1 << 21  # of raw text: some 100 MB of arrays while it is analysed

# Parts texts in a batch. No text holds it: decoding gives no surrogates.
_PART = "\ud800"
_latin = re.compile(f"{LATIN_TERM}|{_PART}")


class Vocabulary(dict[str, int]):
    """Term → number, given out when first asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a batch but for those of two Han, kana or Hangul characters, in no order."""

    terms: Sequence[str]
    ids: Array  # into `terms`, one an occurrence
    texts: Array  # in which text each stands: 2 · document for its title, + 1 for its body


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents with all that an index holds of them. Arrays over elements are in text order."""

    documents: Sequence[Document]
    foldings: Sequence[bytes]  # packed maps, of title and body in turn
    characters: Array  # code point of each element; 0 for a unit
    steps: Array  # from the element before to this one: NEXT or APART; 0 at a beginning
    spaced: Array  # whether it is a unit that spaces part from a unit before it
    paired: Array  # whether the next element is a character that touches this one
    pair_words: Array  # whether a word of two characters begins at this element
    units: Sequence[str]  # the units of the batch, each once
    unit_ids: Array  # into `units`, for each unit in turn
    words: Words
    element_counts: Array  # elements of each text, titles and bodies in turn
    word_counts: Array  # words of each text


def analyze_batch(documents: Sequence[Document]) -> Batch:
    """Return the documents analysed together."""
    folded = [fold(text) for d in documents for text in (d.title, d.body)]
    text = _Text(folded)
    latin = _Latin(text.joined)
    units, unit_ids = latin.units()
    words, pair_words, word_counts = _words(text, latin)
    return Batch(
        documents,
        [pack(one) for one in folded],
        np.where(text.is_unit, 0, text.points[text.elements]),
        *text.steps(),
        text.paired,
        pair_words,
        units,
        unit_ids,
        words,
        text.element_counts,
        word_counts,
    )


class _Text:
    """The folded texts of a batch as one, and where its elements are."""

    def __init__(self, folded: Sequence[Folded]) -> None:
        texts = [one.text.replace(_PART, "\ufffd") for one in folded]
        self.joined = _PART.join([*texts, ""])
        self.points = code_points(self.joined)
        self.classes = classes(self.points)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        self.ends = np.cumsum(lengths)
        self._text_numbers = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths)
        is_cjk = (self.classes >= Class.HAN) & (self.classes <= Class.HANGUL)
        in_unit = (self.classes == Class.LETTER) | (self.classes == Class.DIGIT)
        changes = self.classes[1:] != self.classes[:-1]
        begins = np.append(True, changes)
        self._is_element = is_cjk | (in_unit & begins)
        self.elements = np.flatnonzero(self._is_element)
        self.is_unit = in_unit[self.elements]
        # A character ends with itself, a unit where its class does.
        self._element_ends = self.elements + 1
        self._element_ends[self.is_unit] = np.flatnonzero(in_unit & np.append(changes, True)) + 1
        self._gaps = self.elements[1:] - self._element_ends[:-1]
        first = np.searchsorted(self.elements, np.append(0, self.ends))
        self.element_counts = np.diff(first)
        self._first = first[:-1:2]  # the first element of each document
        both = ~self.is_unit[1:] & ~self.is_unit[:-1]
        self.paired = np.append(both & (self._gaps == 0), False)[: len(self.elements)]

    def steps(self) -> tuple[Array, Array]:
        """Return how far each element is from the one before, and which units are spaced."""
        steps = np.zeros(len(self.elements), np.uint8)
        spaced = np.zeros(len(self.elements), bool)
        if len(steps):
            blanks = np.cumsum(self.classes == Class.BLANK)
            between = blanks[self.elements[1:] - 1] - blanks[self._element_ends[:-1] - 1]
            touching = self._gaps == 0
            parted = (between == self._gaps) & ~touching
            spaced[1:] = parted & self.is_unit[1:] & self.is_unit[:-1]
            free = parted & (self.is_unit[1:] | self.is_unit[:-1])
            steps[1:] = np.where(touching | free, NEXT, APART)
            steps[self._first[self._first < len(steps)]] = 0
        return steps, spaced

    def element_at(self, places: Array) -> Array:
        """Return the number of the element that begins at each of the places."""
        numbers: Array = np.cumsum(self._is_element, dtype=np.int32)[places] - 1
        return numbers

    def text_at(self, places: Array) -> Array:
        """Return the number of the text in which each of the places is."""
        found: Array = self._text_numbers[places]
        return found


def _words(text: _Text, latin: "_Latin") -> tuple[Words, Array, Array]:
    """Return the words, which elements begin a word of two characters, and each text's count."""
    terms = Vocabulary()
    ids: list[Array] = []
    texts: list[Array] = []
    pairs: list[Array] = []

    def add(found: Iterable[str], places: Array) -> None:
        ids.append(np.fromiter(map(terms.__getitem__, found), np.uint32, len(places)))
        texts.append(text.text_at(places))

    is_han = text.classes == Class.HAN
    usual = is_han & (text.points >= FIRST_USUAL) & (text.points <= LAST_USUAL)
    singles = np.flatnonzero(is_han & ~usual)  # jieba leaves each of them alone
    places = np.flatnonzero(usual)
    if len(places):
        cut, starts, lengths = _cut(text.points, places)
        pairs.append(starts[lengths == 2])
        singles = np.concatenate((singles, starts[lengths == 1]))
        longer = lengths > 2
        add(compress(cut, longer), starts[longer])
    if len(singles):
        distinct, which = np.unique(text.points[singles], return_inverse=True)
        numbers = np.array([terms[chr(point)] for point in distinct.tolist()], np.uint32)
        ids.append(numbers[which])
        texts.append(text.text_at(singles))
    for script in (Class.KANA, Class.HANGUL):
        starts, ends = _stretches(text.classes == script)
        if len(starts):
            pairs.append(starts[ends - starts == 2])
            whole = ends - starts != 2
            stretches = zip(starts[whole].tolist(), ends[whole].tolist(), strict=True)
            add([text.joined[s : min(e, s + LONGEST_TERM)] for s, e in stretches], starts[whole])
    latin_ids, latin_texts = latin.words(terms)
    ids.append(latin_ids)
    texts.append(latin_texts)

    pair_words = np.zeros(len(text.elements), bool)
    pair_places = np.concatenate(pairs) if pairs else np.zeros(0, np.int64)
    pair_words[text.element_at(pair_places)] = True
    found = Words(list(terms), np.concatenate(ids), np.concatenate(texts))
    counts = np.bincount(found.texts, minlength=len(text.ends))
    counts += np.bincount(text.text_at(pair_places), minlength=len(text.ends))
    return found, pair_words, counts


def _cut(points: CodePoints, places: Array) -> tuple[list[str], Array, Array]:
    """Return the words of the Han characters at `places`, where each begins, and its length.

    All runs are cut in one call, parted by line ends.
    """
    breaks = np.flatnonzero(np.diff(places) != 1) + 1
    joined = np.insert(points[places], breaks, ord("\n")).tobytes().decode("utf-32-le")
    cut = cut_joined(joined)
    lengths = np.fromiter(map(len, cut), np.int64, len(cut))
    starts = np.cumsum(lengths) - lengths
    origin = np.insert(places, breaks, -1)[starts]
    real = origin >= 0
    return list(compress(cut, real)), origin[real], lengths[real]


class _Latin:
    """The Latin runs of a batch. The same few make up most of it, so each is taken apart once."""

    def __init__(self, joined: str) -> None:
        distinct = Vocabulary()
        part = distinct[_PART]
        found = _latin.findall(joined)
        numbers = np.fromiter(map(distinct.__getitem__, found), np.int64, len(found))
        is_run = numbers != part
        self._parts = list(map(latin_parts, list(distinct)[1:]))
        self._numbers = numbers[is_run] - 1
        self._texts = np.cumsum(~is_run)[is_run]

    def units(self) -> tuple[list[str], Array]:
        """Return the units, each once, and which of them stand in the texts, in order."""
        units = Vocabulary()
        ids, _ = self._flat([found for _, found in self._parts], units)
        return list(units), ids

    def words(self, terms: Vocabulary) -> tuple[Array, Array]:
        """Return the ids of the words that the runs give, and the text of each."""
        return self._flat([found for found, _ in self._parts], terms)

    def _flat(self, parts: Sequence[Sequence[str]], terms: Vocabulary) -> tuple[Array, Array]:
        """Return the ids of the parts of each run in turn, and the text of each."""
        counts = np.fromiter(map(len, parts), np.int64, len(parts))
        ids_of = map(terms.__getitem__, chain.from_iterable(parts))
        flat = np.fromiter(ids_of, np.uint32, int(counts.sum()))
        starts = np.cumsum(counts) - counts
        repeats = counts[self._numbers]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        ids = flat[np.repeat(starts[self._numbers], repeats) + within]
        return ids, np.repeat(self._texts, repeats).astype(np.uint32)


def _stretches(inside: Array) -> tuple[Array, Array]:
    """Return where the stretches of true values begin and end."""
    edges = np.diff(np.concatenate(([0], inside.view(np.int8), [0])))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
