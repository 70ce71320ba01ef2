"""Where pieces end, in a byte each, against plain sums; long pieces among short ones."""

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import sizes, written

from search.engine.whoosh.ends import BLOCK, Ends

# A byte holds 254; from 255 on the rest is noted beside.
steps = st.integers(0, 9) | st.sampled_from([253, 254, 255, 256, 511, 70_000, 1 << 33])
rows = (
    st.lists(steps, max_size=9)
    | st.lists(steps, min_size=BLOCK - 1, max_size=BLOCK + 1)
    | st.lists(st.integers(0, 300), min_size=2 * BLOCK, max_size=4 * BLOCK)
)


def ends(row: list[int]) -> tuple[Ends, list[int]]:
    """Return the ends of pieces so long as they are read, and as a list has them."""
    plain = list(accumulate(row, initial=0))
    return Ends(written(Ends.sections("x", np.array(plain, np.int64))), "x"), plain


def check(row: list[int], block: int) -> None:
    read, plain = ends(row)
    assert len(read) == len(row)
    assert [read[at] for at in range(len(plain))] == plain
    pieces = list(pairwise(plain))
    assert [read.piece(at) for at in range(len(row))] == pieces
    assert read.all().tolist() == plain
    for number, at in enumerate(range(0, len(row), block)):
        assert read.block(number) == plain[at : at + block + 1]


@given(rows)
def test_every_end_is_that_of_a_plain_sum(row) -> None:
    check(row, BLOCK)


@given(rows, st.integers(1, 9))
def test_the_size_of_blocks_does_not_matter(row, block) -> None:
    with sizes({}, ends__BLOCK=block):
        check(row, block)


@given(rows, st.data())
def test_lengths_of_any_pieces_are_those_given(row, data) -> None:
    read, _ = ends(row)
    first = data.draw(st.integers(0, len(row)))
    last = data.draw(st.integers(first, len(row)))
    assert read.lengths(first, last).tolist() == row[first:last]


@pytest.mark.parametrize("length", [0, 1, 254, 255, 256, 1 << 20])
@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_pieces_all_as_long(length, count) -> None:
    check([length] * count, BLOCK)
