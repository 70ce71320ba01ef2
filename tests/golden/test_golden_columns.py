"""Orders by author, date and copies: what bounds an answer, and what sorts it."""

import pytest
from golden_cases import FIRST, SECOND, answer, order

# Dates


@pytest.mark.parametrize("query", ["date:2021", "日期：2021年"])
def test_date_alone_goes_by_id(archive, query):
    assert order(archive, query) == [
        "fish-market",  # nothing to score: the five articles of 2021, by their ids
        "kite-edited",
        "longjing",
        "orchard",
        "printer",
    ]


def test_date_alone_sorts_by_date(archive):
    assert order(archive, "date:2021", sort="newest") == [
        "orchard",  # 09-15
        "fish-market",  # 04-18
        "longjing",  # 04-05
        "kite-edited",  # 04-04
        "printer",  # 03, which begins before 04
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("日期：2021年4月", ["fish-market", "kite-edited", "longjing"]),  # 04-18, 04-04, 04-05
        ("date:2021-04-05..2021-09", ["fish-market", "longjing", "orchard"]),  # both ends count
        ("苹果 date:..2021", ["apple", "orchard"]),  # 2019 in the title; 2021 in the body
        ("苹果 date:2022..", ["apple-handbook"]),  # fruit-prices is undated
        ("蘋果 日期：2019..2021", ["apple", "orchard"]),
        ("苹果 -date:2019", ["apple-handbook", "orchard", "fruit-prices"]),  # undated stays
    ],
)
def test_dates_of_a_query_bound_without_reordering(archive, query, expected):
    assert order(archive, query) == expected


@pytest.mark.parametrize("query", ["茶馆", "茶館"])
def test_cut_dates_stand_where_their_year_or_month_begins(archive, query):
    assert order(archive, query, sort="newest") == [
        "longjing",  # 2021-04-05, though only the body has it
        "teahouse",  # 2014-08
        "teahouse-gloss",  # undated
    ]


# Authors


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("作者：白露", ["drawn-map", "sewing", "teahouse"]),  # nothing to score: by id
        ("author:周平", ["fish-market", "orchard"]),
        ("author:周平 鱼", ["fish-market"]),  # orchard has no fish
        ("author:周平 苹果", ["orchard"]),
        ("茶馆 -author:白露", ["teahouse-gloss", "longjing"]),  # as for 茶馆, teahouse left out
        ("author:白露 date:2014..2016", ["drawn-map", "teahouse"]),  # sewing is of 2013
        ("author:白", []),  # a name is whole
    ],
)
def test_authors_bound_without_reordering(archive, query, expected):
    assert order(archive, query) == expected


def test_author_of_a_byline_in_the_seeds(seeds):
    assert order(seeds, "author:毛丽君") == [SECOND]  # 本报记者 毛丽君


@pytest.mark.parametrize("query", ["source:seeds 长三角", "filetype:txt 长三角"])
def test_what_all_articles_have_changes_no_order(seeds, query):
    assert order(seeds, query) == [FIRST, SECOND]  # as for 长三角: title before body


# Copies


@pytest.mark.parametrize("query", ["风筝", "風箏", "fengzheng"])
def test_copies_are_one_hit_and_what_is_only_alike_another(archive, query):
    assert order(archive, query) == [  # each by itself
        "kite",  # the whole title; the same text as kite-again, so the id decides
        "kite-again",
        "kite-edited",  # in a longer title and text
    ]
    found = answer(archive, query)
    assert [(hit.id, [copy["id"] for copy in hit.copies]) for hit in found.hits] == [
        ("kite", ["kite-again"]),
        ("kite-edited", []),  # a record is a copy only where it is the same
    ]
    assert found.total == 2


def test_newest_of_copies_stands_for_them_where_dates_sort(archive):
    assert order(archive, "风筝", fold=True, sort="newest") == ["kite-again", "kite-edited"]
    assert order(archive, "风筝", fold=True, sort="oldest") == ["kite", "kite-edited"]


def test_copy_in_the_time_asked_for_stands_for_the_others(archive):
    assert order(archive, "风筝 date:2022", fold=True) == ["kite-again"]
    assert order(archive, "风筝 转载", fold=True) == ["kite-edited"]  # the others have no 转载
