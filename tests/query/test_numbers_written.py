"""Numbers and dates written the other way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.leaves import words_of
from search.query.numbers import MOST, other_ways, ways_of_words
from search.text import fold


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("二〇二四年", {"2024年", "二零二四年"}),
        ("2024年", {"二〇二四年", "二零二四年"}),
        ("２０２４年", {"二〇二四年", "二零二四年"}),
        ("二零二四", {"2024", "二〇二四"}),
        ("一九四九", {"1949"}),
        ("十二月", {"12月"}),
        ("6月28日", {"六月二十八日"}),
        ("2024年6月28日", {"二〇二四年六月二十八日", "二零二四年六月二十八日"}),
        ("三十五", {"35"}),
        ("35岁", {"三十五岁"}),
        ("一百二十", {"120"}),
        ("86.3亿", {"八十六点三亿"}),
        ("八十六点三亿", {"86.3亿"}),
        ("第三届", {"第3届"}),
        ("第3届", {"第三届"}),
        ("3万", {"30000", "三万"}),
        ("30000", {"3万", "三万"}),
        ("三万元", {"3万元", "30000元"}),
        ("两万", {"2万", "20000", "二万"}),
        ("3亿", {"三亿"}),  # nobody writes 300000000
        ("二十一世纪", {"21世纪"}),
        ("九十年代", {"90年代"}),
    ],
)
def test_a_number_is_written_the_other_way(text, others):
    assert set(other_ways(fold(text).text)) == others


@pytest.mark.parametrize(
    "text",
    [
        *(
            "一些",
            "三角",
            "长三角",
            "百度",
            "千万",
            "万一",
            "十分",
            "三个月",
            "三点",
            "一百二",
            "三五个",
        ),
        *(
            "几十",
            "成千上万",
            "二三十",
            "十几",
            "5",
            "5g",
            "gpt-4",
            "3.14",
            "v2.0",
            "2024-06-28",
            "007",
        ),
        *("100%", "1" * 40, "五四运动", "四年", ""),
    ],
)
def test_what_may_be_no_number_is_left_alone(text):
    assert other_ways(text) == ()


@given(st.text("二〇零一十百千万亿点第年月日号024.个a几", max_size=12))
def test_any_text_is_answered_and_never_by_itself(text):
    others = other_ways(text)
    assert text not in others
    assert len(set(others)) == len(others) <= MOST


def test_words_that_hold_the_number_whole_are_told_others_are_not():
    def told(text):
        return ways_of_words(text, words_of(text))

    assert told("35岁") == {"35": ("三十五",)}
    assert told("三十五岁") == {"三十五岁": ("35岁",)}
    assert told("2024年") == {}  # 2024 without its 年 may be anything
    assert told("6月28日") == {}
    assert told("八十六点三亿") == {}  # 八十六 and 三亿 are two numbers
