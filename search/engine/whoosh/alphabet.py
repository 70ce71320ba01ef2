"""The distinct characters of a text as an alphabet, and the text as numbers in it."""

import numpy as np

from search.engine.whoosh.sections import Array


def alphabet_of(points: Array) -> Array:
    """Return the distinct code points, sorted, without sorting all of them."""
    present = np.zeros(0x110000, bool)
    present[points] = True
    return np.flatnonzero(present)


def numbers_in(alphabet: Array, points: Array) -> Array:
    """Return the place of each code point in the alphabet, in two bytes if these are enough."""
    table = np.zeros(0x110000, np.uint16 if len(alphabet) <= 1 << 16 else np.uint32)
    table[alphabet] = np.arange(len(alphabet))
    numbers: Array = table[points]
    return numbers
