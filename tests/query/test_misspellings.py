"""What may be misspelt in a query, and as which words of a vocabulary it was meant."""

import pytest

from search.analysis import distance
from search.analysis.dictionary import NONE
from search.query import parse
from search.query.misspelling import changes, clearly_more, few_of, whole
from search.query.sounding import Sounding
from search.query.vocabulary import WordList

WORDS = {
    "长三角": 90,
    "未来": 50,
    "已经": 80,
    "程序员": 40,
    "市场": 60,
    "了解": 30,
    "李晓明": 60,
    "李小明": 1,
    "己经": 2,
    "kubernetes": 40,
    "torvalds": 30,
    "demo": 30,
    "deno": 1,
    "zip": 90,
    "u2004": 50,
}


class FakeCounts:
    """Counts words as articles, and finds Latin ones that are alike."""

    few = 15
    dictionary = NONE

    def articles(self, text):
        return WORDS.get(text, 0)

    def alike(self, word, edits):
        near = {other: distance(other, word, edits) for other in WORDS if other.isascii()}
        found = [other for other in near if 0 < near[other] <= edits]
        return sorted(found, key=lambda other: (near[other], -WORDS[other]))


def meant(query, understood=()):
    tree = parse(query).tree
    found = changes(tree, understood, Sounding(WordList(WORDS)), FakeCounts())
    return [(change.of, change.other) for change in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kubernets", [("kubernets", "kubernetes")]),
        ("Kubrnetse 集群", [("kubrnetse", "kubernetes")]),  # two edits
        ("长三脚", [("长三脚", "长三角")]),  # one sound
        ("常三叫", [("常三叫", "长三角")]),  # three others, one sound
        ("長三腳", [("长三脚", "长三角")]),
        ("末来", [("末来", "未来")]),  # one look
        ("己经", [("己经", "已经")]),  # somebody else wrote so, and far fewer
        ("程序圆", [("程序圆", "程序员")]),  # cut into 程序 and 圆
        ("kubernets 末来", [("kubernets", "kubernetes"), ("末来", "未来")]),
        ("kubernets OR 算力", [("kubernets", "kubernetes")]),
    ],
)
def test_a_word_is_taken_for_one_that_sounds_looks_or_is_spelt_like_it(query, expected):
    assert meant(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "长三角",  # is in many articles
        "未来 kubernetes",
        "李小明",  # a name that stands, and sounds like another
        "deno",  # a short word that stands
        "zap",  # so short a word is like many
        "市长",  # in the dictionary, though in no article
        "u2005",  # other digits are another number
        "abcdefgh",
        '"末来"',
        "“长三脚”",
        "title:末来",
        "author:kubernets",
        "exact:己经",
        "-kubernets",
        "算力 -末来",
        "kubernets~ kuber*",
    ],
)
def test_nothing_else_is_taken_for_another(query):
    assert meant(query) == []


def test_what_expansion_understands_is_no_misspelling():
    assert meant("torvald") == [("torvald", "torvalds")]
    assert meant("torvald", {"torvald"}) == []


def test_fewer_edits_come_first():
    assert [other for _, other in meant("常三叫 末来")] == ["未来", "长三角"]


def test_of_long_queries_only_the_beginning_is_looked_at():
    filler = " ".join(f"x{number}" for number in range(80))
    assert meant(f"末来 {filler}") == [("末来", "未来")]
    assert meant(f"{filler} 末来") == []


@pytest.mark.parametrize(
    ("found", "before", "more"),
    [
        (0, 0, False),
        (1, 0, True),
        (9, 1, False),
        (10, 1, True),
        (19, 2, False),
        (20, 2, True),
        (149, 3, False),
        (150, 3, True),
    ],
)
def test_clearly_more_is_ten_times_and_fifty_where_some_are_found(found, before, more):
    assert clearly_more(found, before) is more


def test_few_articles_are_three_or_one_in_five_hundred():
    assert [few_of(articles) for articles in (0, 2, 2_000, 7_823)] == [3, 3, 4, 15]


def test_a_short_run_that_was_cut_is_asked_for_whole():
    tree = parse("程序圆 算力").tree
    assert whole(tree) == parse('"程序圆" 算力').tree
    for query in ("算力", "用c程序", "人工智能产业链示范区的程序圆", "title:程序圆"):
        tree = parse(query).tree
        assert whole(tree) is tree
