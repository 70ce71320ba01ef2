"""Traditional to Simplified, character by character, against OpenCC's own tables."""

from importlib.resources import files

import pytest
from folding_cases import TEXTS, seed
from hypothesis import given

from search.text import fold
from search.text.script import counterparts, simplified

# Where OpenCC's first candidate is itself a traditional character the chain is followed.
CHAINED = {"薴": "苎"}  # 薴 → 苧 → 苎


def opencc_table(name: str) -> dict[str, list[str]]:
    text = files("opencc").joinpath("dictionary", name).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line]
    return {key: values.split(" ") for key, values in rows}


TRADITIONAL = opencc_table("TSCharacters.txt")


def test_every_traditional_character_folds_to_opencc_s_first_candidate():
    assert len(TRADITIONAL) > 4000
    for character, candidates in TRADITIONAL.items():
        expected = CHAINED.get(character, candidates[0])
        assert fold(character).text == expected


def test_what_a_character_folds_to_changes_no_more():
    for simple in simplified().values():
        assert simplified().get(simple, simple) == simple
        assert fold(simple).text == simple


def test_no_other_character_changes_script():
    assert set(simplified()) <= set(TRADITIONAL)
    for character in "乾坤著作后台里程只有":
        assert simplified().get(character, character) in TRADITIONAL.get(character, [character])


def test_changing_script_never_changes_length():
    assert all(len(key) == len(value) == 1 for key, value in simplified().items())


@given(TEXTS)
def test_the_simplified_characters_of_a_text_come_one_for_one(text):
    changed = "".join(simplified().get(c, c) for c in text)
    assert len(changed) == len(text)
    assert fold(changed).text == fold(text).text or "(" in text or "（" in text


def test_both_scripts_of_a_text_fold_to_one():
    assert fold("長三角生態綠色一體化示範區").text == fold("长三角生态绿色一体化示范区").text


def test_text_converted_character_by_character_folds_like_the_right_conversion():
    # 范 is also a surname, and a converter that knows no words leaves it: 示范區 for 示範區.
    assert fold("示范區").text == fold("示範區").text == "示范区"


def test_seed_000_is_simplified_throughout():
    assert not set(fold(seed("000")).text) & set(simplified())


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("产", {"产", "產"}),
        ("產", {"产", "產"}),
        ("后", {"后", "後"}),  # one simplified character for two traditional ones
        ("a", {"a"}),
    ],
)
def test_counterparts_are_the_ways_to_write_a_character(character, written):
    assert counterparts(character) == written
