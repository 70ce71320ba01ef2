"""A query tree with what may stand for its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import And, Exact, Expanded, Expansion, In, Not, Run, expansions, literal, parse
from search.query.expansion import KINDS, Expander
from search.query.sounding import Sounding
from search.query.vocabulary import WordList

WORDS = WordList({"长三角": 9, "一体化": 7, "那么": 5, "西安": 3, "经典": 4, "name": 2, "seo": 1})
SYNONYMS = {"酒店": ("宾馆",), "k8s": ("kubernetes",)}
EXPANDER = Expander(KINDS, SYNONYMS, Sounding(WORDS))


def tree(query, any_word=False):
    return parse(query, any_word).tree


def others(query, expander=EXPANDER):
    return [(one.of, one.other, one.kind) for one in expansions(expander.expand(tree(query)))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("軟體", [("软体", "软件", "regional")]),
        ("打印机驱动", [("打印机", "印表机", "regional")]),
        ("U盘", [("u盘", "随身碟", "regional")]),  # cut into two words, in the table as one
        ("酒店", [("酒店", "宾馆", "synonym")]),
        ("K8s", [("k8s", "kubernetes", "synonym")]),
        ("第三届", [("第三届", "第3届", "number")]),
        ("35岁", [("35", "三十五", "number"), ("35岁", "三十五岁", "number")]),
        ("changsanjiao", [("changsanjiao", "长三角", "pinyin")]),
        ("ＣＨＡＮＧ'san'jiao", [("chang'san'jiao", "长三角", "pinyin")]),
        ("csj", [("csj", "长三角", "pinyin")]),
        ("chang san jiao", [("chang san jiao", "长三角", "pinyin")]),
        ("changsanjiao yitihua", [
            ("changsanjiao yitihua", "长三角一体化", "pinyin"),
            ("changsanjiao", "长三角", "pinyin"),
            ("yitihua", "一体化", "pinyin"),
        ]),
        ("xian", [("xian", "西安", "pinyin")]),
    ],
)  # fmt: skip
def test_what_may_stand_for_a_word_is_told(query, expected):
    assert others(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        '"軟體"',
        '"changsanjiao"',
        "「打印机」",
        "产业 -軟體",
        "-csj",
        "景点",  # Han typed: never by sound
        "chang",  # one syllable
        "cs",
        "chángsānjiǎo",  # with tones
        "changsan",
        "name",  # a word of the archive
        "seo",  # the same, of three initials
        "宏",
        "长三角",
    ],
)
def test_what_is_quoted_excluded_short_or_plain_stays_as_it_is(query):
    found = EXPANDER.expand(tree(query))
    assert expansions(found) == []
    assert found == tree(query)


def test_letters_of_three_syllables_are_pinyin_even_where_the_archive_has_them():
    words = WordList({"长三角": 9, "changsanjiao": 1, "csj": 1})
    expander = Expander(sounding=Sounding(words))
    assert others("changsanjiao", expander) == [("changsanjiao", "长三角", "pinyin")]
    assert others("csj", expander) == []


def test_words_of_the_archive_are_not_put_together_to_phrases():
    counts = {"长三角": 9, "一体化": 7}
    assert others("changsanjiaoyitihua", Expander(sounding=Sounding(WordList(counts))))
    known = WordList({**counts, "changsanjiaoyitihua": 1})
    assert others("changsanjiaoyitihua", Expander(sounding=Sounding(known))) == []


def test_syllables_typed_apart_are_one_node_beside_the_others():
    found = EXPANDER.expand(tree("产业 chang san jiao -上海"))
    group = And(tuple(Run(word, (word,)) for word in ("chang", "san", "jiao")))
    expansion = Expansion("chang san jiao", "长三角", "pinyin")
    assert found == And((
        Run("产业", ("产业",)),
        Expanded(group, (expansion,)),
        Not(Run("上海", ("上海",))),
    ))  # fmt: skip


def test_either_side_of_or_and_a_field_are_expanded():
    assert others("軟體 OR csj") == [("软体", "软件", "regional"), ("csj", "长三角", "pinyin")]
    found = EXPANDER.expand(In("title", tree("軟體")))
    assert isinstance(found, In)
    assert [one.other for one in expansions(found)] == ["软件"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_switched_by_itself(kind):
    query = "軟體 酒店 第三届 csj"
    assert {one[2] for one in others(query)} == set(KINDS)
    only = Expander([kind], SYNONYMS, EXPANDER.sounding)
    assert {one[2] for one in others(query, only)} == {kind}
    assert others(query, Expander((), SYNONYMS, EXPANDER.sounding)) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "軟體",
                "csj",
                "chang",
                "san",
                "jiao",
                "-",
                "OR",
                '"',
                "第三届",
                "x",
                "2024年",
                "(",
                ")",
            ]
        ),
        max_size=12,
    ).map(" ".join),
    st.booleans(),
)
def test_without_its_expansions_the_tree_is_the_one_that_was_typed(query, any_word):
    typed = tree(query, any_word)
    if typed is not None:
        assert flat(literal(EXPANDER.expand(typed))) == flat(typed)


def flat(node):
    """Return a tree without the groups that only expansion has put into it."""
    if isinstance(node, And):
        children = [flat(child) for child in node.children]
        parts = [c.children if isinstance(c, And) else (c,) for c in children]
        return And(sum(parts, ()))
    return node


def test_long_rows_of_syllables_are_answered_at_once():
    found = EXPANDER.expand(tree("a " * 400))
    assert expansions(found) == []


def test_a_quotation_beside_a_word_is_left_alone():
    found = EXPANDER.expand(tree('軟體 "軟體"'))
    assert isinstance(found, And)
    assert isinstance(found.children[1], Exact)
    assert len(expansions(found)) == 1
