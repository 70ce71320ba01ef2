"""How much may stand for a word of a query: a few texts of each kind."""

from search.query.numbers import MOST_NUMBERS, other_ways
from search.query.pinyin import MOST_LETTERS, MOST_SYLLABLES, initials, syllable_ways
from search.query.sounding import MOST as MOST_SOUNDING
from search.query.sounding import Sounding
from search.query.synonyms import MOST as MOST_SYNONYMS
from search.query.synonyms import read_synonyms
from search.query.vocabulary import WordList
from search.text.regional import MOST as MOST_REGIONAL
from search.text.regional import regional_words
from search.text.syllables import characters_by_syllable


def test_a_word_has_so_many_synonyms_at_most():
    line = ", ".join(f"词{chr(0x4E00 + at)}" for at in range(40))
    found = read_synonyms(line, "synonyms.txt")
    assert {len(others) for others in found.values()} == {MOST_SYNONYMS}


def test_a_word_has_so_many_regional_words_at_most():
    assert max(map(len, regional_words().values())) <= MOST_REGIONAL


def test_in_a_text_of_more_numbers_none_is_written_otherwise():
    assert other_ways("、".join(["二十"] * MOST_NUMBERS))
    assert not other_ways("、".join(["二十"] * (MOST_NUMBERS + 1)))


def test_so_many_words_are_heard_in_pinyin_at_most():
    zhang, shi = (characters_by_syllable()[one] for one in ("zhang", "shi"))
    words = {one + other: 1 for one in zhang[:4] for other in shi[:4]}
    assert len(words) == 16
    found = Sounding(WordList(words)).by_syllables([("zhang", "shi")])
    assert len(found) == MOST_SOUNDING


def test_longer_letters_are_no_pinyin():
    whole = "chang" * (MOST_SYLLABLES)
    assert len(whole) == MOST_LETTERS
    assert syllable_ways(whole)
    assert not syllable_ways(whole + "a")
    assert not syllable_ways("ba" * (MOST_SYLLABLES + 1))
    assert initials("zgrmjfjh")
    assert not initials("zgrmjfjhz")


def test_words_of_more_characters_are_not_heard():
    word = characters_by_syllable()["shi"][0] * 9
    sounding = Sounding(WordList({word: 1}))
    assert sounding.by_syllables([("shi",) * 9], phrases=False) == []
