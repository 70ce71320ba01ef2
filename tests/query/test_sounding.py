"""Han words of a vocabulary found by their sound."""

import pytest

from search.query.pinyin import initials, syllable_ways
from search.query.sounding import MOST, Sounding
from search.query.vocabulary import WordList

COUNTS = {
    "长三角": 9,
    "一体化": 7,
    "常山": 2,
    "西安": 5,
    "重庆": 4,
    "城市": 6,
    "程式": 3,
    "成事": 3,
    "绿色": 2,
    "示范区": 8,
    "name": 3,
}


@pytest.fixture(scope="module")
def sounding():
    return Sounding(WordList(COUNTS))


def heard(sounding, text):
    return sounding.by_syllables(syllable_ways(text))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("changsanjiao", ["长三角"]),
        ("zhangsanjiao", ["长三角"]),  # 长 is read so too
        ("xian", ["西安"]),
        ("chongqing", ["重庆"]),
        ("chengshi", ["城市", "成事", "程式"]),  # by documents, then by their characters
        ("luse", ["绿色"]),
        ("changsanjiaoyitihua", ["长三角一体化"]),
        ("chengshiyitihua", ["城市一体化", "成事一体化", "程式一体化"]),
        ("changsan", []),  # a part of a word is no word
        ("san", []),
    ],
)
def test_words_are_found_by_their_syllables(sounding, typed, words):
    assert heard(sounding, typed) == words


def test_words_are_found_by_their_initials(sounding):
    assert sounding.by_initials(initials("csj")) == ["长三角"]
    assert sounding.by_initials(initials("sfq")) == ["示范区"]
    assert sounding.by_initials(initials("zzz")) == []


def test_words_are_made_of_the_characters_given_for_each_place(sounding):
    assert sounding.made_of(["长常", "三山", "角脚𠮷"]) == {"长三角": 9}
    assert sounding.made_of(["长常", "三山"]) == {"常山": 2}
    assert sounding.made_of(["长", "", "角"]) == {}


def test_no_more_are_given_than_a_few_of_the_most_frequent():
    words = {
        f"{first}{second}": at
        for at, (first, second) in enumerate(zip("是事时市实使室试式师", "是" * 10, strict=True))
    }
    found = Sounding(WordList({word: at + 1 for word, at in words.items()}))
    assert heard(found, "shishi") == [*reversed(words)][:MOST]


def test_an_empty_archive_holds_no_word():
    assert heard(Sounding(WordList({})), "changsanjiaoyitihua") == []


def test_a_length_of_words_is_read_once():
    asked = []

    class Watched(WordList):
        def han_words(self, length):
            asked.append(length)
            return super().han_words(length)

    sounding = Sounding(Watched(COUNTS))
    for _ in range(3):
        assert sounding.by_initials(initials("csj")) == ["长三角"]
    assert asked == [3]
