"""The class of every character as an array, for texts that are cut by the million characters.

The classes are those of `search.text.characters`; a code point is looked up there once, when it is
first met, so that the regular expressions stay the only definition.
"""

import re
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from search.text.characters import DIGIT, HAN, HANGUL, KANA, LETTER, MARKS

Array = npt.NDArray[Any]
CodePoints = npt.NDArray[np.uint32]


class Class(IntEnum):
    """What a character is to a reader of terms."""

    OTHER = 0  # punctuation, symbols, line ends
    HAN = 1
    KANA = 2
    HANGUL = 3
    LETTER = 4  # of an alphabet; a mark that belongs to one counts as it
    DIGIT = 5
    MARK = 6  # combines with what is no letter
    BLANK = 7  # but for the line end


_UNKNOWN = 255
_PATTERNS = {
    Class.HAN: re.compile(f"[{HAN}]"),
    Class.KANA: re.compile(f"[{KANA}]"),
    Class.HANGUL: re.compile(f"[{HANGUL}]"),
    Class.MARK: re.compile(f"[{MARKS}]"),
    Class.LETTER: re.compile(LETTER),
    Class.DIGIT: re.compile(DIGIT),
    Class.BLANK: re.compile(r"[^\S\n]"),
}
_table = np.full(0x110000, _UNKNOWN, np.uint8)


def code_points(text: str) -> CodePoints:
    """Return the code points of `text`."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(points: CodePoints) -> str:
    """Return the text of these code points."""
    return str(np.ascontiguousarray(points).data, "utf-32-le", "surrogatepass")


def classes(points: CodePoints) -> npt.NDArray[np.uint8]:
    """Return the `Class` of each character of a text."""
    found: npt.NDArray[np.uint8] = _table[points]
    unknown = found == _UNKNOWN
    if unknown.any():
        for point in np.unique(points[unknown]).tolist():
            _table[point] = _class_of(chr(point))
        found = _table[points]
    # A mark belongs to the letter before it, and so do those that follow it.
    for at in np.flatnonzero(found == Class.MARK).tolist():
        if at and found[at - 1] == Class.LETTER:
            found[at] = Class.LETTER
    return found


def stretches(inside: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return where the stretches of true values begin and end."""
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    return edges[::2], edges[1::2]


def _class_of(character: str) -> Class:
    return next(
        (c for c, pattern in _PATTERNS.items() if pattern.fullmatch(character)), Class.OTHER
    )
