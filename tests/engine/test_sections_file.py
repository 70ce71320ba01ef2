"""The file of named arrays: what is written is read, and damage is found."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import written

from search.engine.whoosh.sections import Sections, SectionsError, smallest, write_sections

contents = st.dictionaries(
    st.text(min_size=1, max_size=9),
    st.binary(max_size=99) | st.lists(st.integers(0, 2**64 - 1), max_size=9),
    max_size=5,
)


@given(contents)
def test_sections_are_read_as_they_were_written(given_contents) -> None:
    arrays = {
        name: one if isinstance(one, bytes) else smallest(np.array(one, np.uint64))
        for name, one in given_contents.items()
    }
    read = written(arrays)
    assert read.verify() == []
    for name, one in given_contents.items():
        assert name in read
        assert read.array(name).tolist() == list(one)
        assert read.numbers(name).tolist() == list(one)
    assert "not there" not in read


@pytest.mark.parametrize(
    ("most", "bytes_each"), [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (1 << 32, 8)]
)
def test_numbers_take_no_more_bytes_than_they_need(most, bytes_each) -> None:
    assert smallest(np.array([0, most], np.int64)).itemsize == bytes_each


def test_every_flipped_bit_is_found_in_its_section() -> None:
    file = io.BytesIO()
    write_sections(file, {"one": np.arange(9, dtype=np.uint16), "two": b"abc", "none": b""})
    whole = file.getvalue()
    for name, at in (("one", 3), ("two", 64)):
        for bit in range(8):
            broken = bytearray(whole)
            broken[at] ^= 1 << bit
            assert Sections(bytes(broken)).verify() == [name]
    for at in range(128, len(whole)):  # the table of contents and what tells its length
        broken = bytearray(whole)
        broken[at] ^= 4
        with pytest.raises(SectionsError):
            Sections(bytes(broken))


def test_a_file_that_is_cut_off_is_refused() -> None:
    file = io.BytesIO()
    write_sections(file, {"one": np.arange(9, dtype=np.uint16)})
    whole = file.getvalue()
    for length in range(len(whole)):
        with pytest.raises(SectionsError):
            Sections(whole[:length])
