"""Rows of numbers that are mostly the usual one, and packed bits, against plain lists."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import sizes, written

from search.engine.whoosh.bits import (
    STRIDE,
    SparseCounts,
    SparseRow,
    read_bits,
    set_bits,
    sums_before,
)

# Rows of a few strides, few places set or most; numbers of one, two and four bytes.
rows = st.builds(
    lambda size, seed, share, most, usual: _row(size, seed, share, most, usual),
    st.integers(0, 3 * STRIDE + 9) | st.sampled_from([8, 64, STRIDE, 2 * STRIDE]),
    st.integers(0, 2**32),
    st.sampled_from([0.0, 0.002, 0.05, 0.5, 1.0]),
    st.sampled_from([2, 255, 256, 65_536, 1 << 20]),
    st.sampled_from([0, 1]),
)


def _row(size: int, seed: int, share: float, most: int, usual: int) -> tuple[np.ndarray, int]:
    random = np.random.default_rng(seed)
    row = np.full(size, usual, np.int64)
    chosen = random.random(size) < share
    row[chosen] = random.integers(0, most + 1, int(chosen.sum()))
    return row, usual


def _stretch(data: st.DataObject, size: int) -> tuple[int, int]:
    start = data.draw(st.integers(0, size))
    return start, data.draw(st.integers(start, size) | st.integers(start, min(size, start + 9)))


@given(rows, st.data())
def test_a_stretch_of_a_row_is_read_as_a_list_has_it(made, data) -> None:
    row, usual = made
    read = SparseRow(written(SparseRow.sections("row", row, usual)), "row")
    for _ in range(4):
        start, end = _stretch(data, len(row))
        found = read.read(start, end)
        expected = [(at, n) for at, n in enumerate(row[start:end].tolist()) if n != usual]
        assert list(zip(found.places.tolist(), found.numbers.tolist(), strict=True)) == expected
        assert len(found) == len(expected)
        if start < len(row):
            assert read.at(start, usual) == row[start]
            assert read.has(start) == (row[start] != usual)


@given(rows, st.data())
def test_ranks_and_sums_of_a_row_are_those_counted_plainly(made, data) -> None:
    row, usual = made
    read = SparseRow(written(SparseRow.sections("row", row, usual)), "row")
    edges = {0, len(row), *range(0, len(row) + 1, STRIDE)}
    edges |= set(np.flatnonzero(row != usual)[-3:].tolist())
    for place in edges | {data.draw(st.integers(0, len(row))) for _ in range(6)}:
        differs = row != usual
        assert read.rank(place) == int(differs[:place].sum())
        start = data.draw(st.integers(0, place))
        inside = row[start:place][differs[start:place]]
        assert read.sum(start, place) == int(inside.sum())
        assert read.sum(start, place, less=1) == int((inside - 1).sum())


@given(rows, st.integers(1, 6))
def test_the_stride_does_not_matter(made, eights) -> None:
    row, usual = made
    with sizes({}, bits__STRIDE=8 * eights):
        read = SparseRow(written(SparseRow.sections("row", row, usual)), "row")
        ranks = [read.rank(place) for place in range(0, len(row) + 1, 7)]
        found = read.read(0, len(row))
    assert ranks == [int((row[:place] != usual).sum()) for place in range(0, len(row) + 1, 7)]
    assert found.numbers.tolist() == row[row != usual].tolist()


@given(rows, st.data())
def test_counts_mostly_0_or_1_are_read_as_a_list_has_them(made, data) -> None:
    row, _ = made
    read = SparseCounts(written(SparseCounts.sections("row", row)), "row")
    for _ in range(4):
        start, end = _stretch(data, len(row))
        found = read.read(start, end)
        expected = [(at, n) for at, n in enumerate(row[start:end].tolist()) if n]
        assert [read.at(place) for place in range(start, min(end, start + 9))] == row[
            start : min(end, start + 9)
        ].tolist()
        assert list(zip(found.places.tolist(), found.numbers.tolist(), strict=True)) == expected


@given(rows)
def test_sums_are_those_before_each_stride(made) -> None:
    row, _ = made
    expected = [int(row[:at].sum()) for at in range(0, len(row) + 1, STRIDE)]
    assert sums_before(row).tolist() == expected


@given(st.lists(st.booleans(), max_size=90), st.data())
def test_bits_are_read_from_any_place_to_any(bits, data) -> None:
    packed = np.packbits(np.array(bits, bool))
    start, end = _stretch(data, len(bits))
    assert read_bits(packed, start, end).tolist() == bits[start:end]


@given(st.lists(st.booleans(), max_size=90), st.data())
def test_set_bits_are_found_by_their_numbers(bits, data) -> None:
    packed = np.packbits(np.array(bits, bool))
    start, end = _stretch(data, len(bits))
    expected = [at for at, bit in enumerate(bits[start:end]) if bit]
    numbers = np.array(
        data.draw(st.lists(st.sampled_from(range(len(expected))))) if expected else [], int
    )
    assert set_bits(packed, start, end, numbers).tolist() == [expected[n] for n in numbers]
