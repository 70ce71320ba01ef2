"""What counts as found: `Literal` against the rule written out plainly, and against the grams."""

import pytest
from analysis_cases import ALPHABET, FOLDED, seed_texts, varied_text
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_rule import plain_spans

from search.analysis import Literal, adjacency, grams
from search.text import fold

MANY = settings(max_examples=10 * settings.default.max_examples)


@st.composite
def queries_and_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text and a string that often stands in it, spaces changed here and there."""
    text = draw(FOLDED)
    if draw(st.booleans()) or not text:
        return fold(draw(st.text(ALPHABET, min_size=1, max_size=6))).text, text
    start = draw(st.integers(0, len(text) - 1))
    part = text[start : start + draw(st.integers(1, 8))]
    return part.replace(" ", draw(st.sampled_from([" ", "", "  "]))), text


def terms_of(text: str) -> set[str]:
    return {token.term for token in grams(text)}


def are_held(literal: Literal, terms: set[str]) -> bool:
    return set(literal.grams) <= terms and all(
        any(term.startswith(prefix) for term in terms) for prefix in literal.prefixes
    )


@MANY
@given(queries_and_texts())
def test_a_literal_is_found_where_the_plain_rule_finds_it(query_and_text):
    query, text = query_and_text
    literal = Literal.of(query)
    assume(literal.text)
    assert literal.is_in(text) == bool(plain_spans(query, text))


@MANY
@given(queries_and_texts())
def test_spans_are_those_of_the_plain_rule_less_overlaps(query_and_text):
    query, text = query_and_text
    literal = Literal.of(query)
    assume(literal.searchable)
    expected: list[tuple[int, int]] = []
    for start, end in plain_spans(query, text):
        if not expected or start >= expected[-1][1]:
            expected.append((start, end))
    assert list(literal.spans(text)) == expected


@MANY
@given(queries_and_texts())
def test_a_text_with_a_literal_holds_all_its_grams(query_and_text):
    query, text = query_and_text
    literal = Literal.of(query)
    if literal.searchable and plain_spans(query, text):
        assert are_held(literal, terms_of(text))


def one_term_decides(literal):
    """Return whether holding one term, wherever it stands, is the same as holding the string."""
    way = adjacency(literal)
    return way.decided and [len(part) for part in way.parts] == [1]


@MANY
@given(queries_and_texts())
def test_where_terms_decide_they_decide_rightly(query_and_text):
    query, text = query_and_text
    literal = Literal.of(query)
    if literal.searchable and one_term_decides(literal):
        assert are_held(literal, terms_of(text)) == bool(plain_spans(query, text))


@given(FOLDED)
def test_every_short_string_found_in_a_text_has_its_grams_there(text):
    text = text[:100]
    terms = terms_of(text)
    for start in range(len(text)):
        for end in range(start + 1, min(start + 6, len(text)) + 1):
            literal = Literal.of(text[start:end])
            if literal.searchable and literal.is_in(text):
                assert are_held(literal, terms)


@pytest.mark.parametrize("text", [*seed_texts(), varied_text()], ids=["000", "002", "varied"])
def test_every_string_of_han_in_real_text_is_found_by_its_grams(text):
    terms = terms_of(text)
    starts = {term[0] for term in terms}
    for start in range(len(text)):
        for length in range(1, 7):
            part = text[start : start + length]
            if min(part) < "一" or max(part) > "龥":
                break
            literal = Literal.of(part)
            assert literal.is_in(text)
            assert set(literal.grams) <= terms
            assert set(literal.prefixes) <= starts


@given(st.text(ALPHABET))
def test_a_literal_without_anything_indexed_is_not_searchable(text):
    folded = fold(text).text
    assert Literal.of(folded).searchable == bool(terms_of(folded))


@pytest.mark.parametrize(
    ("query", "text", "why"),
    [
        ("业链", "产业链", "no word cut hides it"),
        ("港", "虹桥国际数智港", "a single character at the end of a run"),
        ("使用docker部署", "使用 docker 部署", "spaces between Han and Latin count for nothing"),
        ("使用 docker 部署", "使用docker部署", "nor those of the query"),
        ("5g 通信", "5g通信", "nor between digits, letters and Han"),
        ("长三角 示范区", "长三角 示范区", "spaces between Han are spaces"),
        ("한국어 학교", "한국어 학교", "and between Hangul"),
        ("machine learning", "machine  learning", "any number of spaces"),
        ("gis", "bim+gis", "a part of a term"),
        ("5", "5g", "digits end where letters begin"),
        ("c++", "用c++写", "symbols are looked for as they are"),
        ("c#", "c#语言", "symbols are looked for as they are"),
        ("“一点接入", "实现“一点接入、多点连通”", "punctuation inside counts"),
        ("3.14", "圆周率3.14159", ""),
        ("docker", "1\u20e3docker", "the mark of a keycap belongs to no letter"),
        ("x\u0301", "ax x\u0301", "an accent is part of its letter"),
        ("x\u0301中", "x\u0301 中", "and what is between it and Han counts for nothing too"),
    ],
)
def test_found(query, text, why):
    if query == "3.14":  # 14159 is one stretch of digits: its end is cut
        assert not Literal.of(query).is_in(text)
        return
    assert Literal.of(query).is_in(text), why


@pytest.mark.parametrize(
    ("query", "text", "why"),
    [
        ("is", "this", "cuts a word at its beginning"),
        ("th", "this", "cuts a word at its end"),
        ("gis", "register", "cuts a word at both ends"),
        ("5", "15", "cuts a number"),
        ("3.14", "3.14159", "cuts a number at its end"),
        ("x", "x\u0301", "cuts an accent off"),
        ("\u0301x", "y\u0301x", "cuts a letter off its accent"),
        ("长三角示范区", "长三角 示范区", "spaces between Han are the author's"),
        ("长三角 示范区", "长三角示范区", "also where the query has them"),
        ("招商 活动", "招商\n活动", "nothing matches across a real line end"),
        ("5g通信", "5g\n通信", "nothing matches across a real line end"),
        ("machine learning", "machine\nlearning", "nothing matches across a real line end"),
        ("中国", "中，国", "punctuation counts"),
        ("bim+gis", "bim gis", "symbols count"),
    ],
)
def test_not_found(query, text, why):
    assert not Literal.of(query).is_in(text), why


def test_spaces_that_count_for_nothing_are_taken_out():
    assert Literal.of(" 使用  docker 部署 ").text == "使用docker部署"
    assert Literal.of("长三角  示范区 ").text == "长三角 示范区"
    assert Literal.of("big data").text == "big data"


@pytest.mark.parametrize(
    ("query", "needed", "prefixes", "decided"),
    [
        ("港", (), ("港",), True),
        ("长三", ("长三",), (), True),
        ("长三角", ("长三", "三角"), (), False),
        ("5g", ("5", "g"), (), False),
        ("gis", ("gis",), (), True),
        ("c++", ("c",), (), False),
        ("建5g网", ("5", "g"), ("建", "网"), False),
        ("哈哈哈", ("哈哈",), (), False),  # each once, which is why they do not decide
        ("中 国", (), ("中", "国"), False),
        ("a" * 63, ("a" * 63,), (), True),
        ("a" * 64, ("a" * 64,), (), False),  # also the head of every longer unit
        ("a" * 65, ("a" * 64,), (), False),
    ],
)
def test_terms_that_a_literal_needs(query, needed, prefixes, decided):
    literal = Literal.of(query)
    assert literal.grams == needed
    assert literal.prefixes == prefixes
    assert one_term_decides(literal) is decided


def test_a_literal_looked_for_in_a_megabyte_of_almost_it_ends():
    assert not Literal.of("中a").is_in("中" + " " * 1_000_000)
    assert not Literal.of("a b").is_in("a" + " " * 1_000_000)
    assert not Literal.of("docker").is_in("\u20e3" * 1_000_000)
    assert not Literal.of("ab").is_in("a" * 1_000_000)
    assert not Literal.of("哈哈嘿").is_in("哈" * 1_000_000)
