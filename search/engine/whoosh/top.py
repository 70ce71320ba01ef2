"""The best of many, without sorting them all."""

from collections.abc import Sequence

import numpy as np

from search.engine.whoosh.sections import Array

BLOCK = 64  # the best of each stand for all in it


def best(keys: Sequence[Array], wanted: int) -> Array:
    """Return the places of those that may be among the first `wanted` when sorted by `keys`.

    The first key decides, least first, the later ones where those before are equal. All that are
    equal to the last of them by all keys are returned, in no order.
    """
    places = np.arange(len(keys[0]))
    if wanted <= 0:
        return places[:0]
    sure: list[Array] = []
    for key in keys:
        if len(places) <= wanted:
            break
        row = key[places] if sure else key
        last = np.partition(_bounded(row, wanted), wanted - 1)[wanted - 1]
        # What is better than the last is in for certain; of what equals it a later key decides.
        sure.append(places[row < last])
        places = places[row == last]
        wanted -= len(sure[-1])
    return np.concatenate([*sure, places])


def _bounded(row: Array, wanted: int) -> Array:
    """Return some of the row in which the `wanted` least stand."""
    blocks = len(row) // BLOCK
    if blocks <= 2 * wanted:
        return row
    # The least of `wanted` blocks are so many that are no greater than the greatest of them.
    least = row[: blocks * BLOCK].reshape(blocks, BLOCK).min(axis=1)
    bound = np.partition(least, wanted - 1)[wanted - 1]
    bounded: Array = row[row <= bound]
    return bounded
