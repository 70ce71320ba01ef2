"""What is typed is cut as the articles were: by the words of the user's dictionary."""

import pytest

from search.analysis.dictionary_file import read_dictionary
from search.query import And, Exact, In, Not, Or, Prefix, Run, parse
from search.query.expansion import Expander
from search.query.printer import printed
from search.query.steps import steps
from search.query.walks import expansion_leaves

WORDS, _ = read_dictionary(
    "容器编排\n卡拉OK\nNew York\nA*算法\nC#语言\n让·雷诺\n江大桥 0\nbim+gis 0\nYork 大学\n", "d"
)


def tree(query, **options):
    return parse(query, dictionary=WORDS, **options).tree


def shape(node):
    """Return a tree as (text, words), quotations with their marks, groups as lists."""
    match node:
        case Run(text, words):
            return text, words
        case Exact(text, words):
            return f'"{text}"', words
        case Not(child):
            return "-", shape(child)
        case In(field, child):
            return field, shape(child)
        case And(children) | Or(children):
            return [type(node).__name__, *map(shape, children)]
        case _:
            return node


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("容器編排平台", ("容器编排平台", ("容器编排", "平台"))),
        ("去卡拉OK唱歌", ("去卡拉ok唱歌", ("去", "卡拉ok", "唱歌"))),
        ("A*算法", ("a*算法", ("a*算法",))),
        ("C#语言", ("c#语言", ("c#语言",))),
        ("让·雷诺", ("让·雷诺", ("让·雷诺",))),
        ("BIM+GIS", ("bim+gis", ("bim", "gis"))),
        ('"容器编排平台"', ('"容器编排平台"', ("容器编排", "平台"))),
        ("New York", ("new york", ("new york",))),
        ("new　YORK", ("new york", ("new york",))),
        ("-New York", ("-", ("new york", ("new york",)))),
        ("title:New York", ("title", ("new york", ("new york",)))),
        ("New York大学", ("new york大学", ("new york", "大学"))),
        ("York 大学", ("york 大学", ("york大学",))),  # blanks before Han count for nothing
        ("去卡拉 OK", ("去卡拉 ok", ("去", "卡拉ok"))),
        ("New OR York", ["Or", ("new", ("new",)), ("york", ("york",))]),
        ("New -York", ["And", ("new", ("new",)), ("-", ("york", ("york",)))]),
        ('New "York"', ["And", ("new", ("new",)), ('"york"', ("york",))]),
        ("酒店 New York", ["And", ("酒店", ("酒店",)), ("new york", ("new york",))]),
        ("New York*", ["And", ("new", ("new",)), Prefix("york")]),
    ],
)  # fmt: skip
def test_a_query_is_cut_by_the_dictionary(query, expected):
    assert shape(tree(query)) == expected


def test_without_the_dictionary_it_is_cut_as_ever():
    assert shape(parse("容器编排 New York").tree) == [
        "And",
        ("容器编排", ("容器", "编排")),
        ("new", ("new",)),
        ("york", ("york",)),
    ]


@pytest.mark.parametrize("query", ["A*算法", "卡拉OK C#语言", "New York"])
def test_signs_inside_words_need_no_note(query):
    assert parse(query, dictionary=WORDS).notes == ()
    assert parse("A*算法").notes != ()


@pytest.mark.parametrize("query", ["New York", "酒店 (New York OR 容器编排) -去卡拉OK唱歌"])
def test_a_printed_tree_is_read_as_the_same(query):
    assert tree(printed(tree(query))) == tree(query)


def test_steps_tell_the_words_that_were_asked_for():
    assert [(s.typed, s.words) for s in steps("New York 容器编排", dictionary=WORDS)] == [
        ("New York", ("new york",)),
        ("容器编排", ("容器编排",)),
    ]


def test_expansions_score_by_the_words_they_were_cut_into():
    expander = Expander(("synonym",), {"k8s": ("容器编排平台",)}, dictionary=WORDS)
    (leaf,) = expansion_leaves(expander.expand(tree("k8s")))
    assert leaf == Exact("容器编排平台", ("容器编排", "平台"))
