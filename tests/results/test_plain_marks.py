"""What is marked and shown, fast, is what the plain way marks and shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_marks import plain_matches, plain_parts_token, plain_snippets
from result_cases import BODIES, QUERIES, seed

from search.query import parse
from search.results.edges import parts_token
from search.results.highlight import Highlighter
from search.results.snippet import MOST_PLACES, snippets
from search.text import fold

MANY = settings(max_examples=3 * settings.default.max_examples)
WORDS = (
    *(
        "长三角",
        "长三角示范区",
        "示范",
        "产业",
        "的",
        "科技的",
        '"产业科技"',
        "GIS",
        "kg",
        "5G",
        "(株",
    ),
    *('"。"', '"，。"', '"+"'),
    *("10,000", "C++", "..", "使用Docker部署", "x\u0301", "角示", "的的", "科技 产业", "node.js"),
)
FEW = st.lists(
    st.sampled_from([*"的科技产业，。 \n5Gg+.示", "docker", "使用", "长三角"]), max_size=300
)
LONG_TOKENS = st.lists(
    st.sampled_from(["a" * 50, "b.a" * 30, "长三角", "5g", "gis", "，", "的", "node.js", " "]),
    max_size=30,
)
TEXTS = BODIES | FEW.map("".join) | LONG_TOKENS.map("".join)
ASKED = QUERIES | st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def assert_as_plain(query: str, text: str) -> None:
    folded = fold(text)
    tree = parse(query).tree
    matches = Highlighter(tree).matches(folded.text)
    plain = plain_matches(tree, folded.text)
    assert list(matches) == plain
    assert snippets(text, folded, matches) == plain_snippets(text, folded, plain)


@MANY
@given(ASKED, TEXTS)
def test_any_text_is_marked_and_cut_as_in_the_plain_way(query, text):
    assert_as_plain(query, text)


@pytest.mark.parametrize("number", ["000", "002"])
@pytest.mark.parametrize("query", ["长三角", "的", "示范区的产业", '"联合招商活动"', "GIS 科技 在"])
def test_real_articles_are_marked_and_cut_as_in_the_plain_way(query, number):
    assert_as_plain(query, seed(number))


@pytest.mark.parametrize("query", ["的", "产业 的", "产业的"])
def test_more_places_than_are_weighed_are_cut_as_in_the_plain_way(query):
    text = "的，" * MOST_PLACES + "别的" * 50 + "产业的的" + "的" * MOST_PLACES
    assert_as_plain(query, text)


@MANY
@given(st.text("中a1,.+#:-\u0301*\\ ：", min_size=1, max_size=8) | TEXTS)
def test_cuts_part_tokens_as_in_the_plain_way(text):
    for at in range(1, len(text)):
        assert parts_token(text, at) == plain_parts_token(text, at)
    assert not parts_token(text, 0)
    assert not parts_token(text, len(text))
