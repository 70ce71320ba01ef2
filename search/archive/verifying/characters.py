"""Which articles hold each character of the archive, as it can be asked: arrays of whole batches.

Han, kana, Hangul and signs wherever they stand; a letter or digit only where it is a stretch by
itself. Blanks, and marks that combine with what is before them, cannot be asked for.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from search.archive.verifying.truth import Texts
from search.text.characters import kind_of

Array = npt.NDArray[Any]

_KINDS = ("BLANK", "CJK", "LETTER", "DIGIT", "MARK", "")
_NOT_MET = 255
_CHARACTER, _LETTER, _DIGIT, _MARK, _SIGN = range(1, len(_KINDS))


class CharacterTruth:
    """For each character that can be asked for, the articles in which it can be found alone."""

    def __init__(self) -> None:
        self._kinds = np.full(0x110000, _NOT_MET, np.uint8)
        self._pairs: list[Array] = [np.zeros(0, np.uint64)]  # character << 32 | article

    def look(self, batch: Texts) -> None:
        """Take note of what one more batch holds."""
        text, starts = batch.joined()
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        lengths = np.diff(np.append(starts, len(points) + 1))
        keys = np.repeat(np.array(batch.keys, np.uint64), lengths)[: len(points)]
        alone = self._alone(points)
        pairs = (points[alone].astype(np.uint64) << np.uint64(32)) | keys[alone]
        self._pairs.append(np.unique(pairs))

    def holders(self) -> Iterator[tuple[str, Array]]:
        """Yield each character and the articles that hold it, rising, by rising code point."""
        pairs = np.sort(np.concatenate(self._pairs))
        points = pairs >> np.uint64(32)
        begins = np.flatnonzero(np.diff(points, prepend=np.uint64(0))).tolist()
        for start, end in pairwise([*begins, len(pairs)]):
            yield chr(int(points[start])), pairs[start:end].astype(np.uint32)

    def _alone(self, points: Array) -> Array:
        """Return the places of all characters that can be found by themselves."""
        kinds = self._kinds_of(points)
        before, after = np.roll(kinds, 1), np.roll(kinds, -1)
        before[:1] = after[-1:] = 0
        # Marks before a letter are no part of it, unless they belong to a letter themselves.
        last = np.maximum.accumulate(np.where(kinds == _MARK, -1, np.arange(len(kinds))))
        behind_mark = np.flatnonzero(before == _MARK)
        bases = last[behind_mark - 1]
        before[behind_mark] = np.where(bases < 0, 0, kinds[bases])
        is_letter = (kinds == _LETTER) & (before != _LETTER)
        is_letter &= (after != _LETTER) & (after != _MARK)
        is_digit = (kinds == _DIGIT) & (before != _DIGIT) & (after != _DIGIT)
        return np.flatnonzero((kinds == _CHARACTER) | (kinds == _SIGN) | is_letter | is_digit)

    def _kinds_of(self, points: Array) -> Array:
        found: Array = self._kinds[points]
        for point in np.unique(points[found == _NOT_MET]).tolist():
            kind = "BLANK" if chr(point).isspace() else kind_of(chr(point))
            self._kinds[point] = _KINDS.index(kind)
        again: Array = self._kinds[points]
        return again
