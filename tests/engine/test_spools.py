"""What waits in temporary files comes back as the rows that were given."""

import gc
import io
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import TEMPORARY

from search.engine.whoosh.spool import Spool

KINDS = [np.uint8, np.uint32, bool]
rows = st.lists(st.lists(st.integers(0, 1), max_size=5), max_size=6)


@given(rows, st.sampled_from(KINDS), st.sampled_from([*KINDS, np.int64]))
def test_rows_come_back_as_one_in_the_type_of_the_spool(given_rows, kind, given_kind) -> None:
    spool = Spool(TEMPORARY, kind)
    for row in given_rows:
        spool.append(np.array(row, given_kind))
    flat = [number for row in given_rows for number in row]
    assert len(spool) == len(flat)
    assert spool.array().dtype == kind
    assert spool.array().tolist() == flat


def test_rows_with_steps_and_of_other_spools_are_taken_too() -> None:
    one, other = Spool(TEMPORARY, np.uint32), Spool(TEMPORARY, np.uint32)
    one.append(np.arange(20)[::3])
    other.append(one.array())
    one.append(np.array([1 << 31]))
    assert other.array().tolist() == [*range(0, 20, 3)]
    assert one.array().tolist() == [*range(0, 20, 3), 1 << 31]


@pytest.mark.parametrize("size", [0, 3, 1 << 16])
def test_an_array_outlives_its_spool_and_no_file_is_left(tmp_path, size) -> None:
    spool = Spool(tmp_path, np.uint32)
    spool.append(np.arange(size))
    array, gone = spool.array(), weakref.ref(spool)
    del spool
    gc.collect()
    assert gone() is None
    assert array.tolist() == list(range(size))
    assert list(tmp_path.iterdir()) == []


class _Short(io.FileIO):
    """Writes a part of what it is given, as a disk does that is nearly full."""

    def write(self, raw) -> int:
        return super().write(bytes(raw)[:100])


def test_what_is_written_in_parts_is_written_whole(tmp_path, monkeypatch) -> None:
    def opened(dir, buffering=-1):
        raw = _Short(dir / "waiting", "w+")
        return io.BufferedRandom(raw) if buffering else raw

    monkeypatch.setattr("search.engine.whoosh.spool.tempfile.TemporaryFile", opened)
    spool = Spool(tmp_path, np.uint32)
    spool.append(np.arange(300))
    spool.append(np.arange(300, 400))
    assert spool.array().tolist() == list(range(400))
