"""The readings of characters as pinyin is typed."""

import pytest

from search.text.script import simplified
from search.text.syllables import (
    INITIALS,
    READINGS,
    characters_by_initial,
    characters_by_syllable,
    syllables_by_character,
)
from search.text.usual_readings import lines


def test_the_committed_table_is_what_is_made_of_the_library():
    assert READINGS.read_text("utf-8").splitlines() == lines(), (
        "run 'python -m search.text.usual_readings > search/text/readings.txt'"
    )


@pytest.mark.parametrize(
    ("character", "syllables"),
    [
        ("长", {"chang", "zhang"}),
        ("角", {"jiao", "jue"}),
        ("重", {"chong", "zhong"}),
        ("三", {"san"}),
        ("女", {"nv", "nu", "nyu"}),
        ("绿", {"lv", "lu", "lyu"}),
        ("略", {"lve", "lue", "lyue"}),
        ("安", {"an"}),
        ("长三", set()),
    ],
)
def test_a_character_is_typed_as_it_is_usually_read(character, syllables):
    table = characters_by_syllable()
    assert {syllable for syllable, found in table.items() if character in found} == syllables


def test_the_table_holds_plain_letters_and_folded_characters():
    for syllable, characters in characters_by_syllable().items():
        assert syllable.isascii()
        assert syllable.isalpha()
        assert syllable[0] in INITIALS
        assert not set(characters) & set(simplified())


def test_initials_are_those_of_the_syllables():
    assert {"长", "重", "查"} <= set(characters_by_initial()["c"])
    assert "三" not in characters_by_initial()["c"]
    assert set("iuv").isdisjoint(characters_by_initial())


def test_readings_are_told_by_the_character_too():
    assert syllables_by_character()["长"] == ["chang", "zhang"]
    assert syllables_by_character()["绿"] == ["lu", "lv"]  # 绿林 is lulin
    assert "々" not in syllables_by_character()
