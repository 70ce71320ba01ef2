"""Latin tokens of a lexicon that a few edits make a text of, found in all of them at once.

One edit changes which characters a token has in two at most, so most tokens are told apart by a
number each; of the rest the distances (Damerau's: two neighbours may be swapped) are worked out
side by side, in the band of the table that so few edits can reach.
"""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from search.analysis import is_token
from search.deadline import check_deadline, checked

Array = npt.NDArray[Any]

# Words of these are no Latin tokens, and most words; letters of rarer alphabets stand behind them.
_FIRST_CJK, _LAST_CJK = "\u2e80", "\ua000"
_BITS = 64  # characters with the same remainder are taken for one: that only lets more pass


class Lexicon(Protocol):
    """Words in the order of their UTF-8, by their places."""

    def __len__(self) -> int: ...

    def first_from(self, term: bytes) -> int:
        """Return the place of the first term that is not less than `term`."""

    def term(self, place: int) -> bytes:
        """Return the term at `place`, as UTF-8."""

    def points(self, first: int, last: int) -> tuple[Array, Array]:
        """Return the code points of the terms `first:last` in a row, and where each one begins."""


class LatinWords:
    """The Latin tokens among the words of a lexicon."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        first, last = (words.first_from(edge.encode("utf-8")) for edge in (_FIRST_CJK, _LAST_CJK))
        rows = [words.points(0, first), words.points(last, len(words))]
        self._places = np.concatenate((np.arange(first), np.arange(last, len(words))))
        self._points = np.concatenate([points for points, _ in rows])
        behind = len(rows[0][0])
        self._starts = np.concatenate((rows[0][1][:-1], rows[1][1][:-1] + behind))
        self._lengths = np.diff(self._starts, append=len(self._points))
        self._masks = np.zeros(len(self._starts), np.uint64)
        if len(self._starts):
            self._masks = np.bitwise_or.reduceat(_bits(self._points), self._starts)

    def alike(self, text: str, edits: int) -> dict[str, int]:
        """Return each token that at most so many edits make `text` of, with how many these are."""
        wanted = np.array([ord(character) for character in text], np.uint32)
        mask = np.bitwise_or.reduce(_bits(wanted))
        chosen = np.abs(self._lengths - len(wanted)) <= edits
        chosen &= np.bitwise_count(self._masks ^ mask) <= 2 * edits
        rows = chosen.nonzero()[0]
        if not len(rows):
            return {}
        check_deadline()
        distances = _distances(self._table(rows, len(wanted) + edits), wanted, edits)
        of_rows = distances[np.arange(len(rows)), self._lengths[rows]]
        found = (of_rows <= edits).nonzero()[0]
        places = self._places[rows[found]].tolist()
        terms = [self._words.term(place).decode("utf-8") for place in places]
        alike = zip(terms, of_rows[found].tolist(), strict=True)
        # Mixed words of a dictionary may begin as Latin does, and are no tokens.
        return {term: number for term, number in alike if is_token(term)}

    def _table(self, rows: Array, width: int) -> Array:
        """Return the code points of tokens, a column each, 0 behind their ends."""
        columns = np.arange(width)[:, None]
        at = np.minimum(self._starts[rows] + columns, len(self._points) - 1)
        table: Array = np.where(columns < self._lengths[rows], self._points[at], 0)
        return table


def _bits(points: Array) -> Array:
    bits: Array = np.uint64(1) << (points % _BITS).astype(np.uint64)
    return bits


def _distances(table: Array, wanted: Array, edits: int) -> Array:
    """Return of each token how many edits make `wanted` of its first characters, by their number.

    Of more than `edits` only that they are more is told.
    """
    width, count = table.shape
    far = edits + 1
    rows = np.full((len(wanted) + 1, width + 1, count), far, np.uint8)
    for at in range(min(edits, width) + 1):
        rows[0, at] = at
    letters = wanted.tolist()
    for at, letter in enumerate(checked(letters), start=1):
        is_letter = table == letter
        if at <= edits:
            rows[at, 0] = at
        for to in range(max(1, at - edits), min(width, at + edits) + 1):
            cost = rows[at - 1, to - 1] + ~is_letter[to - 1]
            np.minimum(cost, rows[at - 1, to] + 1, out=cost)
            np.minimum(cost, rows[at, to - 1] + 1, out=cost)
            if at > 1 and to > 1:
                swapped = is_letter[to - 2] & (table[to - 1] == letters[at - 2])
                np.minimum(cost, np.where(swapped, rows[at - 2, to - 2] + 1, far), out=cost)
            rows[at, to] = np.minimum(cost, far)
    last: Array = rows[-1].T
    return last
