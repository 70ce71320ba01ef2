"""Grams: what decides what matches."""

import pytest
from analysis_cases import FOLDED
from hypothesis import given

from search.analysis import grams
from search.analysis.grams import LONGEST_UNIT
from search.analysis.runs import elements
from search.text import fold

GOLDEN = {
    "长三角": ["长三", "三角", "角"],  # the last character alone, so that 角 is findable
    "港": ["港"],
    "长三角5G": ["长三", "三角", "角", "5", "g"],
    "BIM+GIS": ["bim", "gis"],
    "东京タワー": ["东京", "京タ", "タワ", "ワー", "ー"],  # scripts that touch are one run
    "한국어 학교": ["한국", "국어", "어", "학교", "교"],
    "𠮷野家": ["𠮷野", "野家", "家"],
    "二〇二四": ["二〇", "〇二", "二四", "四"],
    "中，国": ["中", "国"],  # nothing across punctuation
    "中 国": ["中", "国"],
    "中\n国": ["中", "国"],
    "2.5GHz": ["2", "5", "ghz"],
    "1\ufe0f\u20e3GPT": ["1", "gpt"],
    "㎏": ["kg"],
    "，。": [],
}


@pytest.mark.parametrize(("text", "terms"), GOLDEN.items(), ids=map(ascii, GOLDEN))
def test_grams_of(text, terms):
    assert [token.term for token in grams(fold(text).text)] == terms


@given(FOLDED)
def test_grams_point_into_the_folded_text(text):
    for token in grams(text):
        assert 0 <= token.start < token.end <= len(text)
        assert text[token.start : token.end][:LONGEST_UNIT] == token.term


@given(FOLDED)
def test_positions_of_grams_count_up(text):
    assert [token.position for token in grams(text)] == list(range(len(list(grams(text)))))


@given(FOLDED)
def test_every_letter_digit_and_cjk_character_is_in_a_gram(text):
    covered = {at for token in grams(text) for at in range(token.start, token.end)}
    wanted = {at for at, c in enumerate(text) if c.isalnum()}
    assert wanted <= covered


@given(FOLDED)
def test_elements_are_stretches_of_the_text_in_order(text):
    reach = 0
    for stretch, start, _ in elements(text):
        assert start >= reach
        assert text[start : start + len(stretch)] == stretch
        reach = start + len(stretch)


def test_of_a_very_long_unit_the_head_is_the_term():
    assert [token.term for token in grams("a" * 100)] == ["a" * 64]
