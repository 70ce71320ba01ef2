"""The short cuts of folding give what its steps give when they are done plainly."""

import pytest
from folding_cases import ANY_CHARACTER, TEXTS, TRICKY, seed
from hypothesis import example, given
from hypothesis import strategies as st
from plain_steps import plain_damage, plain_fold

from search.text import fold
from search.text.gloss import find_damage
from search.text.width import SHORT

PROSE = (
    "各美其美，美美与共，一场联合招商，完美诠释了这句话的真谛，示范区执委会日前举办二〇二四年联合"
)
FRAGMENTS = (
    *(PROSE, PROSE[:-1] + "ｶ", "招商活动。", "招商活动", "https", "#", "- ", "1. ", "（一）"),
    *("\n", "\n", "\r\n", "\r", "\r\r", " ", "\u3000", "\t", "\f", "\u2028", "\x85", "\x1c"),
    *(
        "產(chǎn)",
        "業(yè)",
        "業（ye\u0300）",
        "業(yè",
        "yè)",
        "(yè)",
        "(YÈ)",
        "(abc)",
        "(chuánggg)",
    ),
    *("I", "?", "？", "\ufffd", "(", ")", "（", "）", "a", "é", "shù)", "\0", "\ud800"),
)
PAGES = st.lists(st.sampled_from(FRAGMENTS) | st.sampled_from(TRICKY) | ANY_CHARACTER).map("".join)


@given(TEXTS | PAGES)
@example("I(yè)(yè)?shù)I(yè)yè)")  # a bracket that belongs to one place is not part of the next
@example("I(shù)？shuāngga)?shuāng)(yè)")
@example(f"{PROSE} \r\n\u3000\r\n招商。")
@example("\r\n\u0301\r\u0301\n\0\u0301…\u0301\u200b\r")
@example("\U0010ffff\U000e0100\ud800\u0301")
def test_folding_gives_what_the_plain_steps_give(text):
    for _ in "12":  # a character is looked up from the second time on
        assert fold(text) == plain_fold(text)
    assert fold(text + "长" * SHORT) == plain_fold(text + "长" * SHORT)


@given(TEXTS | PAGES)
@example("I(yè)(yè)?shù)I(yè)yè)")
@example("I(shù)？shuāngga)?shuāng)(yè)")
def test_damage_is_what_the_plain_search_finds(text):
    assert find_damage(text) == plain_damage(text)


@pytest.mark.parametrize("number", ["000", "002"])
def test_the_seeds_fold_as_by_the_plain_steps(number):
    text = seed(number)
    assert fold(text) == plain_fold(text)
    assert fold(text.replace("\n", "\r\n")) == plain_fold(text.replace("\n", "\r\n"))
    assert find_damage(text) == plain_damage(text)
