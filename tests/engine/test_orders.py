"""The order of rows by columns of numbers is the one that sorting tuples gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engine.whoosh.order import stable_order

NUMBERS = st.integers(0, 3) | st.sampled_from([0xFFFF, 0x10000, 0x10001, 0x20000, 0xFFFFFFFF])


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=12))
def test_rows_are_in_the_order_of_tuples(rows: list[tuple[int, int]]) -> None:
    columns = np.array(rows, np.uint32).reshape(-1, 2).T
    expected = sorted(range(len(rows)), key=rows.__getitem__)
    assert stable_order(*columns).tolist() == expected
    assert stable_order(columns[0]).tolist() == sorted(
        range(len(rows)), key=[first for first, _ in rows].__getitem__
    )
