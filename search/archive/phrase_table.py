"""Short folded texts, the weightiest first, found by their beginning, their inside or their sound.

All stand in one string, a line each: to look through 100,000 titles takes less than a millisecond,
and no index of their parts need be kept.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from search.query.vocabulary import Array

LONGEST_COMPARED = 8  # characters of each key, for all keys at once
_MOST_LOOKS = 256  # places where Latin letters stand inside a word, passed over in one look

_blanks = re.compile("(?<![!-~]) | (?![!-~])")
_signs = re.compile(r"^[\W_]+|[^\w+#]+$")  # c++ and c# keep theirs


def key_of(folded: str) -> str:
    """Return folded text as it is compared: no sign around it, no blank but between Latin words.

    >>> key_of("《用 docker 部署》"), key_of(" vs  code"), key_of("c++")
    ('用docker部署', 'vs code', 'c++')
    """
    return _signs.sub("", _blanks.sub("", " ".join(folded.split())))


class PhraseTable:
    """Keys in a fixed order, which is that in which they are found. Nothing in it changes."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._lines = "\n".join(["", *keys, ""])
        self._characters = frozenset(self._lines)
        self._starts = np.cumsum([1, *(len(key) + 1 for key in keys)], dtype=np.int32)
        points = np.frombuffer(self._lines.encode("utf-32-le", "surrogatepass"), np.uint32)
        points = np.where(points > 0xFFFF, 0, points).astype(np.uint16)  # as `_point`
        # Where a key is shorter the end of its line follows, which is read as nothing.
        self._columns = [
            points[np.minimum(self._starts[:-1] + at, len(points) - 1)]
            for at in range(LONGEST_COMPARED)
        ]
        # The keys by their first characters, in their order among those that share one.
        self._by_first = self._columns[0].argsort(kind="stable")
        self._firsts, counts = np.unique(self._columns[0], return_counts=True)
        self._first_ends = np.cumsum([0, *counts])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def beginning(self, key: str, most: int) -> list[int]:
        """Return the first so many that begin with the key and go on."""
        wanted = [_point(character) for character in key[:LONGEST_COMPARED]]
        rows = self._beginning_so(self._firsts == wanted[0])
        for column, point in zip(self._columns[1:], wanted[1:], strict=False):
            rows = rows[column[rows] == point]
        found: list[int] = []
        for row in rows.tolist():
            if len(found) == most:
                break
            start = self._starts[row]
            if self._lines.startswith(key, start) and start + len(key) + 1 < self._starts[row + 1]:
                found.append(row)
        return found

    def holding(self, key: str, most: int) -> list[int]:
        """Return the first so many that hold the key behind their beginning.

        Latin letters and digits have to begin a word there.
        """
        found: list[int] = []
        for at in self._places(key):
            number = self._number(at)
            if self._starts[number] != at and number not in found:
                found.append(number)
                if len(found) == most:
                    break
        return found

    def sounding(self, sounds: Sequence[Array], most: int) -> list[int]:
        """Return the first so many whose characters are so; each sound is a row of code points."""
        if not 0 < len(sounds) <= LONGEST_COMPARED:
            return []
        rows = self._beginning_so(sounds[0][self._firsts])
        for column, sound in zip(self._columns[1:], sounds[1:], strict=False):
            rows = rows[sound[column[rows]]]
        found: list[int] = rows[:most].tolist()
        return found

    def key(self, number: int) -> str:
        """Return a key."""
        return self._lines[self._starts[number] : self._starts[number + 1] - 1]

    def _beginning_so(self, firsts: Array) -> Array:
        """Return the keys whose first characters are those, rising."""
        places = firsts.nonzero()[0]
        ends = self._first_ends
        parts = [self._by_first[ends[place] : ends[place + 1]] for place in places.tolist()]
        if len(parts) == 1:
            return parts[0]
        return np.sort(np.concatenate(parts or [self._by_first[:0]]))

    def _places(self, key: str) -> Iterator[int]:
        """Yield where the key stands, the first place in each line."""
        if not self._characters.issuperset(key):
            return
        is_latin = key[:1].isascii() and key[:1].isalnum()
        looks = 0
        at = self._lines.find(key)
        while at >= 0 and looks < _MOST_LOOKS:
            before = self._lines[at - 1]
            if is_latin and before.isascii() and before.isalnum():
                looks += 1
                at = self._lines.find(key, at + 1)
                continue
            yield at
            at = self._lines.find(key, self._lines.index("\n", at))

    def _number(self, at: int) -> int:
        return int(np.searchsorted(self._starts, at, "right")) - 1


def _point(character: str) -> int:
    """Return the code point of a character, 0 for all beyond the Basic Plane."""
    return ord(character) if character <= "\uffff" else 0
