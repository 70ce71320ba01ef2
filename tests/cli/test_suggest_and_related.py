"""`search suggest` and `search related`."""

import json

import pytest
from cli_cases import CHAIN, STATION

pytestmark = pytest.mark.usefixtures("here")


def test_suggestions_are_a_line_each(command):
    ran = command("suggest", "changsan")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "長三角"  # as the title of one of the seeds has it
    assert command("suggest", "长三", "--limit", "1").out == "長三角\n"


def test_suggestions_as_json_say_of_what_kind_they_are(command):
    first = json.loads(command("suggest", "--json", "csj").out.splitlines()[0])
    assert first == {"type": "suggestion", "version": 1, "text": "長三角", "kind": "word"}


def test_no_suggestion_ends_with_one(command):
    assert command("suggest", "龘") == (1, "", "")


def test_what_is_too_long_to_begin_a_query_ends_with_two(command):
    ran = command("suggest", "长" * 1001)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("search: cannot search for 1,001 characters")


def test_related_articles_are_a_line_each(command):
    ran = command("related", f"seeds/{STATION}")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1, ran.out
    line = ran.out.removesuffix("\n")
    score, article_id, path, title = line.split("\t")
    assert float(score) > 0
    assert (article_id, path) == (f"seeds/{CHAIN}", f"seeds/{CHAIN}")
    assert title.startswith("近期長三角")


def test_related_articles_as_json(command):
    shown = json.loads(command("related", "--json", f"seeds/{CHAIN}").out)
    assert (shown["type"], shown["version"], shown["rank"]) == ("related", 1, 1)
    assert (shown["id"], shown["author"]) == (f"seeds/{STATION}", "毛丽君")


def test_what_is_related_to_no_article_ends_with_one(command):
    assert command("related", "none.txt") == (
        1,
        "",
        "search: no article 'none.txt' in the index\n"
        "hint: run 'search QUERY' and use an id that it prints\n",
    )
