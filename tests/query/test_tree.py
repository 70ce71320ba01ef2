"""The tree itself: what it asks for."""

from search.analysis import Literal
from search.query import And, Exact, Not, Or, Run, leaves, parse, required_words, wanted, words_of


def tree_of(text: str) -> Run | Exact | And | Or | Not:
    tree = parse(text).tree
    assert tree is not None
    return tree


def test_a_run_asks_for_each_of_its_words_and_a_quotation_for_all_of_itself():
    assert Run("长三角算力", ("长三角", "算力")).literals == (Literal("长三角"), Literal("算力"))
    assert Run("长三角算力", ("长三角", "算力")).whole == Literal("长三角算力")
    assert Exact("长三角算力", ("长三角", "算力")).literals == (Literal("长三角算力"),)


def test_leaves_come_in_the_order_of_the_query_with_whether_they_are_excluded():
    found = [(leaf.text, negated) for leaf, negated in leaves(tree_of('甲 "乙" OR 丙 -丁'))]
    assert found == [("甲", False), ("乙", False), ("丙", False), ("丁", True)]


def test_excluding_twice_is_asking_for():
    leaf = Run("甲", ("甲",))
    assert list(leaves(Not(Not(leaf)))) == [(leaf, False)]


def test_only_what_is_not_excluded_is_wanted():
    assert [leaf.text for leaf in wanted(tree_of("长三角 -上海"))] == ["长三角"]
    assert wanted(tree_of("-上海")) == []


def test_words_of_alternatives_are_not_required():
    assert required_words(tree_of("长三角算力")) == [("长三角", True), ("算力", True)]
    assert required_words(tree_of("长三角 OR 算力")) == [("长三角", False), ("算力", False)]
    assert required_words(tree_of('"长三角算力" -上海')) == [("长三角算力", True)]


def test_a_word_required_anywhere_is_required():
    either = Or((Run("甲", ("甲",)), Run("乙", ("乙",))))
    assert required_words(And((either, Run("甲", ("甲",))))) == [("甲", True), ("乙", False)]


def test_latin_terms_are_words_only_whole():
    assert words_of("长三角bim+gis用5g") == ("长三角", "bim+gis", "用", "5g")
    assert words_of("，。") == ()
