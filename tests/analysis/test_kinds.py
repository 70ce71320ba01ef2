"""What kind of word each word is, by where it comes from."""

import pytest
from analysis_cases import FOLDED, seed_texts, varied_text
from hypothesis import given

from search.analysis import grams, words
from search.analysis.dictionary import Dictionary
from search.analysis.kinds import KINDS, kind_alone, words_with_kinds
from search.text import fold


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("长三角", [("长三角", "dictionary")]),
        ("末来", [("末来", "guessed")]),  # 未来 mistyped; no dictionary has it
        ("算力", [("算力", "guessed")]),
        ("港", [("港", "character")]),
        ("〇", [("〇", "character")]),
        ("C++", [("c++", "latin"), ("c", "part")]),
        ("5G", [("5g", "latin"), ("5", "part"), ("g", "part")]),
        ("g 5g", [("g", "latin"), ("5g", "latin"), ("5", "part"), ("g", "part")]),
        ("a" * 65 + "-b", [("b", "part")]),  # too long to be indexed whole
        ("东京タワー", [("东京", "dictionary"), ("タワー", "kana")]),
        ("한국", [("한국", "hangul")]),
    ],
)
def test_a_word_is_told_with_its_kind(text, kinds):
    found = [(token.term, kind) for token, kind in words_with_kinds(fold(text).text)]
    assert found == kinds


def test_words_of_the_users_dictionary_are_told_as_such():
    dictionary = Dictionary({"容器编排": 1, "长三角": 0}, {"卡拉ok", "业5g"})
    found = words_with_kinds("容器编排在长三角卡拉ok工业5g", dictionary)
    assert [(token.term, kind) for token, kind in found] == [
        ("容器编排", "user"),
        ("在", "character"),
        ("长", "character"),
        ("三角", "dictionary"),
        ("卡拉ok", "user"),
        ("卡拉", "dictionary"),
        ("ok", "latin"),
        ("工业", "dictionary"),
        ("业5g", "user"),
        ("5g", "latin"),
        ("5", "part"),
        ("g", "part"),
    ]
    assert kind_alone("卡拉ok", dictionary) == "user"


@given(FOLDED)
def test_the_words_are_those_that_are_indexed(text):
    found = list(words_with_kinds(text))
    assert [token for token, _ in found] == list(words(text))
    assert {kind for _, kind in found} <= {*KINDS}


@pytest.mark.parametrize("text", [*seed_texts(), varied_text()])
def test_a_word_of_a_query_is_of_the_kind_that_it_is_in_a_text(text):
    for token, kind in words_with_kinds(text):
        if kind != "part":
            assert kind_alone(token.term) == kind, token.term


def test_what_is_no_word_at_all_is_a_character():
    assert kind_alone("。") == "character"


@given(FOLDED)
def test_terms_stand_where_they_say(text):
    for token in (*words(text), *grams(text)):
        assert text[token.start : token.end].startswith(token.term)
