"""Pinyin glosses: which go, which stay, which are reported as damaged."""

import re
import unicodedata

import pytest
from folding_cases import TEXTS, seed
from hypothesis import given
from hypothesis import strategies as st

from search.text import Damage, damage_in, fold
from search.text.gloss import drop_glosses, is_reading

# Written without any knowledge of pinyin: Latin letters with a tone mark in brackets.
BRACKETED = re.compile(r"\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*\)")


def test_all_260_glosses_of_seed_000_go():
    text = seed("000")
    folded = fold(text)
    assert len(folded.glosses) == 260
    assert all(BRACKETED.fullmatch(text[start:end]) for start, end in folded.glosses)
    # Of all that looks like one only I(yè) stays, whose character was lost.
    kept = [m.start() for m in BRACKETED.finditer(text) if m.span() not in set(folded.glosses)]
    assert [text[at - 1 : at + 4] for at in kept] == ["I(yè)"]


def test_all_twelve_industries_of_seed_000_are_found():
    assert seed("000").count("產(chǎn)業(yè)") == 12
    assert fold(seed("000")).text.count("产业") == 12


def test_the_damage_of_seed_000_is_left_and_reported():
    text = seed("000")
    found = damage_in(text)
    assert [(text[d.start : d.end], d.reason) for d in found] == [
        ("?shù)", "a gloss whose opening bracket is lost"),
        ("I(yè)", "a gloss whose character is lost"),
    ]
    assert "当?shù)仄髽i(yè)在产业链上" in fold(text).text


def test_seed_002_has_no_glosses_and_no_damage():
    assert fold(seed("002")).glosses == []
    assert damage_in(seed("002")) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("產(chǎn)業(yè)", "產業"),
        ("产(chǎn)业(yè)", "产业"),
        ("區（qū）", "區"),  # full-width brackets
        ("區(qū）", "區"),  # one of each
        ("產(cha\u030cn)業(ye\u0300)", "產業"),  # tone marks typed as characters of their own
        ("產(CHǍN)", "產"),
        ("產(Chǎn)", "產"),
        ("綠(lǜ)", "綠"),
        ("綠(lu\u0308\u0300)", "綠"),
        ("長(cháng)長(zhǎng)", "長長"),  # two readings of one character
        ("鐘(zhōng)", "鐘"),
        ("吳(wú)江", "吳江"),
        ("\u3007(líng)", "〇"),
    ],
)
def test_a_reading_of_the_character_before_it_goes(text, left):
    assert drop_glosses(text)[0] == left


@pytest.mark.parametrize(
    "text",
    [
        "國家(上海)",  # no pinyin
        "國民(GDP)",  # no tone
        "產(chan)",  # no tone
        "產(tài)",  # of another character
        "產 (chǎn)",  # not directly after
        "產(chǎn",  # not closed
        "產chǎn)",  # not opened
        "產[chǎn]",
        "產( chǎn)",
        "產(chǎnyè)",  # two syllables
        "產()",
        "I(yè)",  # not after a Han character
        "產。(chǎn)",
        "產(café)",
        "か(jiā)",
    ],
)
def test_what_is_no_reading_of_the_character_before_it_stays(text):
    assert drop_glosses(text)[0] == text


def test_a_gloss_is_checked_through_the_other_script():
    # A converter may have changed the character after the gloss was written, or before.
    for reading, characters in (("chǎn", "產产"), ("yè", "業业"), ("qū", "區区")):
        assert all(is_reading(reading, character) for character in characters)
    # zhān is a reading of 占 only; a converter that knows no words made 佔卜 of 占卜.
    assert is_reading("zhān", "佔")
    assert drop_glosses("佔(zhān)卜(bǔ)")[0] == "佔卜"


def test_a_gloss_of_a_gloss_stays():
    assert drop_glosses("產(chǎn)(chǎn)")[0] == "產(chǎn)"


def test_the_span_of_a_glossed_word_covers_its_glosses():
    text = "數字產(chǎn)業(yè)集群"
    folded = fold(text)
    assert folded.text == "数字产业集群"
    start, end = folded.offsets.raw_span(2, 4)
    assert text[start:end] == "產(chǎn)業(yè)"
    start, end = folded.offsets.raw_span(4, 6)
    assert text[start:end] == "集群"


@given(TEXTS)
def test_dropped_glosses_are_brackets_after_a_han_character(text):
    for start, end in fold(text).glosses:
        assert text[start] in "(（"
        assert text[end - 1] in ")）"
        assert is_reading(text[start + 1 : end - 1], text[start - 1])


@given(TEXTS)
def test_what_is_kept_and_what_is_dropped_make_the_text(text):
    left, offsets = drop_glosses(text)
    kept, at = [], 0
    for edit in offsets.edits:
        kept.append(text[at : edit.raw_start + 1])
        at = edit.raw_end
    assert "".join([*kept, text[at:]]) == left


@given(st.text("產業區chǎnyèqūtài()（）?I上海", max_size=60))
def test_damage_is_never_what_was_dropped(text):
    dropped = {at for start, end in fold(text).glosses for at in range(start, end)}
    for place in damage_in(text):
        assert 0 <= place.start < place.end <= len(text)
        assert not dropped & set(range(place.start + 1, place.end))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("當?shù)仄", [Damage(1, 6, "a gloss whose opening bracket is lost")]),
        ("當\ufffdshù)仄", [Damage(1, 6, "a gloss whose opening bracket is lost")]),
        ("髽I(yè)在", [Damage(1, 6, "a gloss whose character is lost")]),
        ("態(tài)", []),
        ("態(yè)", []),  # not a reading, but whole: an aside of the author's, perhaps
        ("I(ye)", []),
        ("a(café)", []),  # an accent, but no syllable
        ("", []),
    ],
)
def test_damage_is_told_with_its_place(text, found):
    assert damage_in(text) == found


def test_readings_are_compared_in_one_form():
    assert is_reading(unicodedata.normalize("NFD", "chǎn"), "產")
    assert not is_reading("chan", "產")
    assert not is_reading("", "產")
