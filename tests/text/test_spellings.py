"""Words that are written with one character or another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import fold
from search.text.spellings import SPELLINGS, spelt_otherwise, spelt_usually
from search.text.usual_spellings import lines

ROWS = [line.split("\t") for line in SPELLINGS.read_text("utf-8").splitlines()]


def test_the_table_is_what_its_script_makes():
    assert SPELLINGS.read_text("utf-8").splitlines() == lines(), (
        "run 'python -m search.text.usual_spellings > search/text/spellings.txt'"
    )


def test_the_table_knows_the_words_that_scripts_write_differently():
    assert (
        dict(ROWS).items()
        >= {"凭借": "凭藉", "计划": "计画", "了解": "瞭解", "仿佛": "彷佛"}.items()
    )


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("憑藉", "凭借"),
        ("計畫經濟", "计划经济"),
        ("彷彿", "仿佛"),
        ("畫畫", "画画"),
        ("長三角", "长三角"),
    ],
)
def test_words_are_spelt_usually(typed, usual):
    assert spelt_usually(fold(typed).text) == usual


@given(st.lists(st.sampled_from([text for row in ROWS for text in row] + ["的", "在"])))
def test_spelling_keeps_the_length_and_is_done_once(parts):
    text = "，".join(parts)
    usual = spelt_usually(text)
    assert len(usual) == len(text)
    assert spelt_usually(usual) == usual
    assert spelt_usually(spelt_otherwise(usual)) == usual
