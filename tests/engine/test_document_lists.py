"""The documents of long and short lists, which are kept in two widths, against the lists given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import sizes, written

from search.engine.whoosh.document_lists import DENSE, DocumentLists
from search.engine.whoosh.ends import Ends

BLOCKS = (255, 256, 257, 65_535, 65_536, 65_537, 140_000)  # documents: low bits are 8 or 16


def read_again(lists: list[np.ndarray], documents: int) -> DocumentLists:
    starts = np.cumsum([0, *map(len, lists)])
    flat = np.concatenate([np.zeros(0, np.int64), *lists]).astype(np.uint32)
    sections = written(
        {
            **Ends.sections("x.starts", starts),
            **DocumentLists.sections("x", starts, flat, documents),
        }
    )
    return DocumentLists(sections, "x", Ends(sections, "x.starts"), documents)


def check(lists: list[np.ndarray], read: DocumentLists, first: int, last: int) -> None:
    starts = np.cumsum([0, *map(len, lists)]).tolist()
    found = read.read(first, last, starts[first], starts[last])
    assert found.dtype == np.int64
    expected = np.concatenate([np.zeros(0, np.int64), *lists[first:last]])
    assert np.array_equal(found, expected), (first, last)


def check_finding(lists: list[np.ndarray], read: DocumentLists, documents: list[int]) -> None:
    """Compare where documents are found, in one list and in all of a range."""
    starts = np.cumsum([0, *map(len, lists)]).tolist()
    flat = np.concatenate([np.zeros(0, np.int64), *lists])
    for document in documents:
        for term, held in enumerate(lists):
            expected = starts[term] + held.tolist().index(document) if document in held else -1
            found = read.find(term, starts[term], starts[term + 1], document)
            assert found == expected, (term, document)
        for first in range(len(lists) + 1):
            for last in range(first, len(lists) + 1):
                here = np.flatnonzero(flat[starts[first] : starts[last]] == document)
                expected = (here + starts[first]).tolist()
                assert read.find_all(first, last, document) == expected, (first, last, document)


def some_of(random: np.random.Generator, documents: int, count: int) -> np.ndarray:
    """Return so many documents, the last among them where it is one in two."""
    found = random.choice(documents, min(count, documents), replace=False)
    if random.random() < 0.5:
        found[0] = documents - 1
    return np.unique(found)


def is_narrow(lists: list[np.ndarray], documents: int) -> list[bool]:
    return [len(one) * DENSE >= documents for one in lists]


@given(
    st.sampled_from(BLOCKS) | st.integers(1, 3000),
    st.lists(st.sampled_from([1, 1, 2, 3, 100, 1000, 1 << 20]), min_size=1, max_size=9),
    st.integers(0, 2**32),
)
def test_every_range_of_terms_gives_their_documents(documents, counts, seed) -> None:
    random = np.random.default_rng(seed)
    lists = [some_of(random, documents, min(count, documents // 3 + 1)) for count in counts]
    read = read_again(lists, documents)
    for first in range(len(lists) + 1):
        for last in range(first, len(lists) + 1):
            check(lists, read, first, last)
    check_finding(lists, read, [0, documents - 1, documents // 2, int(lists[0][0])])


@pytest.mark.parametrize("documents", [65_537, 200_000])
@pytest.mark.parametrize("order", [[0, 1], [1, 0], [0, 1, 1, 0, 1, 0, 0], [1] * 3, [0] * 3])
def test_lists_of_both_widths_stand_side_by_side(documents, order) -> None:
    random = np.random.default_rng(documents)
    fewest = -(-documents // DENSE)  # of a narrow list
    lengths = [fewest + 5 * at if narrow else fewest - 1 - at for at, narrow in enumerate(order)]
    lists = [np.sort(random.choice(documents, length, replace=False)) for length in lengths]
    lists[0][-1] = lists[-1][-1] = documents - 1
    assert is_narrow(lists, documents) == [bool(narrow) for narrow in order]
    read = read_again(lists, documents)
    for first in range(len(lists) + 1):
        for last in range(first, len(lists) + 1):
            check(lists, read, first, last)
    check_finding(lists, read, [documents - 1, *(int(one[len(one) // 2]) for one in lists)])


@pytest.mark.parametrize("documents", [1, 256, 257, 65_536, 65_537, 131_073])
def test_lists_of_one_of_all_and_of_the_edges_of_blocks(documents) -> None:
    edges = [n for at in (256, 65_536, 131_072) for n in (at - 1, at) if n < documents]
    lists = [
        np.zeros(1, np.int64),
        np.arange(documents),
        np.array([documents - 1]),
        np.unique([0, *edges, documents - 1]),
        np.arange(0, documents, DENSE),
        np.arange(0, documents, DENSE + 2),
    ]
    read = read_again(lists, documents)
    for first in range(len(lists) + 1):
        for last in range(first, len(lists) + 1):
            check(lists, read, first, last)
    check_finding(lists, read, [0, *edges, documents - 1])


@given(st.integers(1, 40), st.integers(0, 2**32), st.integers(0, 3), st.sampled_from([1, 3, 9]))
def test_widths_and_chunks_of_any_size_give_the_same(documents, seed, low, chunk) -> None:
    random = np.random.default_rng(seed)
    lists = [some_of(random, documents, int(random.integers(1, documents + 1))) for _ in range(6)]
    widths = {"document_lists___NARROW": low, "document_lists___WIDE": low + 2}
    with sizes({}, **widths, document_lists__DENSE=3, document_lists__CHUNK=chunk):
        read = read_again(lists, documents)
        for first in range(len(lists) + 1):
            for last in range(first, len(lists) + 1):
                check(lists, read, first, last)
        check_finding(lists, read, list(range(documents)))


def test_an_index_of_nothing_has_no_lists() -> None:
    check([], read_again([], 0), 0, 0)
