"""Dates, prefixes, fuzzy words, near texts: what each asks for, and what is text."""

import pytest
from query_cases import A, C, exact, run

from search.query import And, Dated, Fuzzy, Held, Near, Not, Or, Prefix, Query, parse


@pytest.mark.parametrize(
    ("value", "since", "until"),
    [
        ("2024", "2024", "2024"),
        ("2024-06", "2024-06", "2024-06"),
        ("2024-6-8", "2024-06-08", "2024-06-08"),
        ("2024/06/28", "2024-06-28", "2024-06-28"),
        ("2024.06", "2024-06", "2024-06"),
        ("２０２４－０６", "2024-06", "2024-06"),
        ("2024年", "2024", "2024"),
        ("2024年6月", "2024-06", "2024-06"),
        ("2024年6月28日", "2024-06-28", "2024-06-28"),
        ("2024年6月28號", "2024-06-28", "2024-06-28"),
        ("2024-01..2024-06", "2024-01", "2024-06"),
        ("2024年1月..2024年6月", "2024-01", "2024-06"),
        ("2024.1...2024.6", "2024-01", "2024-06"),
        ("2024..", "2024", ""),
        ("..2024-06-28", "", "2024-06-28"),
        ("2024..2020", "2020", "2024"),  # written backwards
        ("2024-06..2024", "2024-06", "2024"),  # not backwards: 2024 ends with its December
        ('"2024年 6月"', "2024-06", "2024-06"),
    ],
)
def test_dates(value, since, until):
    for name in ("date:", "日期："):
        assert parse(name + value) == Query(name + value, Dated(since, until))


@pytest.mark.parametrize(
    "value", ["昨天", "2024-13", "2024-02-30", "202", "2024-06/28", "2024-01..x"]
)
def test_what_is_no_date_is_searched_as_text(value):
    note = f"'{value}' is no date such as 2024-06-28; it was searched as text"
    assert parse(f"date:{value}") == Query(f"date:{value}", run(value), (note,))


def test_dates_in_a_group_are_alternatives():
    assert parse("date:(2022 OR 2024)").tree == Or((Dated("2022", "2022"), Dated("2024", "2024")))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("docker*", Prefix("docker")),
        ("Docker＊", Prefix("docker")),
        ("5g*", Prefix("5g")),
        ("2024*", Prefix("2024")),
        ("node.j*", Prefix("node.j")),
        ("docker**", Prefix("docker")),
        ("-docker*", Not(Prefix("docker"))),
        ("长三*", exact("长三")),  # found in longer words anyway
        ("《长三》*", exact("长三")),
        ("长三角5g*", And((run("长三角"), Prefix("5g")))),
        ("docker\\*", run("docker")),
        ("a\\*b", run("a*b")),
        ('"a*b"', exact("a*b")),
    ],
)
def test_a_star_at_the_end_of_a_word_is_a_prefix(text, tree):
    assert parse(text) == Query(text, tree)


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ("*", None, "a star counts only at the end of a word; '*' was left out"),
        ("＊＊ a", A, "a star counts only at the end of a word; '＊＊' was left out"),
        ("*ab", run("ab"), "a star counts only at the end of a word; '*ab' was searched as text"),
        ("a*b", run("a*b"), "a star counts only at the end of a word; 'a*b' was searched as text"),
        (
            "a*b*",
            run("a*b"),
            "a star counts only at the end of a word; 'a*b*' was searched as text",
        ),
        ("-*", None, "a star counts only at the end of a word; '-*' was left out"),
        ('"算力"*', exact("算力"), "a star counts only at the end of a word; '*' was left out"),
        ("C*", C, "one character is no prefix; 'C*' was searched as text"),
    ],
)
def test_other_stars_are_noted(text, tree, note):
    expected = note.replace("'-*'", "'*'")
    assert parse(text) == Query(text, tree, (expected,))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("docker~", Fuzzy("docker", 1)),
        ("docker～", Fuzzy("docker", 1)),
        ("docker~1", Fuzzy("docker", 1)),
        ("Docker~2", Fuzzy("docker", 2)),
        ("docker~0", run("docker")),
        ("covid-19~", Fuzzy("covid-19", 1)),
        ("3~5", run("3~5")),
        ("2020～", run("2020")),
        ("~/bin", run("bin")),
        ("a~b", run("a~b")),
        ("docker\\~", run("docker")),
        ('"docker~"', exact("docker~")),
    ],
)
def test_a_tilde_behind_letters_is_fuzzy(text, tree):
    assert parse(text) == Query(text, tree)


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        (
            "docker~5",
            Fuzzy("docker", 2),
            "at most 2 of its letters may differ; 'docker~5' was searched so",
        ),
        (
            "abcde~2",
            Fuzzy("abcde", 1),
            "at most 1 of its letters may differ; 'abcde~2' was searched so",
        ),
        ("你好~", run("你好"), "only letters can be fuzzy; '你好~' was searched as it stands"),
        ("ab~", run("ab"), "so few letters are not fuzzy; 'ab~' was searched as text"),
        ("v12~", run("v12"), "so few letters are not fuzzy; 'v12~' was searched as text"),
    ],
)
def test_other_tildes_are_noted(text, tree, note):
    assert parse(text) == Query(text, tree, (note,))


@pytest.mark.parametrize(
    ("text", "parts", "distance"),
    [
        ('"长三角 算力"~5', ("长三角", "算力"), 5),
        ("“长三角\u3000算力”～５", ("长三角", "算力"), 5),
        ('"长三角算力"~5', ("长三角", "算力"), 5),  # cut into its words
        ('"长三角算力 上海"~0', ("长三角算力", "上海"), 0),  # at its blanks where it has any
        ('"使用 docker 部署"~3', ("使用", "docker", "部署"), 3),
        ('"算力 上海 算力"~3', ("算力", "上海"), 3),  # each once
    ],
)
def test_a_quotation_with_a_distance_is_near(text, parts, distance):
    assert parse(text) == Query(text, Near(tuple(map(exact, parts)), distance))


@pytest.mark.parametrize(
    ("text", "tree", "note"),
    [
        ('"算力"~5', exact("算力"), "'~5' needs two words before it; it was left out"),
        ('"a b"~', exact("a b"), "'~' behind a quotation needs a number; it was left out"),
        (
            '"a b"~999',
            Near((exact("a"), exact("b")), 100),
            "near is 100 at most; '~999' was read so",
        ),
        (
            'author:"a b"~5',
            Held("author", "a b"),
            "'~5' counts in title and body only; it was left out",
        ),
        (
            '"a b c d e f g h i"~5',
            Near(tuple(map(exact, "abcdefgh")), 5),
            "more than 8 words cannot be near; the rest was left out",
        ),
    ],
)
def test_what_cannot_be_near_is_noted(text, tree, note):
    assert parse(text) == Query(text, tree, (note,))
