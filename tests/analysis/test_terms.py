"""The fast lists of terms hold what the plain tokens say, in the same order."""

import pytest
from analysis_cases import FOLDED, seed_texts, varied_text
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import grams, words
from search.analysis.segmenter import cut, cut_all
from search.analysis.terms import gram_terms, word_terms

REAL = {"seed 000": 0, "seed 002": 1, "varied prose": 2}


@given(FOLDED)
def test_word_terms_are_those_of_the_tokens(text: str) -> None:
    assert word_terms(text) == [token.term for token in words(text)]


@given(FOLDED)
def test_gram_terms_are_those_of_the_tokens(text: str) -> None:
    assert gram_terms(text) == [token.term for token in grams(text)]


@pytest.mark.parametrize("which", REAL.values(), ids=REAL.keys())
def test_real_text_gives_the_same_terms_both_ways(which: int) -> None:
    text = [*seed_texts(), varied_text()][which]
    assert word_terms(text) == [token.term for token in words(text)]
    assert gram_terms(text) == [token.term for token in grams(text)]


@given(st.lists(st.text("长三角示范区产业𠮷〇", min_size=1)))
def test_runs_cut_together_are_cut_as_each_alone(runs: list[str]) -> None:
    assert cut_all(runs) == [cut(run) for run in runs]
