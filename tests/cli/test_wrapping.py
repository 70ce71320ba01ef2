"""Lines of a terminal are broken as Chinese is set."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from search.cli.wrapping import wrap

# Control characters never get here: they are shown as signs.
PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"]))
GLOSSED = "電子紙產(chǎn)業(yè)鏈,服務(wù)當地的“三統(tǒng)一”和BIM+GIS共5000P。"


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrap(Text(text), width)]


@given(st.text(alphabet="产業(chǎn)“”,。、a5 B\t…（）🀄é") | PRINTABLE, st.integers(2, 60))
def test_no_line_is_wider_than_asked_and_only_blanks_are_lost(text: str, width: int) -> None:
    text = " ".join(text.split())  # as results give it: one line
    wrapped = wrap(Text(text), width)
    assert all(line.cell_len <= width for line in wrapped)
    assert "".join(line.plain for line in wrapped).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("width", range(12, 50))
def test_no_gloss_word_or_number_is_parted(width: int) -> None:
    joined = "\n".join(lines(GLOSSED, width))
    for whole in ("產(chǎn)", "業(yè)", "務(wù)", "統(tǒng)", "BIM", "GIS", "5000P"):
        assert whole in joined


@pytest.mark.parametrize("width", range(12, 50))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width: int) -> None:
    for line in lines(GLOSSED, width):
        assert not re.match("[,，。”)]", line)
        assert not re.search("[“(]$", line)


def test_what_is_longer_than_a_line_is_cut_where_the_line_ends() -> None:
    assert lines("abcdefghij好", 4) == ["abcd", "efgh", "ij好"]
