"""The signature of an article's text, by which reprints are told: a minhash of its grams.

A text is taken as its characters and digits alone: what stands between them, glosses, line ends,
punctuation, differs from one printing to the next, and so does the script. A gram is four of these
in a row. Uses rensa for the minhash.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from search.analysis.classes import Array, code_points
from search.text.script import simplified

SIGNATURE_RULES = 1  # raise when a text gets another signature than before
GRAM = 4
SLOTS = 128  # so that a likeness of 0.6 is told within 0.04
NUMBER_SLOTS = 32
SHORT = 64  # characters: a shorter text has to be the same, its title too; it has `grams` 0
ROW = np.dtype(
    [("grams", "<u4"), ("numbers", "<u4"), ("slots", "u1", SLOTS), ("digits", "u1", NUMBER_SLOTS)]
)

_SEED = 7
_FACTORS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)  # odd: no two grams are one by accident
_NUMERALS = "0123456789〇零一二三四五六七八九十百千万亿"
_LETTERS_PER_CHARACTER = 8  # a gloss has six at most; with more the text is not Chinese


def signature(title: str, body: str) -> bytes:
    """Return the signature of a text, a ROW; nothing of one without characters or letters."""
    elements = _elements(body)
    is_short = len(elements) < SHORT
    if is_short:
        if not len(elements):
            return b""
        apart = np.zeros(GRAM, np.uint32)
        elements = np.concatenate((_elements(title), apart, elements))
    grams = _grams(elements)
    is_number = _in_numbers()[elements]
    count = len(grams)
    is_near = np.logical_or.reduce([is_number[at : at + count] for at in range(GRAM)])
    with_number = grams[is_near]
    row = np.zeros(1, ROW)
    row["grams"], row["numbers"] = 0 if is_short else count, len(with_number)
    row["slots"], row["digits"] = _least(grams, SLOTS), _least(with_number, NUMBER_SLOTS)
    return row.tobytes()


def rules() -> str:
    """Return by what rules signatures are made: those of other rules cannot be compared."""
    from rensa import RMinHash

    return f"{SIGNATURE_RULES}.{RMinHash.ALGORITHM_VERSION}"


def _elements(text: str) -> Array:
    """Return the folded code points that count."""
    points = code_points(text)
    han, letters = _tables()
    found = han[points]
    found = found[found > 0]
    if len(found) * _LETTERS_PER_CHARACTER < len(points):
        both = letters[points]
        both = both[both > 0]
        if len(found) * _LETTERS_PER_CHARACTER < len(both):
            return both
    return found


def _grams(elements: Array) -> Array:
    """Return a hash of each gram."""
    count = len(elements) - GRAM + 1
    hashes = elements[:count] * np.uint32(_FACTORS[0])
    for at in range(1, GRAM):
        hashes += elements[at : at + count] * np.uint32(_FACTORS[at])
    hashes ^= hashes >> np.uint32(15)
    hashes *= np.uint32(0x2C1B3C6D)
    hashes ^= hashes >> np.uint32(13)
    return hashes


def _least(hashes: Array, slots: int) -> Array:
    """Return the lowest byte of each of the minhashes."""
    from rensa import RMinHash

    if not len(hashes):
        return np.zeros(slots, np.uint8)
    ends = np.array([0, len(hashes)], np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        hashes.astype(np.uint64), ends, num_perm=slots, seed=_SEED
    )
    return np.array(matrix.to_rows()[0], np.uint32).astype(np.uint8)


@cache
def _tables() -> tuple[Array, Array]:
    """Return code point → what it counts as, 0 for nothing: in Chinese, and in other texts."""
    han = np.zeros(0x110000, np.uint32)
    for first, last in ((0x3041, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x323AF)):
        han[first : last + 1] = np.arange(first, last + 1)
    han[ord("〇")] = ord("〇")
    for character, simple in simplified().items():
        han[ord(character)] = ord(simple)
    for digit in range(10):
        han[[0x30 + digit, 0xFF10 + digit]] = 0x30 + digit
    letters = han.copy()
    for point in (*range(0x41, 0x250), *range(0x370, 0x530)):
        lower = chr(point).lower()
        if lower.isalpha() and len(lower) == 1:
            letters[point] = ord(lower)
    for at in range(26):
        letters[[0xFF21 + at, 0xFF41 + at]] = 0x61 + at
    return han, letters


@cache
def _in_numbers() -> npt.NDArray[np.bool_]:
    table = np.zeros(0x110000, bool)
    table[list(map(ord, _NUMERALS))] = True
    return table
