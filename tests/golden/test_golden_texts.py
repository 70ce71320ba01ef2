"""Orders by what is text and what is a word: single characters, the author's own, Latin tokens."""

import pytest
from golden_cases import FIRST, SECOND, order

# Words that sound alike, and those inside others


@pytest.mark.parametrize("query", ["景点", "景點"])
def test_what_sounds_alike_is_another_word(archive, query):
    assert order(archive, query) == [
        "sights",  # in the title and the body
        "drawn-map",  # once in the body; classics has 经典, which is only read so
    ]


@pytest.mark.parametrize("query", ["经典", "經典"])
def test_the_other_word_of_the_same_sound(archive, query):
    assert order(archive, query) == ["classics"]


@pytest.mark.parametrize("query", ["景点", "景點"])
def test_sights_are_nowhere_in_the_seeds(seeds, query):
    assert order(seeds, query) == []


# Single characters


@pytest.mark.parametrize("query", ["猫", "貓"])
def test_character_once_in_each_goes_by_length(archive, query):
    assert order(archive, query) == [
        "drawn-map",  # once among 43 characters
        "queen-ship",  # 貓 once among 43, and its id is later
        "fish-market",  # once among 141
    ]


def test_character_that_is_a_word_comes_before_longer_words(archive):
    assert order(archive, "雨") == [
        "taxi-tw",  # 在雨裡: a word by itself
        "snail",  # 雨停, among 41 characters
        "apple-handbook",  # 雨季
        "orchard",  # 小雨, in a longer text
        "fruit-prices",  # 降雨, in the longest
    ]


def test_word_of_one_character_comes_before_a_title_that_holds_it_inside_another(archive):
    assert order(archive, "井") == [
        "gis",  # 我家的井
        "longjing",  # 龙井, in the title and the body
    ]


# The author's own characters


@pytest.mark.parametrize("query", ["皇后", "皇後"])
def test_folded_characters_are_one(archive, query):
    assert order(archive, query) == [
        "empress",  # in the title
        "queen-ship",  # in as long a title, of the longer text
        "typos",  # 皇後, in the body
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('原文:"皇后"', ["empress", "queen-ship"]),  # as for 皇后; typos writes 皇後
        ("exact:“皇後”", ["typos"]),
        ("原文：「後」", ["queen-ship", "typos", "software-tw"]),  # twice; once, the shorter first
        ('原文:"發"', ["typos", "queen-ship"]),  # 理發 beside 理髮, so 发 twice; 出發
        ('原文:"髮"', ["typos"]),
        ('原文:"發" -原文:"髮"', ["queen-ship"]),
    ],
)
def test_original_characters_are_told_apart(archive, query, expected):
    assert order(archive, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [('原文:"產業"', [FIRST]), ('原文:"产业"', [SECOND]), ('原文:"産業"', [])],
)
def test_scripts_of_the_seeds_are_told_apart(seeds, query, expected):
    assert order(seeds, query) == expected  # the first is Traditional, its glosses left out


# Latin letters and digits


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("GIS", ["gis"]),  # reGISter is another word
        ("ｇｉｓ", ["gis"]),
        ("register", ["register"]),
        ("regis", []),  # no word is found by its beginning
        ("ister", []),
        ("node", ["node", "docker"]),  # Node.js by its part: in a title, in a body
        ("3000", ["docker"]),  # port 3000
        ("hello", ["docker"]),  # hello-world, by its part
        ("java", ["c-lang"]),  # not JavaScript
    ],
)
def test_latin_words_are_found_whole_or_by_their_parts(archive, query, expected):
    assert order(archive, query) == expected


def test_number_is_no_part_of_a_longer_one(archive):
    assert order(archive, "300") == [
        "node",  # 三百, a word by itself, is 300 spelt out; docker has 3000
        "factory",  # inside the word 三百米, though in the shorter text
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("eVTOL", [SECOND]),
        ("ＥＶＴＯＬ", [SECOND]),
        ("vtol", []),
        ("5000P", [SECOND]),
        ("2Gwh", [FIRST]),
    ],
)
def test_latin_words_of_the_seeds(seeds, query, expected):
    assert order(seeds, query) == expected
