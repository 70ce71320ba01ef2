"""Orders of queries with signs in them: phrase, near, prefix, fuzzy, fields, groups, or, not."""

import pytest
from golden_cases import order

# Phrase and near


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"不肯下船的猫"', ["queen-ship"]),  # 不肯下船的貓
        ("「電費更高」", ["from-4g"]),  # 电费更高 in the marks of the other script
        ("“灯塔。灯塔”", ["island"]),  # the full stop is part of what is quoted
        ('"灯塔灯塔"', []),  # which parts the two here
        ('"猫不肯下船"', []),  # the same characters in another order
    ],
)
def test_quotation_is_found_in_its_very_order(archive, query, expected):
    assert order(archive, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"下棋 打瞌睡"~5', ["teahouse"]),  # 的占东墙 and a comma between them
        ('"打瞌睡 下棋"~5', ["teahouse"]),  # in any order
        ('"下棋 打瞌睡"~4', []),  # one too few
        ('"孩子 屏幕"~7', ["5g-village"]),  # 看片子，学校的 between them
        ('"孩子 屏幕"~6', []),
        ("“老人 屏幕”～2", ["gis"]),  # 指着; 5g-village has seven between them
        ('"老人 熒幕"~2', []),  # an expansion of a quoted word is none
    ],
)
def test_near_counts_what_is_between(archive, query, expected):
    assert order(archive, query) == expected


def test_near_goes_by_the_words_not_by_the_distance(archive):
    assert order(archive, '"老人 屏幕"~7') == [
        "gis",  # both once among 38 characters
        "5g-village",  # 屏幕 twice, 老人 once among 99
    ]


# Prefix and fuzzy


@pytest.mark.parametrize("query", ["java*", "JAVA＊"])
def test_prefix_goes_by_length_at_the_same_count(archive, query):
    assert order(archive, query) == [
        "c-lang",  # Java once in 78 characters
        "node",  # JavaScript once in 120
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("doc*", ["docker", "node"]),  # Docker in the title; once in the body
        ("reg*", ["register"]),
        ("gis*", ["gis"]),  # the middle of REGISTER does not begin it
        ("茶馆*", ["teahouse", "teahouse-gloss", "longjing"]),  # as 茶馆 itself
        ("vt*", []),
    ],
)
def test_prefix_begins_a_token(archive, query, expected):
    assert order(archive, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dokcer~", ["docker", "node"]),  # two letters changed places; title before body
        ("registre~", ["register"]),
        ("javscript~", ["node"]),  # one letter left out; Java lacks six
        ("gsi~", ["gis"]),
        ("dokcer", []),  # without the tilde it is what it is
        ("dxcxer~", []),  # two letters other
        ("dxcxer~2", ["docker", "node"]),  # and two are allowed
    ],
)
def test_fuzzy_forgives_letters(archive, query, expected):
    assert order(archive, query) == expected


# Fields


@pytest.mark.parametrize("query", ["title:和服", "标题：和服", "標題：和服", "intitle:和服"])
def test_title_field_leaves_out_what_only_bodies_hold(archive, query):
    assert order(archive, query) == [
        "kimono",  # three times in the body, too
        "qipao",  # in as long a title, twice in the body; support has it in the body alone
    ]


@pytest.mark.xfail(strict=True, reason="a field of the query bounds, but both fields score")
@pytest.mark.parametrize("query", ["body:苹果", "正文：蘋果"])
def test_body_field_gives_the_order_of_the_bodies(archive, query):
    assert order(archive, query) == [
        "orchard",  # twice
        "apple",  # once in 82 characters; the title counts for nothing in the body
        "fruit-prices",  # once in 117
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title:手机", ["old-phone"]),  # the others have it in their bodies
        ("标题：（苹果 手册）", ["apple-handbook"]),  # both in the title
        ("title:苹果 body:地窖", []),  # orchard has 苹果 in the body
        ("title:果园 body:地窖", ["orchard"]),
        ("机器学习 -title:机器学习", ["translate", "sewing", "factory"]),  # as without ml
    ],
)
def test_fields_hold_for_what_follows_them(archive, query, expected):
    assert order(archive, query) == expected


# Groups, or, not


def test_group_of_either_beside_a_required_word(archive):
    assert order(archive, "(苹果 OR 梨) 价格") == ["fruit-prices"]  # the only one with 价格


def test_group_in_full_width_without_a_word(archive):
    assert order(archive, "（苹果 ｜ 梨） －价格") == [
        "orchard",  # both
        "apple",  # 苹果 alone, the whole title
        "apple-handbook",  # 苹果 alone, in a longer title; fruit-prices has 价格
    ]


@pytest.mark.parametrize("query", ["茶馆 (下棋 OR 说书)", "茶館 (下棋 OR 說書)"])
def test_group_bounds_those_that_have_the_word_before_it(archive, query):
    assert order(archive, query) == [
        "teahouse",  # 茶馆 is the whole title; 下棋
        "teahouse-gloss",  # in the title; 说书; longjing has neither
    ]


def test_word_outranks_text_inside_another(archive):
    assert order(archive, "(渡轮 OR 电车) -灯塔") == [
        "ferry",  # 渡轮, a word of the title; island has 灯塔
        "trams",  # 电车 only inside 有轨电车
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("苹果 AND 梨", ["orchard", "fruit-prices"]),  # as without AND: 苹果 twice, once
        ("机器 NOT 学习", ["from-4g"]),  # the others with 机器 have 学习 as well
        ("机器 NOT (学习 OR 交谈)", []),  # from-4g has 交谈
        ("和服 -旗袍", ["kimono", "support"]),  # the word before the mere characters
        ('和服 -"产品和服务"', ["kimono", "qipao"]),  # support has the characters nowhere else
    ],
)
def test_and_and_not(archive, query, expected):
    assert order(archive, query) == expected
