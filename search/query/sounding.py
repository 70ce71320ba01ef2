"""The Han words of an archive that sound as typed: by whole syllables, or by their initials.

No map from sounds to words is built: characters are looked up in a row of which are read so, which
for the 10,000 words of three characters in 61 MB takes 0.1 ms, and a length of words is read when
it is first asked for.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from heapq import nlargest
from math import log

import numpy as np

from search.deadline import check_deadline
from search.query.vocabulary import Array, Vocabulary
from search.text.syllables import characters_by_initial, characters_by_syllable

MOST = 8  # words that one typed text may stand for
LONGEST_WORD = 8
MOST_BEGINNINGS = 128  # rows kept, 64 KB each
_KEPT = 3  # words of each stretch that phrases are put together from


class Sounding:
    """The words of one vocabulary by sound. Safe across threads: work may be done twice."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._words: dict[int, tuple[Array, Array]] = {}

    def by_syllables(self, ways: Sequence[Sequence[str]], phrases: bool = True) -> list[str]:
        """Return the words that are read as one of the ways, by their documents, most first.

        Where there is none, `phrases` of several words are put together.
        """
        heard = [tuple(map(read_as, way)) for way in ways if len(way) > 1]
        found = [row for way in heard for row in self._heard(way, MOST)]
        if not found and phrases:
            found = [row for way in heard for row in self._phrases(way)]
        return _best(found)

    def by_initials(self, letters: Sequence[str]) -> list[str]:
        """Return the words whose syllables begin with the letters, by their documents."""
        return _best(self._heard(tuple(map(read_from, letters)), MOST))

    def made_of(self, choices: Sequence[str]) -> dict[str, int]:
        """Return the words with one of the characters given for each place, and their documents."""
        check_deadline()
        points, counts = self._of_length(len(choices))
        rows = np.arange(len(points))
        for at, characters in enumerate(choices):
            rows = rows[_row("".join(filter(_in_plane, characters)))[points[rows, at]]]
        words = ("".join(map(chr, word)) for word in points[rows].tolist())
        return dict(zip(words, counts[rows].tolist(), strict=True))

    def _heard(self, sounds: Sequence[Array], most: int) -> list[tuple[float, str]]:
        """Return (logarithm of the documents, word) of the words of which each character is so."""
        check_deadline()
        if len(sounds) > LONGEST_WORD:
            return []
        points, counts = self._of_length(len(sounds))
        rows = np.arange(len(points))
        for at, sound in enumerate(sounds):
            rows = rows[sound[points[rows, at]]]
        best = rows[np.argsort(-counts[rows], kind="stable")[:most]]
        return [(log(counts[row]), "".join(map(chr, points[row].tolist()))) for row in best]

    def _phrases(self, sounds: Sequence[Array]) -> list[tuple[float, str]]:
        """Return the best phrases of words of two or more characters; fewer words are better."""
        ways: list[list[tuple[float, str]]] = [[(0.0, "")]]
        dearest = log(max((int(c.max()) for _, c in self._words.values() if len(c)), default=1)) + 1
        for end in range(1, len(sounds) + 1):
            found = [
                (score + own - dearest, text + word)
                for start in range(max(0, end - LONGEST_WORD), end - 1)
                if ways[start]
                for own, word in self._heard(sounds[start:end], _KEPT)
                for score, text in ways[start]
            ]
            ways.append(nlargest(MOST, found))
        return ways[-1]

    def _of_length(self, length: int) -> tuple[Array, Array]:
        if length not in self._words:
            self._words[length] = self.vocabulary.han_words(length)
        return self._words[length]


def _best(found: Sequence[tuple[float, str]]) -> list[str]:
    ordered = sorted(found, key=lambda row: (-row[0], row[1]))
    return list(dict.fromkeys(word for _, word in ordered))[:MOST]


@cache
def read_as(syllable: str) -> Array:
    """Return of each code point of the Basic Plane whether it is usually read so."""
    return _row(characters_by_syllable()[syllable])


@lru_cache(MOST_BEGINNINGS)
def read_from(letters: str) -> Array:
    """Return of each code point of the Basic Plane whether a usual reading begins so."""
    if len(letters) == 1:
        return _row(characters_by_initial().get(letters, ""))
    known = characters_by_syllable().items()
    return _row(
        "".join(characters for syllable, characters in known if syllable.startswith(letters))
    )


def _in_plane(character: str) -> bool:
    return ord(character) < 1 << 16


def _row(characters: str) -> Array:
    row = np.zeros(1 << 16, bool)
    row[[ord(character) for character in characters]] = True
    return row
