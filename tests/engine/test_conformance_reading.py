"""Every engine: what comes back of a document, in which order, and from which part of the list."""

import pytest
from engine_cases import article, tree
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Heading, SearchRequest
from search.text import fold

DATES = {"day": "2024-06-28", "month": "2024-06", "year": "2024", "old": "2023-12-31", "none": ""}


@pytest.fixture
def dated(home):
    home.commit(*(article(name, "产业", date=date) for name, date in DATES.items()))
    return home


def test_a_heading_holds_all_that_was_given(home):
    given_article = article(
        "报/一.txt",
        "正文",
        title="題(tí)目",
        author="毛丽君",
        date="2024-06-28",
        source="报/一.txt",
        path="/家/报/一.txt",
        metadata={"版": "3", "": "空"},
    )
    home.commit(given_article)
    reader = home.engine.reader()
    assert reader.headings([reader.find("报/一.txt")]) == [
        Heading(
            "报/一.txt",
            "題(tí)目",
            "毛丽君",
            "2024-06-28",
            "报/一.txt",
            "/家/报/一.txt",
            {"版": "3", "": "空"},
        )
    ]


def test_headings_come_in_the_order_asked_for(home):
    home.commit(*(article(name) for name in "abc"))
    reader = home.engine.reader()
    numbers = [reader.find(name) for name in "cabc"]
    assert [heading.id for heading in reader.headings(numbers)] == list("cabc")


TEXTS = [
    "",
    "近期長三角生態(tài)綠色\r\n示范區(qū)\t建設(shè)　。",
    "ＡＢＣ①㍿ﬁ½ İ ß ǆ",
    "𠮷野家 👨‍👩‍👧 e\u0301 \u2028 行\x85",
    "，" * 70_000 + "尾",
]


@pytest.mark.parametrize("text", TEXTS, ids=["empty", "glosses", "width", "astral", "long"])
@pytest.mark.parametrize("field", ["title", "body"])
def test_a_text_comes_back_with_its_folded_form_and_map(home, field, text):
    home.commit(article("other", "前"), article("a", **{"body": "正文", field: text}))
    reader = home.reopened().reader()
    stored = reader.text(reader.find("a"), field)
    assert stored.raw == text
    assert stored.folded == fold(text)


@given(text=st.text())
def test_any_text_comes_back(new_home, text):
    home = new_home()
    home.commit(article("a", text))
    reader = home.engine.reader()
    stored = reader.text(reader.find("a"), "body")
    assert (stored.raw, stored.folded) == (text, fold(text))


def test_an_id_is_found_only_whole(home):
    ids = ["a", "A", "a b", "报/a.txt", "*", "id:a", "-a", "𠮷", "x" * 500]
    home.commit(*(article(article_id) for article_id in ids))
    reader = home.engine.reader()
    for article_id in ids:
        assert reader.headings([reader.find(article_id)])[0].id == article_id
    for missing in ["", "b", "报", "a.txt", "x" * 499, "ａ", "\ud800"]:
        assert reader.find(missing) is None


def test_terms_are_sorted_and_begin_with_the_prefix(home):
    home.commit(article("a", "长三角，长江。三角形 GIS", title="长三角"))
    reader = home.engine.reader()
    assert list(reader.terms("grams", "长")) == ["长三", "长江"]
    assert list(reader.terms("words")) == ["gis", "三角形", "长三角", "长江"]
    assert list(reader.terms("words", "无")) == []


def test_dates_sort_both_ways_with_the_undated_last(dated):
    assert dated.found("产业", sort="newest") == ["day", "month", "year", "old", "none"]
    assert dated.found("产业", sort="oldest") == ["old", "year", "month", "day", "none"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_ties_are_in_the_order_of_ids(home, sort):
    home.commit(article("b", date="2024"), article("c", date="2024"))
    home.commit(article("a", date="2024"), article("B", date="2024"))
    assert home.found("正文", sort=sort) == ["B", "a", "b", "c"]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2024", "", {"day", "month", "year"}),
        ("", "2023", {"old"}),
        ("2024-06", "2024-06", {"day", "month", "year"}),
        ("2024-06-28", "", {"day", "month", "year"}),
        ("2024-06-29", "", {"month", "year"}),
        ("", "2024-06-27", {"month", "year", "old"}),
        ("2024-07", "", {"year"}),
        ("", "2024-05", {"year", "old"}),
        ("2023-12-31", "2023-12-31", {"old"}),
        ("2025", "", set()),
        ("2024-07", "2024-05", {"year"}),
        ("0001", "9999", {"day", "month", "year", "old"}),
    ],
)
def test_a_cut_date_answers_any_day_it_can_mean(dated, since, until, found):
    assert set(dated.found("产业", since=since, until=until)) == found


def test_dates_count_in_the_total(dated):
    ranking = dated.engine.reader().search(SearchRequest(tree("产业"), limit=1, since="2024-06-29"))
    assert (ranking.total, len(ranking.documents)) == (2, 1)


def test_a_field_can_be_asked_for_alone(home):
    home.commit(
        article("title", "正文", title="产业"),
        article("body", "产业", title="题"),
        article("apart", "链", title="产业"),
    )
    assert set(home.found("产业")) == {"title", "body", "apart"}
    assert set(home.found("产业", fields=("title",))) == {"title", "apart"}
    assert home.found("产业", fields=("body",)) == ["body"]
    assert home.found("产业 链") == ["apart"]
    assert home.found("产业 链", fields=("title",)) == []
    assert home.found("-产业", fields=("title",)) == ["body"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_are_slices_of_the_whole(home, sort):
    home.commit(*(_numbered(n) for n in range(17)))
    home.commit(*(_numbered(n) for n in range(17, 23)), deleted=["03", "11"])
    whole = home.found("产业", sort=sort)
    assert len(whole) == 21
    for limit in (0, 1, 4, 21, 50):
        for offset in (0, 1, 5, 20, 21, 40):
            page = home.found("产业", sort=sort, limit=limit, offset=offset)
            assert page == whole[offset : offset + limit], (limit, offset)


def test_a_page_knows_how_many_answer_in_all(home):
    home.commit(*(_numbered(n) for n in range(9)))
    for limit, offset in [(0, 0), (2, 0), (2, 8), (5, 100)]:
        ranking = home.engine.reader().search(
            SearchRequest(tree("产业"), limit=limit, offset=offset)
        )
        assert ranking.total == 9


def _numbered(n):
    date = f"20{n:02}" if n % 4 else ""
    return article(f"{n:02}", "产业" * (n % 5 + 1) + "链" * (n % 3), date=date)


def test_explanations_sum_to_the_score(home):
    home.commit(
        article("a", "长三角的产业，5G 与 BIM+GIS", title="产业"),
        article("b", "长三角"),
        article("c", "角"),
    )
    for query in ["长三角", "产业 长三角", "角", "bim+gis 5g", '"长三角的"', "产业 OR 角 -b"]:
        ranking = home.engine.reader().search(SearchRequest(tree(query), explain=True))
        assert ranking.documents, query
        for found in ranking.documents:
            assert sum(part.score for part in found.contributions) == pytest.approx(found.score)
            assert all(part.score > 0 for part in found.contributions)


def test_an_explanation_names_terms_and_where_they_count(home):
    home.commit(article("a", "产业，产业", title="产业"))
    (found,) = home.engine.reader().search(SearchRequest(tree("产业"), explain=True)).documents
    assert [(p.term, p.kind, p.title_count, p.body_count) for p in found.contributions] == [
        ("产业", "word", 1, 2),
        ("产业", "gram", 1, 2),
    ]


def test_nothing_is_explained_unasked(home):
    home.commit(article("a"))
    (found,) = home.engine.reader().search(SearchRequest(tree("正文"))).documents
    assert found.contributions == ()
