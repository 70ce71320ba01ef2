"""Characters that look alike, and words that the two scripts leave apart."""

import pytest

from search.text import fold
from search.text.lookalikes import TABLE, lookalikes
from search.text.script_phrases import script_phrases


@pytest.mark.parametrize("pair", ["己已", "末未", "日曰", "人入", "土士", "画划", "析折", "晴睛"])
def test_each_of_a_pair_may_be_taken_for_the_other(pair):
    one, other = pair
    assert other in lookalikes()[one]
    assert one in lookalikes()[other]


def test_no_character_looks_like_itself_or_like_one_of_another_group():
    assert all(character not in others for character, others in lookalikes().items())
    assert "日" not in lookalikes()["己"]


def test_the_table_holds_folded_han_characters_each_group_once():
    groups = TABLE.read_text("utf-8").splitlines()
    assert len(groups) > 300
    assert len({frozenset(group) for group in groups}) == len(groups)
    for group in groups:
        assert len(group) > 1
        assert len(set(group)) == len(group), group
        assert fold(group).text == group
        assert all("一" <= character <= "\u9fff" for character in group), group


@pytest.mark.parametrize(
    ("traditional", "simplified"), [("瞭解", "了解"), ("計畫", "计划"), ("彷彿", "仿佛")]
)
def test_a_word_and_its_other_script_know_each_other(traditional, simplified):
    folded = fold(traditional).text
    assert folded != simplified, "folding has come to do this: the table is not needed for it"
    assert simplified in script_phrases()[folded]
    assert folded in script_phrases()[simplified]


def test_what_folding_joins_is_in_no_table():
    assert all(word not in others for word, others in script_phrases().items())
    assert fold("皇後").text == "皇后"
    assert "皇后" not in script_phrases()
