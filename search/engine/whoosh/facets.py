"""How many documents have each value of a column."""

from collections.abc import Sequence

import numpy as np

from search.engine.whoosh.document_sets import Documents
from search.engine.whoosh.filters import FoldedColumn


def frequent(column: FoldedColumn, found: Documents, most: int) -> Sequence[tuple[str, int]]:
    """Return the values that most of the documents have, with how many, of equals the least first.

    No more than `most` of them; documents without a value are in none.
    """
    counts = np.bincount(column.numbers[found], minlength=len(column.values) + 1)[1:]
    held = counts.nonzero()[0]
    if len(held) > most > 0:
        least = np.partition(counts[held], -most)[-most]
        held = held[counts[held] >= least]
    rows = zip(held.tolist(), counts[held].tolist(), strict=True)
    values = [(column.values[at], count) for at, count in rows]
    return tuple(sorted(values, key=lambda row: (-row[1], row[0]))[: max(most, 0)])
