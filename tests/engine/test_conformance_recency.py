"""Every engine: the weight of recency is that of a plain computation, and off by default."""

from datetime import date

import pytest
from engine_cases import article, examples, tree
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh_cases import sizes

from search.engine import LITERAL, SearchRequest

DATES = ["", "0726", "1999-12-31", "2023", "2023-06", "2024-02-29", "2024-06-28", "2024-06-29"]
ALL = 1_000


def plain_factors(dated, weight):
    """Return the factor of each id, of id → ISO date."""
    days = {i: _day(text) for i, text in dated.items() if text}
    newest = max(days.values(), default=0)
    gained = {i: weight * 2 ** (-(newest - day) / 365.25) for i, day in days.items()}
    return {i: 1 + gained.get(i, 0) for i in dated}


def _day(text):
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return date(year, month, day).toordinal()


def scores(home, query, **options):
    found = home.engine.reader().search(SearchRequest(tree(query), ALL, **options)).documents
    return {one.id: one.score for one in found}, [one.id for one in found]


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(DATES), st.integers(0, 4), st.integers(0, 2)), min_size=1
    ),
    weight=st.floats(0, 1),
    deleted=st.booleans(),
)
@settings(max_examples=examples(60), deadline=None)
def test_scores_are_multiplied_as_by_hand(new_home, rows, weight, deleted):
    home = new_home()
    articles = [
        article(f"{n:02}", "产业" * times + "链" * others, date=dated)
        for n, (dated, times, others) in enumerate(rows)
    ]
    home.commit(*articles[::2])
    home.commit(*articles[1::2], deleted=["00"] if deleted else [])
    left = {a.id: a.date for a in articles if not (deleted and a.id == "00")}
    factors = plain_factors(left, weight)
    plain, _ = scores(home, "产业")
    found, order = scores(home, "产业", recency=weight)
    expected = {i: score * factors[i] for i, score in plain.items()}
    assert found == pytest.approx(expected, rel=1e-12 if home.within < 1e-6 else 1e-6)
    assert order == sorted(order, key=lambda i: (-found[i], i))
    with sizes({}, contenders__FEW=0):  # which would choose by what the terms add up to
        request = SearchRequest(tree("产业"), 2, recency=weight)
        first = home.engine.reader().search(request).documents
    assert [one.id for one in first] == order[:2]


@pytest.fixture
def shelf(home):
    home.commit(
        article("new", "长三角的产业", date="2024-06-28"),
        article("old", "产业产业产业", date="2004"),
        article("undated", "产业产业"),
    )
    return home


def test_off_by_default_and_then_the_newer_wins(shelf):
    assert shelf.found("产业") == ["old", "undated", "new"]
    assert shelf.found("产业", recency=1.0) == ["new", "old", "undated"]
    assert scores(shelf, "产业", recency=0.0) == scores(shelf, "产业")


def test_what_recency_adds_is_explained(shelf):
    request = SearchRequest(tree("产业"), explain=True, recency=0.5)
    found = {one.id: one for one in shelf.engine.reader().search(request).documents}
    for one in found.values():
        assert sum(part.score for part in one.contributions) == pytest.approx(one.score)
    last = found["new"].contributions[-1]
    assert (last.kind, last.term) == ("recency", "50%")
    assert last.score == pytest.approx(found["new"].score / 3)
    assert "recency" not in {part.kind for part in found["undated"].contributions}


def test_what_lacks_words_gains_nothing(shelf):
    plain = shelf.engine.reader().search(SearchRequest(tree("长三角 天气"), relax=True))
    dated = shelf.engine.reader().search(
        SearchRequest(tree("长三角 天气"), relax=True, recency=1.0)
    )
    assert plain.documents
    assert all(one.reading != LITERAL for one in plain.documents)
    assert [one.score for one in dated.documents] == [one.score for one in plain.documents]


def test_an_archive_without_dates_is_as_it_was(home):
    home.commit(article("a", "产业"), article("b", "产业链"))
    assert scores(home, "产业", recency=1.0) == scores(home, "产业")
