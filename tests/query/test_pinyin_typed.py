"""Latin letters read as pinyin."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import pinyin
from search.query.pinyin import initials, syllable_ways
from search.text.syllables import characters_by_syllable

some_syllables = st.lists(
    st.sampled_from(
        ["xi", "an", "xian", "a", "n", "chang", "san", "jiao", "ji", "ao", "zhuang", "lv"]
    ),
    max_size=5,
).map("".join)


def plain_ways(text):
    """Return all ways to part `text`, found by trying every cut."""
    known = characters_by_syllable()
    found = set()
    for cuts in product([False, True], repeat=max(len(text) - 1, 0)):
        parts, last = [], 0
        for at, cut in enumerate(cuts, start=1):
            if cut:
                parts.append(text[last:at])
                last = at
        parts.append(text[last:])
        if all(part in known for part in parts):
            found.add(tuple(parts))
    return found


@given(some_syllables.filter(lambda text: len(text) <= 12))
def test_all_ways_to_part_letters_are_found(text):
    expected = plain_ways(text)
    ways = syllable_ways(text)
    assert len(set(ways)) == len(ways)
    if len(expected) <= pinyin.MOST_WAYS:
        assert set(ways) == expected
    else:
        assert set(ways) <= expected
        assert min(map(len, expected)) == len(ways[0])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("changsanjiao", ("chang", "san", "jiao")),
        ("chang san jiao", ("chang", "san", "jiao")),
        ("chang'san'jiao", ("chang", "san", "jiao")),
        ("chang-san-jiao", ("chang", "san", "jiao")),
        ("xian", ("xian",)),
        ("xi'an", ("xi", "an")),
        ("lvse", ("lv", "se")),
        ("lyuse", ("lyu", "se")),
    ],
)
def test_the_likeliest_way_comes_first(text, first):
    assert syllable_ways(text)[0] == first


@pytest.mark.parametrize(
    "text", ["", "docker", "5g", "cháng", "长", "chang,san", "'an", "v", "a" * 99]
)
def test_what_is_no_pinyin_has_no_way(text):
    assert syllable_ways(text) == []


def test_three_letters_that_begin_syllables_are_initials():
    assert initials("csj") == ("c", "s", "j")
    assert initials("cs") == ()
    assert initials("gpu") == ()  # no syllable begins with u
    assert initials("dan") == ()  # a syllable by itself
    assert initials("c s j") == ()
    assert initials("b" * 9) == ()


def test_many_ways_are_bounded():
    ways = syllable_ways("anananananananananananan")
    assert 0 < len(ways) <= pinyin.MOST_WAYS
    assert all(len(way) <= pinyin.MOST_SYLLABLES for way in ways)
