"""Brackets and names before colons: what groups, what names a field, and what is text."""

import pytest
from query_cases import CHIPS, COMPUTING, SHANGHAI, A, B, C, D, exact, run

from search.query import And, Dated, Held, In, Near, Not, Or, Original, Prefix, Query, parse


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("(a OR b) c", And((Or((A, B)), C))),
        ("（a ｜ b） c", And((Or((A, B)), C))),
        ("(a OR b） c", And((Or((A, B)), C))),  # either width closes the other
        ("c (a OR b)", And((C, Or((A, B))))),
        ("(a b) OR (c d)", Or((And((A, B)), And((C, D))))),
        ("((a OR b) c OR d)", Or((And((Or((A, B)), C)), D))),
        ("(a)", A),
        ("(a) (b)", And((A, B))),
        ("(a)(b)", And((A, B))),
        ("(a)b", And((A, B))),
        ("a (b c)", And((A, B, C))),  # no And in an And
        ("a OR (b OR c)", Or((A, B, C))),
        ("(a -b) c", And((A, C, Not(B)))),  # what is excluded stands last
        ("-(a b)", Not(And((A, B)))),
        ("－（a OR b） c", And((C, Not(Or((A, B)))))),
        ("-(-a)", Not(Not(A))),
        ("(-a) b", And((B, Not(A)))),
        ('("a b" OR c)', Or((exact("a b"), C))),
        ("()", None),
        ("() a", A),
        ("(f(x) OR a)", Or((run("f(x"), A))),
    ],
)
def test_groups(text, tree):
    assert parse(text) == Query(text, tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("f(x)", run("f(x")),
        ("f(x, y)", And((run("f(x"), run("y")))),
        ("红楼梦（上）", run("红楼梦(上")),
        ("红楼梦（上 下）", And((run("红楼梦(上"), run("下")))),
        ("《书》(上)", run("书》(上")),
        ("f(g(x))", run("f(g(x")),
        ("\\(a", A),
        ("a\\)", A),
        ("C++(17)", run("c++(17")),
    ],
)
def test_brackets_in_words_are_text(text, tree):
    assert parse(text) == Query(text, tree)


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ("(a OR b", Or((A, B)), "the bracket ( is not closed; it was closed at the end"),
        (
            "c （a OR b",
            And((C, Or((A, B)))),
            "the bracket （ is not closed; it was closed at the end",
        ),
        ("a )", A, "the bracket ) closes nothing; it was left out"),
        ("a） b", And((A, B)), "the bracket ） closes nothing; it was read as text"),
        ("(a)) b", And((A, B)), "the bracket ) closes nothing; it was left out"),
    ],
)
def test_unbalanced_brackets_are_searched_with_a_note(text, tree, note):
    assert parse(text) == Query(text, tree, (note,))


@pytest.mark.parametrize(
    "text",
    [
        "title:算力",
        "Title：算力",
        "ｔｉｔｌｅ:算力",
        "标题:算力",
        "标题：算力",
        "標題：算力",
        "intitle:算力",
    ],
)
def test_a_title_is_named_in_many_ways(text):
    assert parse(text) == Query(text, In("title", COMPUTING))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("body:算力", In("body", COMPUTING)),
        ("正文：算力 上海", And((In("body", COMPUTING), SHANGHAI))),  # a field takes one word
        ('title:"联合招商"', In("title", exact("联合招商"))),
        ("标题：“联合招商”", In("title", exact("联合招商"))),
        ("title:(算力 OR 芯片)", In("title", Or((COMPUTING, CHIPS)))),
        ("标题：（算力 芯片）", In("title", And((COMPUTING, CHIPS)))),
        ("title:(算力 -芯片)", In("title", And((COMPUTING, Not(CHIPS))))),
        ("-title:算力", Not(In("title", COMPUTING))),
        ("NOT 标题：算力", Not(In("title", COMPUTING))),
        ("(title:算力)", In("title", COMPUTING)),
        ("title:date:2024", In("title", run("date:2024"))),  # the next word, whatever is in it
        ("title:-算力", In("title", COMPUTING)),
        ("title:OR", In("title", run("or"))),
        ("title:docker*", In("title", Prefix("docker"))),
        ('title:"a b"~3', In("title", Near((exact("a"), exact("b")), 3))),
        ("author:余光中", Held("author", "余光中")),
        ("作者：余光中", Held("author", "余光中")),
        ('author:"余 光中"', Held("author", "余 光中")),
        ('author:O\\"Brien', Held("author", 'O"Brien')),
        ("author:(余光中 OR 毛丽君)", Or((Held("author", "余光中"), Held("author", "毛丽君")))),
        ("-author:余光中", Not(Held("author", "余光中"))),
        ("author:毛*", Held("author", "毛*")),
        ("source:seeds/000.txt", Held("source", "seeds/000.txt")),
        ("来源：新华社", Held("source", "新华社")),
        ("filetype:pdf", Held("format", "pdf")),
        ("format:PDF", Held("format", "PDF")),
        ("格式：pdf", Held("format", "pdf")),
        ("author:(title:算力)", In("title", COMPUTING)),  # the inner field counts
        ("原文:後", Original("後", exact("后"))),
        ("原文：“皇后 後天”", Original("皇后 後天", exact("皇后 后天"))),
        ('exact:"產(chǎn)業(yè)"', Original("產業", exact("产业"))),
        ("exact:(後 OR 后)", Or((Original("後", exact("后")), Original("后", exact("后"))))),
    ],
)
def test_fields(text, tree):
    assert parse(text) == Query(text, tree)


@pytest.mark.parametrize(
    "text",
    [
        "题目：中国",
        "12:30",
        "3:1",
        "std::sort",
        "https://a.b/c?d=e",
        "subtitle:x",
        "C:\\dir",
        "title\\:x",
    ],
)
def test_other_colons_are_text(text):
    folded = text.replace("：", ":").replace("\\:", ":").lower()
    assert parse(text) == Query(text, run(folded))


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        (
            "title: a",
            And((run("title"), A)),
            "'title:' has nothing behind it; it was searched as text",
        ),
        ("标题：", run("标题"), "'标题：' has nothing behind it; it was searched as text"),
        ("(author:)", run("author"), "'author:' has nothing behind it; it was searched as text"),
        ('a title:""', A, "'title:' is before nothing to search for; it was left out"),
        ("a author:()", A, "'author:' is before nothing to search for; it was left out"),
    ],
)
def test_a_field_without_a_value_is_noted(text, tree, note):
    assert parse(text) == Query(text, tree, (note,))


def test_with_any_word_filters_and_exclusions_all_hold():
    tree = parse("算力 芯片 author:余光中 date:2024 -上海", any_word=True).tree
    held = (Held("author", "余光中"), Dated("2024", "2024"))
    assert tree == And((Or((COMPUTING, CHIPS)), *held, Not(SHANGHAI)))


def test_with_any_word_groups_and_fields_are_loosened_too():
    assert parse("(a b) c", any_word=True).tree == Or((A, B, C))
    assert parse("title:(a b)", any_word=True).tree == In("title", Or((A, B)))
    assert parse("-(a b) c", any_word=True).tree == And((C, Not(And((A, B)))))
    assert parse("(-a) b", any_word=True).tree == And((B, Not(A)))
