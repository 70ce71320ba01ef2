"""Query string → tree: every syntax, half and full width alike, and what is said of the rest."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import (
    And,
    Exact,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Original,
    Prefix,
    Query,
    Run,
    leaves,
    parse,
    words_of,
)
from search.query.signs import CLOSING

WELL = Run("上海", ("上海",))
RIVER = Run("长三角", ("长三角",))
COMPUTING = Run("算力", ("算力",))

SYNTAX = '"＂“”「」『』〝〞-－−|｜\\()（）:*~ \n\u3000中国aＯR产(chǎn)'
# What became of what was not read as typed: every note ends with it.
OUTCOME = re.compile(
    "was left out$|was searched as (text|it stands)$|was read as text$|was closed at the end$"
    "|was (read|searched) so$|not all was read as typed$"
)
QUERIES = (
    st.text()
    | st.text(SYNTAX, max_size=60)
    | st.lists(
        st.sampled_from(["OR", "NOT", "AND", "ＯＲ", " ", "-", '"', "长三角", "5G", "\ud800", "。"])
    ).map(" ".join)
    | st.integers(0, 0x10FFFF).map(chr)
)


def all_of(*children: Node) -> And:
    return And(children)


def either(*children: Node) -> Or:
    return Or(children)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("长三角", RIVER),
        ("长三角 算力", all_of(RIVER, COMPUTING)),
        ("长三角\u3000算力", all_of(RIVER, COMPUTING)),  # the space of an input method
        ("  长三角\n算力\t", all_of(RIVER, COMPUTING)),
        ("长三角 AND 算力", all_of(RIVER, COMPUTING)),
        ("长三角 ＡＮＤ 算力", all_of(RIVER, COMPUTING)),
        ("长三角 OR 算力", either(RIVER, COMPUTING)),
        ("长三角 ＯＲ 算力", either(RIVER, COMPUTING)),
        ("长三角 | 算力", either(RIVER, COMPUTING)),
        ("长三角 ｜ 算力", either(RIVER, COMPUTING)),
        ("长三角 算力 OR 上海", either(all_of(RIVER, COMPUTING), WELL)),  # OR binds weaker
        ("长三角 -上海", all_of(RIVER, Not(WELL))),
        ("长三角 －上海", all_of(RIVER, Not(WELL))),
        ("长三角 −上海", all_of(RIVER, Not(WELL))),
        ("长三角 NOT 上海", all_of(RIVER, Not(WELL))),
        ("长三角 ＮＯＴ 上海", all_of(RIVER, Not(WELL))),
        ('长三角 -"上海"', all_of(RIVER, Not(Exact("上海", ("上海",))))),
        ("-上海 长三角", all_of(RIVER, Not(WELL))),  # wherever it stands
        ("-上海", Not(WELL)),
        ("长三角-上海", Run("长三角-上海", ("长三角", "上海"))),  # inside a word it is a hyphen
        ("covid-19", Run("covid-19", ("covid-19",))),
        ("长三角 - 算力", all_of(RIVER, COMPUTING)),  # a dash between spaces
        ("or not and", all_of(Run("or", ("or",)), Run("not", ("not",)), Run("and", ("and",)))),
    ],
)
def test_operators(text, tree):
    assert parse(text) == Query(text, tree)


@pytest.mark.parametrize(
    "text",
    ['"联合招商"', "＂联合招商＂", "“联合招商”", "「联合招商」", "『联合招商』", "〝联合招商〞"],
)
def test_quotation_marks_of_every_kind_mean_exactly(text):
    assert parse(text) == Query(text, Exact("联合招商", ("联合", "招商")))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"他说“好”了"', Exact("他说“好”了", ("他", "说", "好", "了"))),  # ASCII closes by itself
        ('"a\\"b"', Exact('a"b', ("a", "b"))),  # an escaped mark is a character
        ('5\\"屏', Run('5"屏', ("5", "屏"))),  # also outside quotations
        ("“a\\”b”", Exact("a”b", ("a", "b"))),  # marks of every kind
        ("说\\“好", Run("说“好", ("说", "好"))),
        ('"联合 招商"', Exact("联合 招商", ("联合", "招商"))),
        ('"使用 Docker 部署"', Exact("使用docker部署", ("使用", "docker", "部署"))),
        ('"長三角"', Exact("长三角", ("长三角",))),
        ('长三角"算力"', all_of(RIVER, Exact("算力", ("算力",)))),  # no space needed
        ('"“一点接入"', Exact("“一点接入", ("一点", "接入"))),
        ('"OR"', Exact("or", ("or",))),
        ('"-上海"', Exact("-上海", ("上海",))),
    ],
)
def test_what_stands_in_quotation_marks(text, tree):
    assert parse(text) == Query(text, tree)


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ('"长三角', RIVER, 'the quotation mark " is not closed; it was left out'),
        ("“长三角", RIVER, "the quotation mark “ is not closed; it was left out"),
        ("「长三角", RIVER, "the quotation mark 「 is not closed; it was left out"),
        ('长三角"', RIVER, 'the quotation mark " is not closed; it was left out'),
        (
            '"算力" "长三角',
            all_of(Exact("算力", ("算力",)), RIVER),
            'the quotation mark " is not closed; it was left out',
        ),
    ],
)
def test_an_unclosed_quotation_is_searched_with_a_note(text, tree, note):
    assert parse(text) == Query(text, tree, (note,))


def test_a_closing_mark_alone_is_punctuation():
    assert parse("长三角”").tree == RIVER


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("長三角", RIVER),
        ("產(chǎn)業(yè)", Run("产业", ("产业",))),  # pasted from an article, glosses and all
        ("-產(chǎn)業(yè)", Not(Run("产业", ("产业",)))),
        ('"產(chǎn)業(yè)"', Exact("产业", ("产业",))),
        ("ＢＩＭ＋ＧＩＳ", Run("bim+gis", ("bim+gis",))),
        ("５Ｇ", Run("5g", ("5g",))),
        ("长三角，算力", Run("长三角,算力", ("长三角", "算力"))),  # one run, its comma kept
        ("《长三角》", RIVER),  # punctuation at its ends taken off
        ("C++", Run("c++", ("c++",))),
        ("C#", Run("c#", ("c#",))),
        ("C#语言", Run("c#语言", ("c#", "语言"))),
        ("node.js", Run("node.js", ("node.js",))),  # Latin terms are asked for whole
        ("长三角5G", Run("长三角5g", ("长三角", "5g"))),
        ("示范区示范区", Run("示范区示范区", ("示范区",))),  # each word once
    ],
)
def test_queries_are_folded_like_texts(text, tree):
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "。，！？",
        "-",
        "--",
        '""',
        "“”",
        '" "',
        "“\u3000\u200b”",
        "OR",
        "NOT",
        "a"[:0],
        "| OR |",
        "+++",
        "\u200b",
        "\ud800",
        "👩\u200d👩",
        "\u0301",
        "NOT OR -",
    ],
)
def test_of_punctuation_only_there_is_no_tree(text):
    assert parse(text).tree is None
    assert parse(text, any_word=True).tree is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"😀"', Exact("😀", ())),
        ("“——”", Exact("——", ())),
        ("「？！」", Exact("?!", ())),
        ('"。 。"', Exact("。 。", ())),
        ('"\\""', Exact('"', ())),
        ('"\u0301"', Exact("\u0301", ())),
        ('"★" 上海 ☆', all_of(Exact("★", ()), WELL)),
        ('-"★"', Not(Exact("★", ()))),
        ('上海 OR "★"', either(WELL, Exact("★", ()))),
        ("exact:★", Original("★", Exact("★", ()))),
        ('exact:"？"', Original("？", Exact("?", ()))),
    ],
)
def test_signs_are_looked_for_where_they_are_quoted(text, tree):
    assert parse(text).tree == tree


def test_signs_have_no_distance():
    assert parse('"上海 ★ 长三角"~5').tree == parse('"上海 长三角"~5').tree
    assert parse('"上海 ★"~5') == Query(
        '"上海 ★"~5',
        Exact("上海 ★", ("上海",)),
        ("'~5' needs two words before it; it was left out",),
    )


def test_a_line_end_in_a_quotation_is_one_that_layout_made():
    assert parse('"联合\r\n \n招商，\n活动"').tree == parse('"联合招商，活动"').tree
    assert parse('"machine\nlearning"').tree == parse('"machine learning"').tree
    assert parse('"2\u2028ǎ"').tree == parse('"2 ǎ"').tree
    assert parse('exact:"联合\n招商"').tree == Original(
        "联合招商", Exact("联合招商", words_of("联合招商"))
    )


def test_operators_without_anything_beside_them_are_left_out():
    assert parse("OR 长三角 OR").tree == RIVER
    assert parse("长三角 NOT").tree == RIVER
    assert parse("长三角 OR 。 OR 算力").tree == either(RIVER, COMPUTING)
    assert parse("NOT NOT 上海").tree == Not(WELL)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("长三角 算力", either(RIVER, COMPUTING)),
        ("长三角算力", Run("长三角算力", ("长三角", "算力"), any_word=True)),  # of a run, too
        ("长三角", RIVER),
        ('"长三角算力" 上海', either(Exact("长三角算力", ("长三角", "算力")), WELL)),
        ("长三角 算力 -上海", all_of(either(RIVER, COMPUTING), Not(WELL))),
        ("-上海", Not(WELL)),
    ],
)
def test_any_word(text, tree):
    assert parse(text, any_word=True).tree == tree


@given(QUERIES)
def test_no_text_raises(text):
    for any_word in (False, True):
        query = parse(text, any_word)
        assert query.text == text
        assert all(OUTCOME.search(note) for note in query.notes), query.notes


@given(QUERIES)
def test_every_leaf_can_be_searched(text):
    tree = parse(text).tree
    for leaf, _ in leaves(tree) if tree is not None else ():
        for text in texts_of(leaf):
            assert text.literals
            if isinstance(leaf, Exact | Original) and not text.whole.searchable:
                assert text.text.strip()
                assert not text.words
                continue
            assert text.words
            assert text.whole.searchable
            assert all(literal.searchable for literal in text.literals)
            assert all(literal.grams or literal.prefixes for literal in text.literals)


def texts_of(leaf):
    match leaf:
        case Original(text, exact):
            assert text.strip()
            return [exact]
        case Near(parts, _):
            assert len(parts) > 1
            return parts
        case Prefix(text) | Fuzzy(text):
            assert words_of(text) == (text,)
            return []
        case _:
            return [leaf]


@given(QUERIES)
def test_the_words_of_a_run_stand_in_it(text):
    tree = parse(text).tree
    for leaf, _ in leaves(tree) if tree is not None else ():
        if isinstance(leaf, Run):
            assert all(word in leaf.text for word in leaf.words)
            assert all(literal.is_in(leaf.text) for literal in leaf.literals)


@given(QUERIES)
def test_both_widths_of_operators_parse_alike(text):
    # Blanks, minus and bars have a wide twin; quotation marks close only by their own kind.
    wide = text.replace(" ", "\u3000").replace("|", "｜").replace(" -", " －")
    narrow = wide.replace("\u3000", " ").replace("｜", "|").replace("－", "-")
    if not any(mark in text for mark in CLOSING):
        assert parse(wide).tree == parse(narrow).tree


@pytest.mark.parametrize(
    "part",
    ['"', "“", "“”", "-", "- ", "OR ", "NOT ", "(", "中", "a ", "a", "。", "产(chǎn)", '\\"', "𠮷"],
)
def test_a_thousand_characters_of_one_thing_end(part):
    query = parse((part * 1000)[:1000])
    assert len(query.notes) <= 1000


@settings(max_examples=5)
@given(st.text(SYNTAX, min_size=900, max_size=1000))
def test_a_thousand_characters_of_syntax_end(text):
    assert parse(text).text == text


@pytest.mark.parametrize(
    "text", ["长三角 -- 算力", "长三角 -！ 算力", '长三角 -"" 算力', "长三角 NOT , 算力"]
)
def test_a_minus_before_nothing_takes_no_other_word_away(text):
    query = parse(text)
    assert query.tree == all_of(RIVER, COMPUTING)
    assert query.notes == ("a minus before nothing to search for was left out",)
