"""Sets of documents as arrays against Python's own sets, short beside long ones and like long."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.whoosh.document_sets import LOOKUP, Documents, DocumentSets

COUNT = 6 * LOOKUP
numbers = st.integers(0, COUNT - 1)
# Few, many and nearly all, so that each way of working is taken; about the edge between them too.
documents = (
    st.sets(numbers, max_size=3)
    | st.sets(numbers, min_size=10)
    | st.sets(numbers, max_size=9).map(lambda left_out: set(range(COUNT)) - left_out)
    | st.sampled_from([set(range(n * LOOKUP, COUNT)) for n in range(6)])
    | st.sampled_from([set(range(size)) for size in (LOOKUP - 1, LOOKUP, LOOKUP + 1)])
)


def rising(found: set[int]) -> Documents:
    return np.array(sorted(found), np.int64)


@pytest.fixture(scope="module")
def sets() -> DocumentSets:
    """Return one for all examples: each must leave its rows as they were."""
    return DocumentSets(COUNT)


@given(documents, documents)
def test_two_sets_give_what_python_gives(sets, left, right) -> None:
    assert sets.both(rising(left), rising(right)).tolist() == sorted(left & right)
    assert sets.without(rising(left), rising(right)).tolist() == sorted(left - right)
    assert sets.union([rising(left), rising(right)]).tolist() == sorted(left | right)


@given(st.lists(documents, max_size=5))
def test_any_number_of_sets_gives_their_union(sets, given_sets) -> None:
    found = sets.union([rising(one) for one in given_sets]).tolist()
    assert found == sorted(set().union(*given_sets))


@given(st.lists(numbers, max_size=12) | st.lists(numbers, min_size=20), documents)
def test_among_takes_what_repeats_and_is_in_no_order(sets, some, others) -> None:
    mask = sets.among(np.array(some, np.int64), rising(others))
    assert mask.tolist() == [one in others for one in some]


@given(st.lists(st.integers(0, 1 << 40), max_size=20), st.sets(st.integers(0, 1 << 40)), st.data())
def test_held_tells_of_any_numbers(sets, some, others, data) -> None:
    some += data.draw(st.lists(st.sampled_from(sorted(others)))) if others else []
    mask = sets.held(np.array(some, np.int64), rising(others))
    assert mask.tolist() == [one in others for one in some]


@given(documents, documents)
def test_matching_names_the_places_of_what_is_in_both(sets, left, right) -> None:
    here, there = sets.matching(rising(left), rising(right))
    for of, places in ((left, here), (right, there)):
        found = rising(of) if places is None else rising(of)[places]
        assert found.tolist() == sorted(left & right)
    # Which is said where it can be seen without looking again.
    if left and left == right:
        assert here is None or there is None


@given(st.lists(numbers, max_size=5) | st.lists(numbers, min_size=7, max_size=99))
def test_distinct_gives_each_once_and_rising(sets, some) -> None:
    assert sets.distinct(np.array(some, np.int64)).tolist() == sorted(set(some))


def test_an_empty_index_has_empty_sets() -> None:
    sets, none = DocumentSets(0), np.zeros(0, np.int64)
    assert sets.union([]).tolist() == []
    assert sets.both(none, none).tolist() == []
    assert sets.without(none, none).tolist() == []
    assert sets.distinct(none).tolist() == []
