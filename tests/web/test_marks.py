"""Runs of pieces, page numbers and numbers in words: what the templates rely on."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.results.pieces import Piece, cut_pieces
from web.marks import gather
from web.paging import paginate
from web.parameters import PageRequest
from web.wording import count, milliseconds


def test_neighbouring_marked_pieces_are_one_run():
    pieces = cut_pieces("甲延\n\n伸乙", [(1, 5)], breaks=[(2, 4)])
    runs = gather(pieces)
    assert [("".join(p.text for p in run.pieces), run.marked) for run in runs] == [
        ("甲", False),
        ("延伸", True),
        ("乙", False),
    ]


@given(st.text(min_size=10, max_size=14))
def test_without_breaks_runs_lose_nothing(text):
    pieces = cut_pieces(text, [(1, 3), (3, 5), (8, 9)], [(4, 5)])
    runs = gather(pieces)
    assert "".join(p.text for run in runs for p in run.pieces) == text
    assert all(a.marked != b.marked for a, b in pairwise(runs))


def test_an_empty_text_has_no_runs():
    assert gather(cut_pieces("", [])) == []
    assert gather([Piece("\n", marked=True, break_=True)]) == []


@given(st.integers(1, 1000), st.integers(0, 100_000), st.integers(1, 100))
def test_every_page_offered_can_be_asked_for(page, total, per_page):
    paging = paginate(PageRequest("a", page=page, per_page=per_page), total)
    assert len(paging.numbers) <= 10
    for number in paging.numbers:
        assert 1 <= number <= paging.last
        assert number * per_page <= 10_000 or number == 1
    if page <= paging.last:
        assert page in paging.numbers


def test_numbers_read_as_a_person_writes_them():
    assert count(12345) == "12,345"
    assert [milliseconds(t) for t in (0.0, 3.21, 10, 1234.5)] == ["0.1", "3.2", "10", "1,234"]
