"""The whole order of answers to queries over `archive.jsonl`, a reason for each place in it.

The orders are what a reader wants, not what the engine gave. Where it differs and is wrong, the
test is marked so; an order is never copied from an answer without a reason.
"""

import pytest
from golden_cases import order

# Title, body, length


def test_title_comes_before_body(archive):
    assert order(archive, "苹果") == [
        "apple",  # the whole title is the word
        "apple-handbook",  # the word inside a longer title, and nowhere else
        "orchard",  # only the body, though twice
        "fruit-prices",  # only the body, once
    ]


def test_body_alone_goes_by_count_then_length(archive):
    assert order(archive, "苹果", fields=["body"]) == [
        "orchard",  # twice
        "apple",  # once in 82 characters; its title counts for nothing here
        "fruit-prices",  # once in 117; apple-handbook has it in the title only
    ]


def test_title_alone_leaves_out_what_only_bodies_hold(archive):
    assert order(archive, "苹果", fields=["title"]) == [
        "apple",  # the whole title
        "apple-handbook",  # one word of three; orchard and fruit-prices have it in the body only
    ]


def test_shorter_comes_before_longer_at_the_same_count(archive):
    assert order(archive, "码头") == [
        "ferry",  # once in 76 characters
        "fish-market",  # once in 164
    ]


def test_equal_articles_stand_by_id(archive):
    assert order(archive, "停水通知") == [
        "notice-a",  # the same text as notice-b, and after it in the file
        "notice-b",
    ]


# Dates


def test_newest_first_with_undated_last(archive):
    assert order(archive, "苹果", sort="newest") == [
        "apple-handbook",  # 2022-11
        "orchard",  # 2021-09-15
        "apple",  # 2019-03-01, though the best answer
        "fruit-prices",  # no date
    ]


def test_oldest_first_with_undated_last(archive):
    assert order(archive, "苹果", sort="oldest") == [
        "apple",  # 2019-03-01
        "orchard",  # 2021-09-15
        "apple-handbook",  # 2022-11
        "fruit-prices",  # no date is not the oldest date
    ]


def test_dates_bound_without_reordering(archive):
    assert order(archive, "苹果", until="2021") == [
        "apple",  # 2019, in the title
        "orchard",  # 2021, in the body; apple-handbook is later, fruit-prices undated
    ]


# Several words


def test_minus_takes_out_and_leaves_the_rest_in_order(archive):
    assert order(archive, "苹果 -价格") == [
        "apple",  # as for 苹果 alone
        "apple-handbook",
        "orchard",  # fruit-prices, which follows there, has 价格
    ]


def test_words_side_by_side_are_all_required(archive):
    assert order(archive, "渡轮 城市") == ["ferry"]  # island has no 城市, the others no 渡轮


def test_articles_of_the_same_text_are_one_hit_where_they_are_folded(archive):
    assert order(archive, "停水通知", fold=True) == ["notice-a"]  # the first by id of equal ones


def test_rare_word_outweighs_common_one(archive):
    assert order(archive, "城市 OR 渡轮") == [
        "ferry",  # both, 渡轮 in the title
        "island",  # 渡轮 once: two articles hold it
        "trams",  # 城市 twice: five hold it
        "notice-a",  # 城市 once in 69 characters; notice-b is the same text, so the id decides
        "notice-b",
        "5g-village",  # 城市 once in 111
    ]


def test_rare_words_of_the_body_outweigh_a_title(archive):
    assert order(archive, "渡轮 | 灯塔") == [
        "island",  # both words in the body, 灯塔 twice and in no other article
        "ferry",  # one of them, though in the title
    ]


def test_any_word_puts_articles_with_more_of_them_first(archive):
    assert order(archive, "苹果 梨", any_word=True) == [
        "orchard",  # both, 苹果 twice
        "fruit-prices",  # both, once each
        "apple",  # 苹果 alone, the whole title
        "apple-handbook",  # 苹果 alone, in a longer title
    ]


# Words and text


def test_word_comes_before_mere_text(archive):
    assert order(archive, "和服") == [
        "kimono",  # in a title about nothing else, three times in the body
        "qipao",  # in a title it shares with 旗袍, twice in the body
        "support",  # 产品和服务 twice: the characters, not the word
    ]


def test_mere_text_of_one_word_is_last_beside_another(archive):
    assert order(archive, "和服 OR 旗袍", fields=["body"]) == [
        "qipao",  # both words, twice each
        "kimono",  # one word, three times
        "support",  # no word, only 产品和服务
    ]


@pytest.mark.parametrize("query", ["机器学习", "機器學習"])
def test_whole_run_comes_before_scattered_words(archive, query):
    assert order(archive, query) == [
        "ml",  # whole, in title and body
        "translate",  # whole, once, in the body
        "sewing",  # 机器 and 学习 twice each, never together: a workshop, not the subject
        "factory",  # 机器 and 学习 once each, never together
    ]


@pytest.mark.parametrize("query", ["机器学习 -缝纫", "機器學習 -縫紉"])
def test_whole_run_comes_before_words_scattered_as_often(archive, query):
    assert order(archive, query) == [
        "ml",  # whole, in title and body
        "translate",  # whole, once
        "factory",  # 机器 and 学习 once each, two clauses apart, though in the shorter text
    ]


def test_spaced_words_go_by_count(archive):
    assert order(archive, "机器 学习") == [
        "ml",  # both in the title
        "sewing",  # both twice in the body
        "factory",  # both once in 65 characters
        "translate",  # both once in 78
    ]


def test_quoted_run_leaves_scattered_words_out(archive):
    assert order(archive, '"机器学习"') == [
        "ml",  # title and body
        "translate",  # body; sewing and factory never have the two together
    ]


# Scripts and single characters


@pytest.mark.parametrize("query", ["茶馆", "茶館", "茶(chá)館(guǎn)"])
def test_scripts_and_glosses_of_a_query_give_one_order(archive, query):
    assert order(archive, query) == [
        "teahouse",  # the whole title
        "teahouse-gloss",  # in the title after 老, glossed and Traditional
        "longjing",  # once in the body
    ]


@pytest.mark.parametrize("query", ["手机", "手機"])
def test_simplified_and_traditional_articles_share_one_order(archive, query):
    assert order(archive, query) == [
        "old-phone",  # in the title
        "translate",  # 手机 once in 78 characters
        "from-4g",  # 手機 once in 88
    ]


def test_single_character_goes_by_word_then_count(archive):
    assert order(archive, "茶") == [
        "longjing",  # in the title, four times in the body, once as a word of its own (炒茶)
        "teahouse",  # in the title, three times in the body
        "teahouse-gloss",  # in the title, once in the body
    ]


@pytest.mark.parametrize("query", ["chá", "guǎn", "cha"])
def test_pinyin_of_a_gloss_is_not_text(archive, query):
    assert order(archive, query) == []  # only the glosses of teahouse-gloss hold it


# Letters, digits and symbols


@pytest.mark.parametrize("query", ["5G", "５ｇ"])
def test_letters_with_digits_are_one_token(archive, query):
    assert order(archive, query) == [
        "5g-village",  # half of the title, twice in the body
        "from-4g",  # a title it shares with 4G, twice in the body; old-phone has 5GB, not 5G
    ]


def test_number_with_letter_does_not_answer_for_another(archive):
    assert order(archive, "4G") == [
        "from-4g",  # in the title
        "old-phone",  # once in the body; 5g-village has no 4G
    ]


@pytest.mark.parametrize("query", ["C++", "c＋＋"])
def test_symbols_belong_to_a_token(archive, query):
    assert order(archive, query) == [
        "cpp",  # in the title
        "c-lang",  # once in 78 characters; the C of its title is not C++
        "node",  # once in 120
    ]


def test_single_letter_is_a_whole_token(archive):
    assert order(archive, "C 语言") == [
        "c-lang",  # both in the title
        "cpp",  # both in the body, twice each; node has C++ but no 语言
    ]


@pytest.mark.parametrize("query", ["node.js", "NODE.JS"])
def test_dotted_name_is_found_in_either_case(archive, query):
    assert order(archive, query) == [
        "node",  # in the title and once in the body
        "docker",  # once in the body
    ]


@pytest.mark.parametrize("query", ['"使用Docker部署"', '"使用 Docker 部署"', "使用docker部署"])
def test_spaces_between_scripts_count_for_nothing(archive, query):
    assert order(archive, query) == [
        "docker",  # written without spaces; Docker in the title, too
        "node",  # written with spaces, in the body
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"quick start"', ["docker"]),  # its title
        ('"start quick"', []),  # the same words the other way round
        ('"hello"', ["docker"]),  # hello-world, whose joint is no letter
        ('"hell"', []),  # a quotation's end may not cut hello
    ],
)
def test_quoted_english_is_exact(archive, query, expected):
    assert order(archive, query) == expected
