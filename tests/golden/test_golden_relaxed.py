"""Orders where not all the words are in one article: what is found instead, and what is said."""

import pytest
from golden_cases import answer, order, page

from search.results import RelaxedReason

APPLES = ["apple", "apple-handbook", "orchard", "fruit-prices"]  # see test_golden_orders.py


def relaxed(*found):
    return [(one, "relaxed") for one in found]


@pytest.mark.parametrize("query", ["渡轮 灯塔 票价", "渡輪 燈塔 票價"])
def test_word_that_is_nowhere_is_named(archive, query):
    assert page(archive, query) == relaxed(
        "island",  # two words of three
        "ferry",  # one, though in its title
    )
    found = answer(archive, query)
    assert (found.total, found.relaxed) == (2, True)
    assert found.relaxed_reason == RelaxedReason("票价", 1)  # without it: island alone


@pytest.mark.parametrize("query", ["苹果 榴莲", "榴蓮 蘋果"])
def test_without_an_unknown_word_the_order_is_that_of_the_others(archive, query):
    assert page(archive, query) == relaxed(*APPLES)
    assert answer(archive, query).relaxed_reason == RelaxedReason("榴莲", 4)


def test_exclusions_hold_for_relaxed_answers(archive):
    assert page(archive, "苹果 榴莲 -价格") == relaxed(*APPLES[:3])  # fruit-prices has 价格
    found = answer(archive, "苹果 榴莲 -价格")
    assert (found.total, found.relaxed_reason) == (3, RelaxedReason("榴莲", 3))


def test_dates_hold_for_relaxed_answers(archive):
    assert page(archive, "苹果 榴莲 date:2021") == relaxed("orchard")  # the only one of 2021
    assert answer(archive, "苹果 榴莲 date:2021").relaxed_reason == RelaxedReason("榴莲", 1)


def test_words_that_are_never_together_are_found_each(archive):
    assert page(archive, "蜗牛 钢琴") == relaxed(
        "snail",  # the whole title
        "queen-ship",  # once in the body
    )
    found = answer(archive, "蜗牛 钢琴")
    # Either left out leaves one article: the one that the best lacks is named.
    assert (found.total, found.relaxed_reason) == (2, RelaxedReason("钢琴", 1))


@pytest.mark.parametrize("query", ["渡轮 灯塔", "渡輪 燈塔"])
def test_those_with_most_follow_those_with_all_and_do_not_count(archive, query):
    assert page(archive, query) == [
        ("island", "literal"),  # both words, in the body
        ("ferry", "relaxed"),  # 渡轮 alone, though in the title
    ]
    found = answer(archive, query)
    assert (found.total, found.relaxed, found.relaxed_reason) == (1, False, None)


def test_each_of_two_words_leads_to_those_that_follow(archive):
    assert page(archive, "苹果 梨") == [
        ("orchard", "literal"),  # both, 苹果 twice
        ("fruit-prices", "literal"),  # both once, in a longer text
        ("apple", "relaxed"),  # 苹果 alone, the whole title
        ("apple-handbook", "relaxed"),  # 苹果 alone, in a longer title
    ]
    assert answer(archive, "苹果 梨").total == 2


def test_rarer_of_two_words_leads_among_those_that_follow(archive):
    assert page(archive, "孩子 老人") == [
        ("5g-village", "literal"),  # both
        ("snow", "relaxed"),  # 孩子, which three articles have, once among 50 characters
        ("old-phone", "relaxed"),  # 孩子 once among 61
        ("register", "relaxed"),  # 老人, which five have, once among 34
        ("teahouse-gloss", "relaxed"),  # among 62, but 老 is in its title: characters count here
        ("gis", "relaxed"),  # once among 38
        ("ferry", "relaxed"),  # once among 67
    ]


def test_nothing_follows_where_dates_sort(archive):
    assert page(archive, "苹果 梨", sort="newest") == [
        ("orchard", "literal"),  # 2021
        ("fruit-prices", "literal"),  # undated
    ]


def test_nothing_follows_where_the_page_is_full(archive):
    assert page(archive, "苹果 梨", limit=2) == [
        ("orchard", "literal"),
        ("fruit-prices", "literal"),
    ]


def test_nothing_is_relaxed_where_it_is_switched_off(archive):
    assert order(archive, "渡轮 灯塔 票价") == []
    assert order(archive, "軟體工程師") == ["software-tw"]  # snail has 软体, factory 工程师


@pytest.mark.parametrize("query", ["海豚", '"苹果榴莲"', '"灯塔渡轮"', "title:榴莲"])
def test_one_word_or_quotation_is_never_relaxed(archive, query):
    found = answer(archive, query)
    assert (page(archive, query), found.total) == ([], 0)
    assert (found.relaxed, found.relaxed_reason) == (False, None)


def test_of_mostly_unknown_words_nothing_is_found(archive):
    assert (
        page(archive, "榴莲 海豚 老人") == []
    )  # 老人 is common: less than a quarter of what is asked
