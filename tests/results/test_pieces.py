"""Texts cut into pieces that are each shown in one way."""

from hypothesis import given
from hypothesis import strategies as st

from search.results import Piece, all_lines, cut_pieces, split_lines

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=6).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)
TEXTS = st.text(max_size=40) | st.text("长三角 \n\r\u2028\x1c\x0b", max_size=40)


def lies_in(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


@given(TEXTS, SPANS, SPANS, SPANS)
def test_pieces_joined_give_the_text_and_each_is_shown_in_one_way(text, marks, glosses, breaks):
    pieces = cut_pieces(text, marks, glosses, breaks)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        assert piece.text
        for place in range(at, at + len(piece.text)):
            assert piece.marked == lies_in(place, marks)
            assert piece.gloss == lies_in(place, glosses)
            assert piece.break_ == lies_in(place, breaks)
        assert piece.start == at
        at += len(piece.text)


def test_a_text_without_spans_is_one_piece():
    assert cut_pieces("长三角", []) == [Piece("长三角")]
    assert cut_pieces("", []) == []


def test_spans_beyond_the_text_are_cut_to_it():
    assert cut_pieces("长三角", [(2, 9), (12, 15)]) == [Piece("长三"), Piece("角", True, start=2)]


@given(TEXTS, SPANS)
def test_lines_hold_all_of_the_text_but_its_line_ends(text, marks):
    lines = ["".join(piece.text for piece in line) for line in split_lines(cut_pieces(text, marks))]
    assert lines == [line for line in text.splitlines() if line.strip()]


def test_a_layout_break_does_not_end_a_line():
    pieces = cut_pieces("甲延\n\n伸\n乙", [(1, 5)], breaks=[(2, 4)])
    assert list(split_lines(pieces)) == [
        [
            Piece("甲"),
            Piece("延", marked=True, start=1),
            Piece("\n\n", marked=True, break_=True, start=2),
            Piece("伸", marked=True, start=4),
        ],
        [Piece("乙", start=6)],
    ]


def test_marks_and_glosses_are_kept_in_lines():
    pieces = cut_pieces("產(chǎn)\r\n業", [(0, 7), (9, 10)], [(1, 7)])
    assert list(split_lines(pieces)) == [
        [Piece("產", marked=True), Piece("(chǎn)", marked=True, gloss=True, start=1)],
        [Piece("業", marked=True, start=9)],
    ]


@given(TEXTS.filter(lambda text: "\r\n" not in text), SPANS)
def test_all_lines_are_those_of_the_text_blank_ones_included(text, marks):
    lines = ["".join(piece.text for piece in line) for line in all_lines(cut_pieces(text, marks))]
    assert lines == text.splitlines()


@given(TEXTS, SPANS)
def test_each_piece_of_a_line_says_where_it_stands_in_the_text(text, marks):
    for line in all_lines(cut_pieces(text, marks)):
        for piece in line:
            assert text[piece.start : piece.start + len(piece.text)] == piece.text
