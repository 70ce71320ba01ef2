"""A corrected query as its reader would have typed it."""

import pytest

from search.query import parse, printed
from search.query.misspelling import Change
from search.query.retyping import corrected, retyped
from search.query.tree import And, Or, Run


def runs(node):
    if isinstance(node, Run):
        return [node]
    return (
        [run for child in node.children for run in runs(child)] if hasattr(node, "children") else []
    )


def change(tree, of, other):
    run = next(run for run in runs(tree) if of in run.text)
    at = run.text.index(of)
    return Change(run, at, at + len(of), other, 1)


def typed_again(query, *pairs, any_word=False):
    tree = parse(query, any_word).tree
    return retyped(query, tree, [change(tree, *pair) for pair in pairs], any_word)


@pytest.mark.parametrize(
    ("query", "pairs", "expected"),
    [
        ("长三脚", [("长三脚", "长三角")], "长三角"),
        ("長三腳　算力", [("长三脚", "长三角")], "长三角　算力"),
        ("Kubernets 集群", [("kubernets", "kubernetes")], "Kubernetes 集群"),
        ("KUBERNATES", [("kubernates", "kubernetes")], "KUBERNETES"),
        ("ｋｕｂｅｒｎｅｔｓ", [("kubernets", "kubernetes")], "kubernetes"),
        ("pyhton", [("pyhton", "python")], "python"),
        ("用Kubernets部署", [("kubernets", "kubernetes")], "用Kubernetes部署"),
        ("末来 -“末来” title:末来", [("末来", "未来")], "未来 -“末来” title:末来"),
        ('"末来" 末来', [("末来", "未来")], '"末来" 未来'),
        ("(末来 OR 芯片) -上海", [("末来", "未来")], "(未来 OR 芯片) -上海"),
        ("末来 kubernets", [("末来", "未来"), ("kubernets", "kubernetes")], "未来 kubernetes"),
        ("末来（mò）", [("末来", "未来")], "未来（mò）"),
        ("程序圆", [("程序圆", "程序员")], "程序员"),
        ("末(mò)来", [("末来", "未来")], "未来"),
        ("末来 末来", [("末来", "未来")], "未来 未来"),
    ],
)
def test_all_else_stays_as_it_was_typed(query, pairs, expected):
    assert typed_again(query, *pairs) == expected


def test_where_the_place_is_not_to_be_told_the_tree_is_printed():
    query = "kubernets 末\\-来"
    tree = parse(query).tree
    escaped = Change(next(r for r in runs(tree) if "末" in r.text), 0, 1, "未", 1)
    again = retyped(query, tree, [escaped])
    assert parse(again).tree == corrected(tree, [escaped])


def test_any_of_the_words_stays_any():
    assert typed_again("末来 算力", ("末来", "未来"), any_word=True) == "未来 算力"


def test_the_corrected_tree_is_that_of_the_corrected_query():
    tree = parse("(末来 OR 芯片) 上海").tree
    assert isinstance(tree, And)
    assert isinstance(tree.children[0], Or)
    found = corrected(tree, [change(tree, "末来", "未来")])
    assert found == parse("(未来 OR 芯片) 上海").tree
    assert printed(found) == "(未来 OR 芯片) 上海"
