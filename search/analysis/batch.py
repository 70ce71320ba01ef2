"""Many documents → their elements and words as arrays: what an engine that builds fast takes.

Holds the same terms as `words` and `grams` give token by token (tests compare them), a million
characters at a time. An *element* is what grams are made of: a Han, kana or Hangul character, or a
unit of letters or digits. Elements are numbered within a document so that neighbours which touch
differ by one, and so do those that only spaces of one line part, if a unit is among them; all
others differ by more. A unit that spaces part from a unit before it is marked as such: "5 g" is not
"5g", but "用 5g" is "用5g", as `Literal` has it.

So a string is found by comparing numbers, and no text need be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from search.analysis.classes import (
    Array,
    Class,
    CodePoints,
    classes,
    code_points,
    stretches,
    text_of,
)
from search.analysis.cutting import cut_joined
from search.analysis.dictionary import NONE, Dictionary
from search.analysis.grams import is_pair
from search.analysis.latin import Latin
from search.analysis.pieces import pieces
from search.analysis.segmenter import FIRST_USUAL, LAST_USUAL
from search.analysis.steps import APART, NEXT
from search.analysis.vocabulary import Vocabulary
from search.analysis.words import LONGEST_TERM
from search.document import Document
from search.text import Folded, fold, pack

BATCH_CHARACTERS = 1 << 20  # of raw text: some 50 MB of arrays while it is analysed

_PAIR_BITS = 20

# Parts texts in a batch. No text holds it: decoding gives no surrogates.
_PART = "\ud800"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a batch but for those of two Han, kana or Hangul characters.

    They are in no order, but for the occurrences of one word, which are in that of the texts.
    """

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


def analyze_batch(documents: Sequence[Document], dictionary: Dictionary = NONE) -> Batch:
    """Return the documents analysed together."""
    folded = [fold(text) for d in documents for text in (d.title, d.body)]
    text = _Text(folded)
    latin = Latin(text.joined, text.points, text.in_unit)
    units, unit_ids = latin.units()
    words, pair_words, word_counts = _words(text, latin, dictionary)
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
        self.in_unit = (self.classes == Class.LETTER) | (self.classes == Class.DIGIT)
        changes = self.classes[1:] != self.classes[:-1]
        begins = np.append(True, changes)
        self.elements = np.flatnonzero(is_cjk | (self.in_unit & begins))
        self.is_unit = self.in_unit[self.elements]
        # A character ends with itself, a unit where its class does.
        self._element_ends = self.elements + 1
        self._element_ends[self.is_unit] = (
            np.flatnonzero(self.in_unit & np.append(changes, True)) + 1
        )
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
            parted = self._parted()
            spaced[1:] = parted & self.is_unit[1:] & self.is_unit[:-1]
            free = parted & (self.is_unit[1:] | self.is_unit[:-1])
            steps[1:] = np.where((self._gaps == 0) | free, NEXT, APART)
            steps[self._first[self._first < len(steps)]] = 0
        return steps, spaced

    def _parted(self) -> Array:
        """Return of each element but the first whether only blanks part it from the one before."""
        is_blank = self.classes == Class.BLANK
        starts = self._element_ends[:-1]
        parted: Array = is_blank[starts] & is_blank[self.elements[1:] - 1] & (self._gaps > 0)
        wide = np.flatnonzero(parted & (self._gaps > 2))  # of the others both ends were looked at
        if len(wide):
            gaps = self._gaps[wide]
            before = np.cumsum(gaps) - gaps
            inside = np.arange(gaps.sum()) + np.repeat(starts[wide] - before, gaps)
            parted[wide] = np.logical_and.reduceat(is_blank[inside], before)
        return parted

    def begin_at(self, places: Array) -> Array:
        """Return of each element whether it begins at one of the places."""
        chosen = np.zeros(len(self.points), bool)
        chosen[places] = True
        found: Array = chosen[self.elements]
        return found

    def text_at(self, places: Array) -> Array:
        """Return the number of the text in which each of the places is."""
        found: Array = self._text_numbers[places]
        return found


def _words(text: _Text, latin: Latin, dictionary: Dictionary) -> tuple[Words, Array, Array]:
    """Return the words, which elements begin a word of two characters, and each text's count."""
    terms = Vocabulary()
    ids: list[Array] = []
    places: list[Array] = []
    pairs: list[Array] = [np.zeros(0, np.int64)]

    def add(found: Iterable[str], starts: Array) -> None:
        ids.append(np.fromiter(map(terms.__getitem__, found), np.uint32, len(starts)))
        places.append(starts)

    is_han = text.classes == Class.HAN
    usual = is_han & (text.points >= FIRST_USUAL) & (text.points <= LAST_USUAL)
    singles = np.flatnonzero(is_han & ~usual)  # jieba leaves each of them alone
    han = np.flatnonzero(usual)
    if len(han):
        longer, starts, lengths = _cut(text.points, han, dictionary)
        pairs.append(starts[lengths == 2])
        singles = np.concatenate((singles, starts[lengths == 1]))
        add(longer, starts[lengths > 2])
    ids.append(_character_ids(text.points[singles], terms))
    places.append(singles)
    for script in (Class.KANA, Class.HANGUL):
        starts, ends = stretches(text.classes == script)
        pairs.append(starts[ends - starts == 2])
        whole = ends - starts != 2
        spans = zip(starts[whole].tolist(), ends[whole].tolist(), strict=True)
        add([text.joined[s : min(e, s + LONGEST_TERM)] for s, e in spans], starts[whole])
    latin_ids, latin_places = latin.words(terms)
    every, at = np.concatenate([*ids, latin_ids]), np.concatenate([*places, latin_places])
    if dictionary.apart:
        unwanted = [terms[term] for term in dictionary.apart if term in terms]
        kept = ~np.isin(every, np.array(unwanted, np.uint32))
        every, at = every[kept], at[kept]
    pair_places = np.concatenate(pairs)
    if mixed := dictionary.mixed_among(text.joined, latin.units()[0]):
        every, at, pair_places = _with_mixed(mixed, terms, every, at, pair_places)
    texts = text.text_at(at)
    counts = np.bincount(texts, minlength=len(text.ends))
    counts += np.bincount(text.text_at(pair_places), minlength=len(text.ends))
    return Words(list(terms), every, texts), text.begin_at(pair_places), counts


def _with_mixed(
    mixed: Sequence[tuple[int, str]], terms: Vocabulary, ids: Array, places: Array, pairs: Array
) -> tuple[Array, Array, Array]:
    """Return the words with mixed ones added where there are none yet, in the order of the texts.

    Those of two Han, kana or Hangul characters are among the `pairs`.
    """
    pairs = np.union1d(pairs, np.array([at for at, word in mixed if is_pair(word)], np.int64))
    others = [(at, terms[word]) for at, word in mixed if not is_pair(word)]
    found = np.array(others, np.int64).reshape(-1, 2)
    # A word and its place as one number, so that what is there already can be told.
    there = places.astype(np.int64) << 32 | ids  # the parts of a Latin term may share a place
    keys = np.sort(np.append(there, np.setdiff1d(found[:, 0] << 32 | found[:, 1], there)))
    return (keys & 0xFFFFFFFF).astype(np.uint32), keys >> 32, pairs


def _cut(
    points: CodePoints, places: Array, dictionary: Dictionary
) -> tuple[list[str], Array, Array]:
    """Return the words of the Han characters at `places` that are longer than two characters.

    And where each word begins, and its length; line ends part the runs, and are words of length 0.
    """
    breaks = np.flatnonzero(np.diff(places) != 1) + 1
    longer: list[str] = []
    lengths: list[Array] = []
    parted = np.insert(points[places], breaks, ord("\n"))
    may_begin = _may_begin(parted, dictionary)
    at = 0
    for lines in pieces(text_of(parted), "\n"):
        is_known = may_begin[at : at + len(lines)].any()
        cut = cut_joined(lines, dictionary if is_known else NONE)
        at += len(lines)
        lengths.append(np.fromiter(map(len, cut), np.int64, len(cut)))
        longer += [cut[at] for at in np.flatnonzero(lengths[-1] > 2).tolist()]
    every = np.concatenate(lengths)
    starts = np.insert(places, breaks, -1)[np.cumsum(every) - every]
    every[starts < 0] = 0
    return longer, starts, every


def _may_begin(points: CodePoints, dictionary: Dictionary) -> Array:
    """Return of each character whether, by it and the next, a word of the dictionary may begin."""
    if not dictionary.han:
        return np.zeros(0, bool)
    begun = np.array([[ord(one) for one in pair] for pair in dictionary.beginnings], np.uint32)
    known = np.zeros(1 << _PAIR_BITS, bool)
    known[_hashed(begun[:, 0], begun[:, 1])] = True
    found: Array = known[_hashed(points[:-1], points[1:])]
    return found


def _hashed(first: Array, second: Array) -> Array:
    """Return a small number for each pair of characters; few share one."""
    found: Array = (first * np.uint32(31) + second) & np.uint32((1 << _PAIR_BITS) - 1)
    return found


def _character_ids(points: CodePoints, terms: Vocabulary) -> Array:
    """Return the ids of words of one character each."""
    present = np.zeros(0x110000, bool)
    present[points] = True
    distinct = np.flatnonzero(present)
    numbers = np.zeros(0x110000, np.uint32)
    numbers[distinct] = [terms[chr(point)] for point in distinct.tolist()]
    found: Array = numbers[points]
    return found
