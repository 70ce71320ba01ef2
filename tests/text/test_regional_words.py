"""Words that differ by region, out of OpenCC's tables."""

import pytest

from search.text import fold
from search.text.regional import MOST, regional_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("软件", "軟體"),
        ("打印机", "印表機"),
        ("出租车", "計程車"),
        ("信息", "資訊"),
        ("程序", "程式"),
        ("U盘", "隨身碟"),
        ("方便面", "泡麵"),
    ],
)
def test_each_region_finds_the_word_of_the_other(one, other):
    one, other = fold(one).text, fold(other).text
    assert other in regional_words()[one]
    assert one in regional_words()[other]


def test_all_is_folded_and_nothing_stands_for_itself():
    words = regional_words()
    assert len(words) > 800
    for word, others in words.items():
        assert word not in others
        assert all(fold(text).text == text for text in (word, *others))


def test_no_word_is_a_single_character_and_none_stands_for_too_many():
    words = regional_words()
    assert max(map(len, words.values())) in range(2, MOST + 1)
    assert min(len(text) for word, others in words.items() for text in (word, *others)) == 2


def test_a_word_that_only_is_written_in_other_characters_differs_in_no_region():
    assert "吃面" not in regional_words()
    assert "一口吃个" not in regional_words()  # in the tables, as 一口喫個
