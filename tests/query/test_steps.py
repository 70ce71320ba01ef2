"""How a query was read: each word and quotation with what it became."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_queries import WORDS

from search.query import Prefix, parse, required_words
from search.query.steps import Step, steps


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("產業鏈", [Step("產業鏈", "产业链", ("产业链",), "text")]),
        ("ＢＩＭ+GIS", [Step("ＢＩＭ+GIS", "bim+gis", ("bim+gis",), "text")]),
        ("“联合招商”", [Step('"联合招商"', "联合招商", ("联合", "招商"), "exact")]),
        ("-上海", [Step("上海", "上海", ("上海",), "text", excluded=True)]),
        ("标题：港口", [Step("港口", "港口", ("港口",), "text", "title")]),
        ("author:余光中", [Step("余光中", "余光中", (), "column", "author")]),
        ("date:2024年6月", [Step("2024年6月", "2024-06", (), "date", "date")]),
        ("date:2024..", [Step("2024..", "2024..", (), "date", "date")]),
        ("原文:後", [Step("後", "後", ("后",), "original", "exact")]),
        ("kubernets~", [Step("kubernets~", "kubernets", (), "fuzzy")]),
        ('"港 口"~5', [Step('"港 口"~5', "港 口", ("港", "口"), "near")]),
        ("。", [Step("。", "", (), "nothing")]),
        ("", []),
    ],
)
def test_a_query_is_told_as_it_was_read(query, expected):
    assert steps(query) == expected


def test_what_holds_for_a_group_holds_for_all_in_it_and_no_further():
    found = steps("-(港 title:口 -岸) 船 title:(桥 OR author:毛) 路")
    assert [(one.typed, one.field, one.excluded) for one in found] == [
        ("港", "", True),
        ("口", "title", True),
        ("岸", "", False),
        ("船", "", False),
        ("桥", "title", False),
        ("毛", "author", False),
        ("路", "", False),
    ]


def test_a_prefix_tells_the_words_that_score_for_it():
    assert steps("kub*", {Prefix("kub"): ("kube", "kubernetes")})[0].words == ("kube", "kubernetes")


signs = st.sampled_from(["(", ")", '"', "-", " ", " OR ", "title:", "日期：", "*", "~", "|", "\\"])


@given(st.lists(st.sampled_from(WORDS) | signs | st.text(max_size=3)).map("".join))
def test_every_word_that_a_search_asks_for_is_in_a_step(query):
    told = {step.folded for step in steps(query)} | {w for s in steps(query) for w in s.words}
    tree = parse(query).tree
    for word, _ in required_words(tree) if tree else ():
        assert any(word.rstrip("*~") in text for text in told), (word, told)
