"""Every engine: of each group of copies the best that answers is found, the plain way and ours."""

import random

import pytest
from engine_cases import article, examples, tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import SORTS, SearchRequest
from search.engine.whoosh import articles, contenders

BODIES = ["产业", "产业产业", "产业链很长很长很长", "角", "产业 gis", "gis"]
rows = st.lists(
    st.tuples(st.sampled_from(BODIES), st.sampled_from(["", "2024", "2024-06-01", "2025-01-02"])),
    min_size=1,
    max_size=14,
)


def folded(reader, node, groups, **options):
    """Return (id, score) of all that answer, of each group the first alone: plainly."""
    found = reader.search(SearchRequest(node, limit=10_000, **options)).documents
    group_of = {i: at for at, group in enumerate(groups) for i in group}
    seen, kept = set(), []
    for document in found:
        group = group_of.get(document.id, document.id)
        if group not in seen:
            seen.add(group)
            kept.append((document.id, document.score))
    return kept


def paged(reader, node, groups, size, **options):
    """Return (id, score) of all pages one after the other, and the totals they tell."""
    pages, totals, offset = [], set(), 0
    while not pages or pages[-1]:
        request = SearchRequest(node, size, offset, copies=groups, **options)
        ranking = reader.search(request)
        pages.append([(d.id, d.score) for d in ranking.documents])
        totals.add(ranking.total)
        offset += size
    return [hit for page in pages for hit in page], totals


@given(
    rows=rows,
    more=rows,
    gone=st.sets(st.integers(0, 13)),
    groups=st.lists(st.integers(0, 6), min_size=28, max_size=28),
    sort=st.sampled_from(SORTS),
    since=st.sampled_from(["", "2024-06"]),
    size=st.integers(1, 5),
)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])
def test_pages_hold_the_best_of_each_group_once(
    new_home, rows, more, gone, groups, sort, since, size
):
    home = new_home()
    home.commit(*(article(f"{n:02}", body, date=date) for n, (body, date) in enumerate(rows)))
    later = [article(f"{n:02}", body, date=date) for n, (body, date) in enumerate(more, 14)]
    home.commit(*later, deleted=[f"{n:02}" for n in gone])
    # Numbers above 3 are in no group; some ids of the groups are not there.
    members = [[f"{n:02}" for n, at in enumerate(groups) if at == group] for group in range(4)]
    members = [group for group in members if len(group) > 1]
    reader = home.engine.reader()
    for query in ("产业", "gis OR 角", "-gis"):
        options = {"sort": sort, "since": since}
        expected = folded(reader, tree(query), members, **options)
        found, totals = paged(reader, tree(query), members, size, **options)
        assert [i for i, _ in found] == [i for i, _ in expected]
        assert [s for _, s in found] == pytest.approx([s for _, s in expected])
        assert totals == {len(expected)}


@pytest.mark.parametrize("sort", SORTS)
def test_where_only_contenders_are_scored_the_pages_are_the_same(home, monkeypatch, sort):
    monkeypatch.setattr(contenders, "FEW", 8)
    some = random.Random(4)
    home.commit(
        *(
            article(f"{n:03}", "产业" * some.randint(1, 9) + "链" * some.randint(0, 30))
            for n in range(300)
        )
    )
    ids = some.sample([f"{n:03}" for n in range(300)], 240)
    groups = [sorted(ids[at : at + 6]) for at in range(0, 240, 6)]
    reader = home.engine.reader()
    expected = folded(reader, tree("产业 链"), groups, sort=sort)
    found, totals = paged(reader, tree("产业 链"), groups, 7, sort=sort)
    assert [i for i, _ in found] == [i for i, _ in expected]
    assert totals == {len(expected)}


def test_very_many_copies_are_found_by_their_ids_as_few_are(home, monkeypatch):
    ids = [*(f"{n:03}" * (n % 4 + 1) for n in range(400)), "é", "𠮷", "a/文.txt"]
    home.commit(*(article(i, "产业") for i in ids[:200]))
    home.commit(*(article(i, "产业") for i in ids[200:]), deleted=ids[::7])
    groups = [sorted([*ids[at::5], f"no such id {at}", "x" * (80 + at)]) for at in range(5)]
    first = paged(home.engine.reader(), tree("产业"), groups, 2)  # page 1: documents looked up
    monkeypatch.setattr(articles, "MANY", 1_000)
    one_by_one = paged(home.reopened().reader(), tree("产业"), groups, 2)
    assert first == one_by_one
    left = [[i for i in group if i in ids and i not in ids[::7]] for group in groups]
    # All score the same, so the first id of each is the best.
    assert [i for i, _ in first[0]] == sorted((group[0] for group in left), key=str.encode)
