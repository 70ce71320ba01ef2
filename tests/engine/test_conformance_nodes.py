"""Every engine: fields, prefixes, fuzzy tokens, nearness, originals and filters, as the oracle."""

import plain_nodes
import pytest
from engine_cases import article, examples
from engine_oracle import Oracle, differences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from node_cases import exact, histories, nodes, original, written

from search.engine import FIELDS, SearchRequest
from search.errors import UnsupportedError
from search.query import And, Exact, Fuzzy, Held, In, Near, Or, Prefix


@given(
    history=histories,
    asked=st.lists(nodes, min_size=1, max_size=6),
    fields=st.sampled_from([FIELDS, FIELDS, ("title",), ("body",)]),
)
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_node_finds_scores_and_names_words_as_the_oracle_after_any_history(
    new_home, history, asked, fields
):
    home = new_home()
    live = written(home, history)
    oracle = Oracle(live, fields)
    for node in asked:
        assert (
            differences(home.scored(node, fields=fields), oracle.answers(node), home.within) == []
        ), node
        ranking = home.engine.reader().search(SearchRequest(node, fields=fields))
        if ranking.total:
            assert ranking.terms == oracle.terms(node)


@pytest.fixture
def words(home):
    home.commit(
        article("a", "用 Docker 部署"),
        article("b", "docker-compose 和 kubernetes"),
        article("c", "dokcer", title="Docker"),
        article("d", "5G 与 gpt4o，dock"),
    )
    return home


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (Prefix("dock"), "abcd"),
        (Prefix("docker"), "abc"),
        (Prefix("docker-c"), "b"),
        (Prefix("compose"), "b"),
        (Prefix("g"), "d"),
        (Prefix("gpt4"), "d"),
        (Prefix("部"), "a"),
        (Prefix("，"), ""),
        (Fuzzy("docker"), "abc"),
        (Fuzzy("dcoker"), "abc"),
        (Fuzzy("do", 1), ""),
        (Fuzzy("dok", 1), "d"),
        (Fuzzy("dick", 2), "d"),
        (Fuzzy("kubernets"), "b"),
        (Fuzzy("kubrnets"), ""),
        (Fuzzy("kubrnets", 2), "b"),
        (Fuzzy("5f"), ""),
        (In("title", Fuzzy("docker")), "c"),
        (In("body", Prefix("docker")), "ab"),
    ],
)
def test_prefixes_and_fuzzy_tokens_find_whole_tokens(words, node, found):
    assert sorted(words.found(node)) == list(found)


@pytest.mark.parametrize(
    ("parts", "distance", "found"),
    [
        (("长江", "产业"), 0, ["touching"]),
        (("长江", "产业"), 2, ["apart", "touching"]),
        (("产业", "长江"), 2, ["apart", "touching"]),
        (("长江", "产业"), 3, ["apart", "sentence", "touching"]),
        (("江", "江"), 9, []),
        (("江的的", "的产"), 9, []),
        (("江的", "的产"), 0, ["apart"]),
        (("长江", "产业", "docker"), 1, ["touching"]),
        (("江产业，docker", "长"), 0, ["touching"]),
    ],
)
def test_near_counts_what_lies_between_in_any_order(home, parts, distance, found):
    home.commit(
        article("touching", "长江产业，docker"),
        article("apart", "长江的的产业"),
        article("sentence", "产业的。的长江"),
        article("fields", "产业", title="长江"),
    )
    assert sorted(home.found(Near(tuple(map(exact, parts)), distance))) == found


def test_more_texts_than_can_be_ordered_are_refused(home):
    home.commit(article("a"))
    with pytest.raises(UnsupportedError, match="cannot look for 9 texts near each other"):
        home.found(Near((exact("正"),) * 9, 5))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("後", ["double", "gloss", "old"]),
        ("后", ["double", "new"]),
        ("以後", ["gloss", "old"]),
        ("後后", []),
        ("后後", ["double"]),
        ("GIS", ["gis"]),
        ("gis", []),
        ("用GIS", ["gis"]),
    ],
)
def test_an_original_is_what_the_author_wrote(home, typed, found):
    home.commit(
        article("old", "以後"),
        article("new", "以后，皇后"),
        article("gloss", "以後(hòu)"),
        article("double", "后後後"),
        article("gis", "用 GIS 看"),
    )
    assert sorted(home.found(original(typed))) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("中国", ["joined"]),
        ("中 国", ["spaced"]),
        ("中　国", ["spaced"]),
        ("用G", ["apart", "together"]),
    ],
)
def test_the_spaces_of_an_original_count_as_those_of_a_quotation(home, typed, found):
    home.commit(
        article("joined", "中国"),
        article("spaced", "中 国"),
        article("together", "用G"),
        article("apart", "用 G"),
    )
    assert sorted(home.found(original(typed))) == found


def test_what_no_article_has_is_held_by_none(home):
    home.commit(article("a", author="甲"))
    assert home.found(Held("section", "x")) == []
    assert home.found(And((Exact("正文", ("正文",)), Held("section", "x")))) == []
    assert home.found("正文", where={"section": "x"}) == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("source", "报", ["1", "2", "3"]),
        ("source", "報/年/", ["3"]),
        ("source", "报/一.txt", ["1"]),
        ("source", "报/", ["1", "2", "3"]),
        ("source", "一.txt", []),
        ("source", "all.jsonl", ["4", "5"]),
        ("folder", "报", ["1", "2"]),
        ("format", "txt", ["1", "3"]),
        ("format", ".HTM", ["2"]),
        ("format", "jsonl", ["4", "5"]),
        ("script", "traditional", ["1"]),
        ("script", "simplified", ["2"]),
        ("script", "mixed", ["3"]),
        ("script", "other", ["4", "5"]),
        ("year", "2024", ["1", "2"]),
    ],
)
def test_columns_are_told_of_every_article(home, name, value, found):
    home.commit(
        article("1", "產業鏈", source="报/一.txt", date="2024"),
        article("2", "产业链", source="报/二.html", date="2024-06-28"),
        article("3", "產業产业", source="报/年/三.txt.gz", date="2023"),
        article("4", "的", source="all.jsonl"),
        article("5", "GIS", source="all.jsonl"),
    )
    assert sorted(home.found(Held(name, value))) == found
    assert sorted(home.found(Or((Prefix(""), Held(name, value))), where={name: value})) == found


def test_names_of_columns_are_those_with_values(home):
    assert home.engine.reader().columns() == []
    home.commit(article("1", "产业", source="报/一.txt", metadata={"版": "1", "script": "甲骨"}))
    assert home.engine.reader().columns() == ["folder", "format", "script", "source", "版"]
    home.commit(article("2", author="甲", date="2024"))
    assert {"author", "year"} <= set(home.engine.reader().columns())


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("docker", "dokcer", 1),
        ("ca", "abc", 3),
        ("a", "", 1),
        ("gis", "gist", 1),
        ("abcd", "badc", 2),
    ],
)
def test_the_plain_distance_is_the_one_worked_out_by_hand(one, other, far):
    assert plain_nodes.distance(one, other) == far
