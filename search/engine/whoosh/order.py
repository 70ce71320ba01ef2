"""The order of many numbers, by sixteen bits at a time: up to these numpy has a radix sort.

Two passes of it take half the time of sorting keys of 64 bits that hold numbers and places.
"""

import numpy as np

from search.engine.whoosh.sections import Array

_BITS = 16


def stable_order(*columns: Array) -> Array:
    """Return the places of rows by rising numbers, by those of the first column first.

    Equal rows stay as they stand. Each column is one number of each row, of no more than 32 bits.
    """
    order: Array | None = None
    for column in reversed(columns):
        for shift in range(0, max(int(column.max(initial=0)).bit_length(), 1), _BITS):
            digits = (column >> shift if shift else column).astype(np.uint16)
            if order is None:
                order = np.argsort(digits, kind="stable")
            else:
                order = order[np.argsort(digits[order], kind="stable")]
    assert order is not None
    return order
