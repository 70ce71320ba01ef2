"""An answer that is broken off, wherever, leaves nothing behind that another could be wrong by."""

from contextlib import nullcontext

import pytest
from budget_cases import QUERIES, answered, build, interrupted

from search import Archive
from search.deadline import within
from search.errors import QueryTimeoutError
from tests.engine.whoosh_cases import sizes


@pytest.fixture(scope="module", params=[False, True], ids=["usual sizes", "small sizes"])
def archive(request, tmp_path_factory):
    with sizes() if request.param else nullcontext():
        yield build(tmp_path_factory.mktemp("budget"))


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_query_is_answered_rightly_after_it_was_broken_off(archive, query):
    plain = answered(archive, query)
    breaks = 0
    for _ in interrupted(lambda: answered(archive, query)):
        breaks += 1
        assert answered(archive, query) == plain
    assert breaks > 5


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_is_broken_off_before_anything_was_kept_is_answered_rightly(archive, query):
    plain = answered(archive, query)
    opened = []

    def ask_anew():
        opened.append(Archive.open(archive.index))
        answered(opened[-1], query)

    for _ in interrupted(ask_anew, step=23):
        assert answered(opened[-1], query) == plain


@pytest.mark.parametrize(
    "options",
    [
        {"sort": "newest"},
        {"explain": True, "any_word": True},
        {"fold": False, "recency": 0.5, "where": {"author": "甲"}},
        {"fields": ["title"], "since": "2021", "limit": 2, "offset": 1},
    ],
    ids=str,
)
def test_whatever_else_is_asked_for(archive, options):
    query = "产业 OR 算力 OR doc*"
    plain = answered(archive, query, **options)
    for _ in interrupted(lambda: answered(archive, query, **options)):
        assert answered(archive, query, **options) == plain


def test_another_query_is_answered_rightly_too(archive):
    plain = {query: answered(archive, query) for query in QUERIES}
    others = iter(QUERIES * 1000)
    for query in QUERIES:
        for _ in interrupted(lambda query=query: answered(archive, query), step=5):
            other = next(others)
            assert answered(archive, other) == plain[other]


def test_articles_suggestions_analyses_and_related_ones_are_broken_off_as_well(archive):
    def ask():
        return (
            archive.article("docs/b.txt", '产业 kubernetes~2 doc* 原文:"後"'),
            archive.suggest("chan"),
            archive.analyze('产业 OR "算力 的"~3'),
            [hit.id for hit in archive.related("docs/a.txt")],
            [hit.id for hit in archive.newest()],
        )

    plain = ask()
    breaks = 0
    for _ in interrupted(ask):
        breaks += 1
        assert ask() == plain
    assert breaks > 50


def test_who_is_refused_is_told_what_to_leave_out(archive):
    never = 1e-9
    with pytest.raises(QueryTimeoutError) as caught:
        archive.search('港口 原文:"後" 产业*', seconds=never)
    assert str(caught.value) == "cannot answer within 1e-09 s: too much has to be looked through"
    assert caught.value.hint == "leave out 'exact:\"後\"', or search for fewer and rarer words"
    with pytest.raises(QueryTimeoutError) as caught:
        archive.search("港口", seconds=never)
    assert caught.value.hint == "search for fewer words, or for rarer ones"


def test_the_budget_of_an_archive_is_that_of_all_its_answers(archive):
    hurried = Archive.open(archive.index, seconds=1e-9)
    for ask in (
        lambda: hurried.search("产业"),
        lambda: hurried.article("docs/b.txt", "产业"),
        lambda: hurried.suggest("产"),
        lambda: hurried.analyze("产业"),
        lambda: hurried.related("docs/a.txt"),
        hurried.newest,
    ):
        with pytest.raises(QueryTimeoutError):
            ask()
    assert hurried.search("产业", seconds=0).total == archive.search("产业").total


def test_what_is_made_of_an_answer_later_is_broken_off_as_well_and_made_again(archive):
    found, misspelt = archive.search("产业"), archive.search("kuberntes")
    parts = (
        lambda: found.hits[0].snippets,
        lambda: found.hits[0].title_spans,
        lambda: misspelt.did_you_mean,
        lambda: found.related_queries,
    )
    for part in parts:
        with pytest.raises(QueryTimeoutError), within(1e-9):
            part()
    again = archive.search("产业")
    assert found.hits[0].snippets == again.hits[0].snippets != []
    assert found.hits[0].title_spans == again.hits[0].title_spans
    assert misspelt.did_you_mean == "kubernetes"
    assert found.related_queries == again.related_queries
