"""Posting lists on disk against the arrays they were made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import sizes, written

from search.engine.whoosh.occurrences import Occurrences
from search.engine.whoosh.posting_lists import ListReader, PostingLists, sections_of
from search.engine.whoosh.segment_terms import ListedTerm


def made(terms: int, documents: int, seed: int, far: float = 0.0, most: int = 0) -> PostingLists:
    """Return lists of `terms` terms in some of so many documents; `far` ordinals reach `most`."""
    random = np.random.default_rng(seed)
    held = [
        np.flatnonzero(random.random(documents) < random.choice([0.001, 0.02, 0.5, 1.0]))
        for _ in range(terms)
    ]
    held = [one if len(one) else np.zeros(1, np.int64) for one in held]
    starts = np.cumsum([0, *map(len, held)])
    postings = int(starts[-1])
    counts = np.where(random.random(postings) < 0.2, random.integers(2, 400, postings), 1)
    counts = np.minimum(counts, 3) if postings > 5000 else counts
    titles = np.where(random.random(postings) < 0.1, random.integers(0, counts + 1), 0)
    ordinals = random.integers(0, 200, int(counts.sum()))
    is_far = random.random(len(ordinals)) < far
    ordinals[is_far] = random.integers(0, most + 1, int(is_far.sum()))
    begins = random.random(len(ordinals)) < 0.3
    return PostingLists(starts, np.concatenate(held), counts, titles, ordinals, begins)


def reader(lists: PostingLists, documents: int) -> ListReader:
    return ListReader(written(sections_of("x", lists, documents)), "x", documents)


def check_all(read: ListReader, lists: PostingLists) -> None:
    found = read.lists()
    for name in ("starts", "documents", "counts", "titles", "ordinals", "begins"):
        assert np.array_equal(getattr(found, name), getattr(lists, name)), name


def check_terms(read: ListReader, lists: PostingLists, first: int, last: int) -> None:
    """Compare what a search reads of the terms `first:last`."""
    start, end = (int(lists.starts[at]) for at in (first, last))
    postings = ListedTerm(read, first, last).postings
    assert np.array_equal(postings.documents, lists.documents[start:end])
    assert np.array_equal(postings.counts(), lists.counts[start:end])
    titles = np.zeros(end - start, np.int64)
    titles[postings.titles.places] = postings.titles.numbers
    assert np.array_equal(titles, lists.titles[start:end])
    for document in lists.documents[start:end][-3:].tolist():
        expected = np.flatnonzero(lists.documents[start:end] == document) + start
        assert read.find_all(first, last, document) == expected.tolist()
        for posting in expected.tolist():
            counts = int(lists.counts[posting]), int(lists.titles[posting])
            assert read.counts_at(posting) == counts
    if first == last:
        return
    ends = np.append(0, np.cumsum(lists.counts))
    assert read.first_occurrence(start) == ends[start]
    occurrences = Occurrences(read, first, postings)
    here = slice(int(ends[start]), int(ends[end]))
    assert np.array_equal(occurrences.begins(), lists.begins[here])
    documents, ordinals = occurrences.places(None)
    assert np.array_equal(ordinals, lists.ordinals[here])
    of_each = np.repeat(lists.documents[start:end], lists.counts[start:end])
    assert np.array_equal(documents, of_each)
    # Some of the postings, and of these what is in the title or in the body alone.
    some = np.arange(0, end - start, 3)
    taken = np.isin(np.repeat(np.arange(end - start), lists.counts[start:end]), some)
    title_ends = (ends[:-1] + lists.titles)[start:end].repeat(lists.counts[start:end])
    in_title = np.arange(here.start, here.stop) < title_ends
    for field, chosen in (("", taken), ("title", taken & in_title), ("body", taken & ~in_title)):
        documents, ordinals = occurrences.places(some, field)
        assert np.array_equal(ordinals, lists.ordinals[here][chosen]), field
        assert np.array_equal(documents, of_each[chosen]), field


lists_made = st.tuples(
    st.integers(1, 6),
    st.integers(1, 40),
    st.integers(0, 2**32),
    st.sampled_from([0.0, 0.003, 0.05, 0.8]),
    st.sampled_from([255, 256, 65_535, 65_536, 1 << 24]),
)


@given(lists_made)
def test_lists_are_read_as_they_were_written(given_lists) -> None:
    lists = made(*given_lists)
    check_all(reader(lists, given_lists[1]), lists)


@given(lists_made, st.data())
def test_any_range_of_terms_is_read_as_of_one(given_lists, data) -> None:
    lists = made(*given_lists)
    read = reader(lists, given_lists[1])
    for _ in range(3):
        first = data.draw(st.integers(0, given_lists[0]))
        check_terms(read, lists, first, data.draw(st.integers(first, given_lists[0])))


@given(lists_made, st.integers(0, 3), st.sampled_from([8, 16, 64]), st.integers(0, 9))
def test_blocks_and_strides_of_any_size_give_the_same(given_lists, low, stride, dense) -> None:
    lists = made(*given_lists)
    small = {"document_lists___WIDE": low + 1, "document_lists___NARROW": low}
    strides = {"posting_lists__STRIDE": stride, "bits__STRIDE": stride}
    more = {"document_lists__DENSE": dense, "document_lists__CHUNK": stride, "ends__BLOCK": 4}
    with sizes({}, **small, **strides, **more):
        read = reader(lists, given_lists[1])
        check_all(read, lists)
        for first in range(given_lists[0]):
            assert read.bounds(first, first + 1) == tuple(lists.starts[first : first + 2])
            check_terms(read, lists, first, first + 1)
        check_terms(read, lists, 0, given_lists[0])


@pytest.mark.parametrize("documents", [65_536, 65_537, 200_000])
def test_segments_of_more_documents_than_two_bytes_number(documents) -> None:
    lists = made(5, documents, seed=documents, far=0.001, most=1 << 20)
    read = reader(lists, documents)
    assert documents - int(lists.documents.max()) < 200, "the last block is not reached"
    check_all(read, lists)
    for first, last in [(0, 1), (4, 5), (0, 5), (1, 3), (2, 2)]:
        check_terms(read, lists, first, last)


@pytest.mark.parametrize("far", [0, 9, 200, 255])
@pytest.mark.parametrize("size", [255, 256, 257, 300, 600])
def test_a_far_ordinal_is_read_wherever_the_reading_ends(far, size) -> None:
    # Its place fits one byte; the places read about it need not.
    ordinals = np.zeros(size, np.int64)
    ordinals[min(far, size - 1)] = 1000
    ones, zeros = np.ones(size, np.int64), np.zeros(size, np.int64)
    starts = np.array([0, size])
    lists = PostingLists(starts, np.arange(size), ones, zeros, ordinals, zeros > 0)
    read = reader(lists, size)
    check_all(read, lists)
    for end in range(1, size + 1, 17):
        assert read.ordinals(np.arange(end)).tolist() == ordinals[:end].tolist()
