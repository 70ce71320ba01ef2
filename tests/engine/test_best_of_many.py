"""The best of many rows against sorting them all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engine.whoosh.top import BLOCK, best

sized = st.integers(1, 4 * BLOCK) | st.sampled_from([BLOCK, 5 * BLOCK, 40 * BLOCK + 7])


@given(sized, st.integers(0, 2**32), st.data())
def test_the_first_by_any_keys_are_those_of_a_full_sort_with_all_their_equals(
    size, seed, data
) -> None:
    random = np.random.default_rng(seed)
    keys = [random.integers(0, 2, size) > 0] if data.draw(st.booleans()) else []
    for most in data.draw(st.lists(st.sampled_from([1, 2, 5, 1000]), min_size=1, max_size=2)):
        keys.append(random.integers(-most, most, size) / 4)
    wanted = data.draw(st.integers(0, 5) | st.integers(0, size + 3))
    chosen = best(keys, wanted).tolist()
    assert len(chosen) == len(set(chosen))
    rows = list(zip(*(key.tolist() for key in keys), strict=True))
    ranked = sorted(range(size), key=rows.__getitem__)
    first = ranked[:wanted]
    equals = [at for at in ranked[wanted:] if first and rows[at] == rows[first[-1]]]
    assert set(chosen) == {*first, *equals}


def test_of_none_the_best_are_none() -> None:
    assert best([np.zeros(0)], 3).tolist() == []
    assert best([np.zeros(9)], 0).tolist() == []
