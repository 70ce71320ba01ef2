"""Every engine: facets count all that answer, as they would be counted by hand."""

from collections import Counter

import pytest
from engine_cases import article, examples, tree
from engine_oracle import Oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from node_cases import histories, nodes, written
from plain_nodes import value_of

from search.engine import FIELDS, SORTS, SearchRequest
from search.text import fold

NAMES = ["author", "source", "folder", "format", "script", "year", "kind", "none"]
ALL = 10_000


def plain_facets(oracle, ids, name):
    """Return the values of these articles, counted, what folds alike in its usual spelling."""
    spelt = Counter(value_of(a, name) for a in oracle.articles if value_of(a, name))
    usual = {}
    for value in sorted(spelt, key=lambda value: (-spelt[value], value)):
        usual.setdefault(fold(value).text, value)
    held = [value_of(a, name) for a in oracle.articles if a.document.id in ids]
    counts = Counter(usual[fold(value).text] for value in held if value)
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


@given(
    history=histories,
    node=nodes,
    where=st.sampled_from([{}, {"format": "md"}, {"author": "臺灣"}]),
    since=st.sampled_from(["", "2024"]),
    groups=st.lists(st.integers(0, 4), min_size=10, max_size=10),
    sort=st.sampled_from(SORTS),
)
@settings(max_examples=examples(60), deadline=None)
def test_facets_are_counted_over_all_that_is_shown(
    new_home, history, node, where, since, groups, sort
):
    home = new_home()
    oracle = Oracle(written(home, history), FIELDS)
    members = [[str(n) for n, at in enumerate(groups) if at == group] for group in range(3)]
    copies = [group for group in members if len(group) > 1]
    options = {"where": where, "since": since, "sort": sort, "copies": copies}
    reader = home.engine.reader()
    ranking = reader.search(SearchRequest(node, ALL, **options))
    found = reader.facets(SearchRequest(node, 1, offset=3, **options), NAMES)
    ids = {document.id for document in ranking.documents}
    assert ranking.total == len(ids)
    for name in NAMES:
        assert tuple(found[name]) == plain_facets(oracle, ids, name), name


@pytest.fixture
def authors(home):
    names = ["甲", "乙", "臺灣", "台湾", "台湾", "乙", "", "丙"]
    home.commit(*(article(str(n), "产业", author=name) for n, name in enumerate(names)))
    return home.engine.reader()


def test_the_most_frequent_come_first_then_the_least(authors):
    found = authors.facets(SearchRequest(tree("产业")), ["author"])
    assert tuple(found["author"]) == (("台湾", 3), ("乙", 2), ("丙", 1), ("甲", 1))


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_no_more_values_than_asked_for(authors, most):
    found = authors.facets(SearchRequest(tree("产业")), ["author"], most)["author"]
    assert tuple(found) == (("台湾", 3), ("乙", 2), ("丙", 1), ("甲", 1))[:most]


def test_a_value_counts_as_many_as_it_finds(authors):
    for value, count in authors.facets(SearchRequest(tree("产业")), ["author"])["author"]:
        request = SearchRequest(tree("产业"), where={"author": value})
        assert authors.search(request).total == count


def test_where_nothing_answers_there_is_no_value(authors):
    assert authors.facets(SearchRequest(tree("没有")), ["author", "x"]) == {"author": (), "x": ()}
    assert authors.facets(SearchRequest(tree("产业")), []) == {}
