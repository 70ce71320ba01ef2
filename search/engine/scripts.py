"""In which script each of many bodies is written, told from the characters that only one has.

Many characters are the same in both, or, as 后 and 里, are one's own and another's simplified form:
they tell nothing.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from search.text.script import only_simplified, only_traditional

Array = npt.NDArray[Any]

TRADITIONAL, SIMPLIFIED, MIXED, OTHER = "traditional", "simplified", "mixed", "other"
SCRIPTS = (TRADITIONAL, SIMPLIFIED, MIXED, OTHER)
MINORITY = 20  # per cent of the telling characters: with fewer of one script a text is not mixed


def scripts_of(points: Array, lengths: Array) -> Sequence[str]:
    """Return the script of each text, of which `points` are the code points one after another.

    It is "other" where no character tells: in a text without Han, or a very short one.
    """
    telling = _telling()[points]
    ends = np.cumsum(lengths, dtype=np.int64)
    traditional, simplified = (_counts(telling == kind, ends) for kind in (1, 2))
    minority = 100 * np.minimum(traditional, simplified) >= MINORITY * (traditional + simplified)
    found = np.where(traditional > simplified, 0, 1)
    found[minority] = 2
    found[traditional + simplified == 0] = 3
    return [SCRIPTS[number] for number in found.tolist()]


def _counts(mask: Array, ends: Array) -> Array:
    """Return how many values of the mask are true in each of the pieces that end there."""
    before = np.append(0, np.flatnonzero(mask).searchsorted(ends))
    return np.diff(before)


@cache
def _telling() -> Array:
    """Return of each code point 1 where it is Traditional alone, 2 where Simplified alone."""
    table = np.zeros(0x110000, np.uint8)
    table[[ord(character) for character in only_traditional()]] = 1
    table[[ord(character) for character in only_simplified()]] = 2
    return table
