"""What a term holds, taken apart and put together, against plain lists of postings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engine.whoosh.bits import Exceptions
from search.engine.whoosh.term_postings import TermPostings, exceptions_of, together

# Of one posting: its document, how often in the title, how often in the body.
Plain = list[tuple[int, int, int]]


@st.composite
def postings(draw: st.DrawFn) -> Plain:
    """Postings of which few, or many, are not one occurrence in a body."""
    size = draw(st.integers(0, 8) | st.integers(20, 120))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    share = draw(st.sampled_from([0.0, 0.03, 0.5, 1.0]))
    documents = np.sort(random.choice(3 * size + 1, size, replace=False))
    plain = []
    for document in documents.tolist():
        title = int(random.integers(0, 3)) if random.random() < share else 0
        body = int(random.integers(0 if title else 1, 4)) if random.random() < share else 1
        plain.append((document, title, body))
    return plain


def made(plain: Plain) -> TermPostings:
    counts = np.array([title + body for _, title, body in plain], np.int64)
    titles = np.array([title for _, title, _ in plain], np.int64)
    documents = np.array([document for document, _, _ in plain], np.int64)
    return TermPostings(documents, exceptions_of(counts, 1), exceptions_of(titles, 0))


def plainly(found: TermPostings) -> Plain:
    titles = np.zeros(len(found.documents), np.int64)
    titles[found.titles.places] = found.titles.numbers
    assert _is_rising(found.repeats)
    assert _is_rising(found.titles)
    rows = zip(found.documents.tolist(), titles.tolist(), found.counts().tolist(), strict=True)
    return [(document, title, count - title) for document, title, count in rows]


def _is_rising(row: Exceptions) -> bool:
    return row.places.tolist() == sorted(set(row.places.tolist()))


@given(postings(), st.data())
def test_some_of_the_postings_keep_their_counts(plain, data) -> None:
    random = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    mask = random.random(len(plain)) < data.draw(st.sampled_from([0.05, 0.5, 0.95]))
    expected = [posting for posting, held in zip(plain, mask.tolist(), strict=True) if held]
    assert plainly(made(plain).kept(mask)) == expected
    assert plainly(made(plain).at(mask.nonzero()[0])) == expected
    assert plainly(made(plain).at(None)) == plain


@given(postings())
def test_the_postings_of_one_field(plain) -> None:
    titles = [(document, title, 0) for document, title, _ in plain if title]
    bodies = [(document, 0, body) for document, _, body in plain if body]
    assert plainly(made(plain).only("title")) == titles
    assert plainly(made(plain).only("body")) == bodies


@given(postings())
def test_what_is_not_one_occurrence_in_a_body_is_special(plain) -> None:
    special = made(plain).special()
    expected = {at: p[1:] for at, p in enumerate(plain) if p[1:] != (0, 1)}
    if special is None:
        assert expected == {}
        return
    titles = np.zeros(len(special.places)) if special.titles is None else special.titles
    found = zip(special.places.tolist(), titles.tolist(), special.bodies.tolist(), strict=True)
    assert {at: (title, body) for at, title, body in found} == expected
    assert len(special.places) == len(expected)


@given(st.lists(postings(), max_size=4))
def test_the_postings_of_segments_follow_one_another(parts) -> None:
    expected, moved, offset = [], [], 0
    for plain in parts:
        moved.append(made(plain).moved(offset))
        expected += [(document + offset, *counts) for document, *counts in plain]
        offset += 400
    found = together(moved)
    assert plainly(found) == expected
    assert not found.is_spread


def test_postings_of_which_some_are_spread_are_spread() -> None:
    one = made([(0, 0, 1)])
    spread = TermPostings(np.array([3, 1]), is_spread=True)
    assert together([one, spread.moved(5)]).is_spread
    assert together([spread, one.moved(5)]).kept(np.ones(3, bool)).is_spread
