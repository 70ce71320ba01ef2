"""Query tree → string → the same tree: for trees that the parser makes, and for any query typed."""

import os
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_cases import exact, run
from random_queries import SIGNS, WORDS, query, random_queries

from search.analysis import Literal
from search.analysis.runs import Script, runs
from search.query import (
    Dated,
    Expanded,
    Expansion,
    Fuzzy,
    Held,
    In,
    Near,
    Node,
    Not,
    Original,
    Prefix,
    Query,
    Run,
    literal,
    parse,
    printed,
    words_of,
)
from search.query.leaves import without_glosses
from search.query.parser import all_of, either_of
from search.text import fold

MANY = 200_000 if os.environ.get("XUNWEN_SOAK") else 20_000

TEXTS = st.text(SIGNS) | st.text() | st.lists(st.sampled_from(WORDS), max_size=3).map("".join)


def runs_of(text: str) -> list[Run]:
    """Return the runs of a text as it was typed: its folded parts, less punctuation at the ends."""
    found = [(part, list(runs(part))) for part in fold(text).text.split()]
    return [run(part[own[0].start : own[-1].end]) for part, own in found if own]


def token_of(leaf: Run) -> list[str]:
    """Return the text of a run when it is a single word of letters and digits."""
    (first, *others) = runs(leaf.text)
    return [leaf.text] if not others and first.script is Script.LATIN else []


def some(items):
    """Return a strategy for one of the items of what is drawn, if there are any."""
    return items.filter(bool).flatmap(st.sampled_from)


RUNS = some(TEXTS.map(runs_of))
EXACTS = TEXTS.map(lambda text: Literal.of(fold(text).text)).filter(lambda it: it.text)
EXACTS = EXACTS.map(lambda it: exact(it.text))
RAW = TEXTS.map(lambda text: without_glosses(text).strip()).filter(bool)
TOKENS = some(RUNS.map(token_of))
LEAVES = st.one_of(
    RUNS,
    EXACTS,
    TOKENS.filter(lambda text: len(text) > 1).map(Prefix),
    st.builds(Fuzzy, TOKENS, st.sampled_from([1, 2])).filter(lambda it: it.edits == it.allowed),
    st.builds(
        Near,
        st.lists(RUNS.map(lambda leaf: exact(leaf.text)), min_size=2, max_size=8, unique=True).map(
            tuple
        ),
        st.integers(0, 100),
    ),
    RAW.filter(lambda text: text.splitlines() == [text] and Literal.of(fold(text).text).text).map(
        lambda text: Original(text, exact(Literal.of(fold(text).text).text))
    ),
    st.builds(Held, st.sampled_from(["author", "source", "format"]), RAW),
    st.sampled_from([("", "2024"), ("2024-06", ""), ("2020", "2024-06-28"), ("2024", "2024")]).map(
        lambda ends: Dated(*ends)
    ),
)


def joined(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=1, max_size=4)
    return st.one_of(
        several.map(all_of),
        several.map(either_of),
        nodes.map(Not),
        st.builds(In, st.sampled_from(["title", "body"]), nodes),
    )


TREES = st.recursive(LEAVES, joined, max_leaves=12)


@given(TREES)
def test_a_tree_printed_is_parsed_to_the_same_tree(tree):
    text = printed(tree)
    assert parse(text) == Query(text, tree)


@given(TEXTS | st.randoms(use_true_random=False).map(query))
def test_a_query_printed_asks_for_the_same(text):
    assert_prints(text)


def test_random_queries_printed_ask_for_the_same():
    searched = sum(map(assert_prints, islice(random_queries(1), MANY)))
    assert searched > MANY * 0.8


def assert_prints(text: str) -> bool:
    tree = parse(text).tree
    if tree is not None:
        again = printed(tree)
        assert parse(again) == Query(again, tree)  # without a note, too
    return tree is not None


def test_the_random_queries_reach_every_kind_of_node():
    trees = [parse(text).tree for text in islice(random_queries(2), 2000)]
    kinds = " ".join(map(repr, trees))
    for kind in ("And", "Or", "Not", "In", "Held", "Dated", "Run", "Exact", "Original"):
        assert kinds.count(f"{kind}(") > 100, kind
    for kind in ("Prefix", "Fuzzy", "Near"):
        assert kinds.count(f"{kind}(") > 50, kind


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("長三角　算力", "长三角 算力"),
        ("长三角 AND 算力 ｜ 芯片", "长三角 算力 OR 芯片"),
        ("长三角 NOT （上海 ｜ 北京）", "长三角 -(上海 OR 北京)"),
        ("標題：（算力 OR “联合招商”）", 'title:(算力 OR "联合招商")'),
        ("作者：余光中 日期：2024年1月..2024年6月", "author:余光中 date:2024-01..2024-06"),
        ("日期：2024", "date:2024"),
        ('author:"余 光中"', 'author:"余 光中"'),
        ("原文：「後天」", 'exact:"後天"'),
        ("標題：原文：後", "title:原文\\:后"),
        ("標題：（原文：後）", 'title:(exact:"後")'),
        ("Docker* kubernets~2 gihtub～", "docker* kubernets~2 gihtub~"),
        ("「联合招商」～５", '"联合 招商"~5'),
        ("红楼梦（上） f(x)", "红楼梦(上) f(x)"),
        ("a)b f(g(x)", "a\\)b f(g(x))"),
        ("f(x)y", "f(x)y"),
        ('5\\"屏 "他说\\"好\\""', '5\\"屏 "他说\\"好\\""'),
        ("《title:x》 a\\*b", "title\\:x a\\*b"),
        ("《3~5", "3\\~5"),
    ],
)
def test_what_is_printed(typed, text):
    tree = parse(typed).tree
    assert tree is not None
    assert printed(tree) == text


def test_expansions_are_not_printed():
    other = (Expansion("软件", "软体", "regional"),)
    tree = Expanded(Run("软件", words_of("软件"), expansions=other), other)
    assert printed(tree) == "软件"
    assert parse(printed(tree)).tree == literal(tree)


def test_a_run_of_which_any_word_will_do_is_printed_as_alternatives():
    tree = parse("长三角算力 -上海", any_word=True).tree
    assert tree is not None
    assert printed(tree) == "(长三角 OR 算力) -上海"
