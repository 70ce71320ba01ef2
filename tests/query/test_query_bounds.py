"""Deep nesting, thousands of clauses, many notes: all bounded, and said."""

import pytest
from query_cases import A

from search.query import And, In, Not, Or, Query, parse


def depth(node) -> int:
    match node:
        case And(children) | Or(children):
            return 1 + max(map(depth, children))
        case Not(child) | In(_, child):
            return 1 + depth(child)
        case _:
            return 0


@pytest.mark.parametrize("piece", ["(", "（", "-(", "title:(", "a (b OR -(", "author:("])
def test_ten_thousand_brackets_nest_no_deeper_than_their_bound(piece):
    query = parse(piece * 10_000 + "a" + ")" * 10_000)
    assert query.tree is not None
    assert depth(query.tree) <= 4 * 32
    assert query.notes[0] == "brackets more than 32 deep are too many; the rest was left out"


def test_brackets_up_to_the_bound_are_all_read():
    assert parse("(" * 32 + "a" + ")" * 32) == Query("(" * 32 + "a" + ")" * 32, A)
    assert parse("-(" * 32 + "a" + ")" * 32).notes == ()


@pytest.mark.parametrize("join", [" ", " OR ", " -", " title:", "* ", '" "'])
def test_of_ten_thousand_clauses_the_first_are_searched(join):
    query = parse(join.join(f"w{at:05}" for at in range(10_000)))
    assert isinstance(query.tree, (And, Or))
    assert len(query.tree.children) == 256
    assert query.notes[-1] == "a query has 256 words at most; the rest was left out"


def test_a_query_of_as_many_words_as_are_allowed_has_no_note():
    assert parse(" ".join(["a"] * 256)).notes == ()


def test_notes_are_few_each_once_and_short():
    assert len(parse("“ " * 500).notes) == 1
    notes = parse(" ".join(f"*x{at}" for at in range(100))).notes
    assert len(notes) == 20
    assert notes[-1] == "and more of the kind; not all was read as typed"
    (note,) = parse(f"*{'x' * 900}").notes
    assert note == f"a star counts only at the end of a word; '*{'x' * 39}…' was searched as text"


@pytest.mark.parametrize("text", ["OR a", "a OR", "a OR OR b", "a OR 。"])
def test_an_or_with_nothing_beside_it_is_noted(text):
    assert parse(text).notes == ("an OR with nothing beside it was left out",)


READING_NOTE = "a query has 8 near, exact: or punctuated quotations at most; the rest was left out"


@pytest.mark.parametrize(
    "form", ['"的，{}"', '原文:"後{}"', '"的 {}"~9', 'title:"的，{}"', "“{}、”"]
)
@pytest.mark.parametrize("join", [" ", " OR ", " -"])
def test_of_clauses_that_read_texts_the_first_eight_are_searched(form, join):
    typed = [form.format(chr(ord("一") + at)) for at in range(38)]
    query = parse(join.join(typed))
    assert query.notes == (READING_NOTE,)
    assert query.tree == parse(join.join(typed[:8])).tree
    assert parse(join.join(typed[:8])).notes == ()


def test_kinds_of_clauses_that_read_texts_count_together():
    five, four = ['"甲，乙"'] * 5, ['原文:"後"', '"甲 乙"~3'] * 2
    assert parse(" ".join(five + four[:3])).notes == ()
    assert parse(" ".join(five + four)).notes == (READING_NOTE,)


def test_clauses_that_read_no_texts_are_not_among_the_eight():
    typed = " OR ".join(f'"软件{at}" 算力{at} "open source"' for at in range(60))
    assert parse(typed).notes == ()
    assert parse(f'{typed} OR "甲，乙"').notes == ()


def test_a_group_of_which_all_was_left_out_leaves_the_others():
    eight = " ".join(f'"甲，{at}"' for at in range(8))
    query = parse(f'{eight} a (原文:"後" OR "丙，丁") -"戊，己"')
    assert query.tree == parse(f"{eight} a").tree
    assert query.notes == (READING_NOTE,)
