"""Width, script and case, compared with the plain way over the whole text at once."""

import sys
import unicodedata

import pytest
from folding_cases import ANY_CHARACTER, TEXTS, TRICKY
from hypothesis import given
from hypothesis import strategies as st

from search.text import fold
from search.text.script import simplified
from search.text.width import (
    COMPOSING,
    IGNORABLE,
    LINE_BREAKS,
    SHORT,
    USUAL_HAN,
    fold_each,
    fold_width,
)


def characters_in(ranges: str) -> set[str]:
    """Return the characters of a class written as for `re`, read without `re`."""
    found: set[str] = set()
    at = 0
    while at < len(ranges):
        first = last = ord(ranges[at])
        if ranges[at + 1 : at + 2] == "-":
            last, at = ord(ranges[at + 2]), at + 2
        found.update(map(chr, range(first, last + 1)))
        at += 1
    return found


IGNORED = characters_in(IGNORABLE)
HAN = "".join(map(chr, USUAL_HAN))


def plain_fold_width(text: str) -> str:
    """Fold the slow way: each step over the whole text, without blocks and without a map."""
    text = text.replace("\r\n", "\n")
    text = "".join(c for c in text if c not in IGNORED)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(simplified().get(c, c).lower() for c in text)
    text = unicodedata.normalize("NFC", text)
    return "".join("\n" if c in LINE_BREAKS else c for c in text)


@pytest.mark.parametrize("length", [1, len(HAN)])
def test_han_that_need_not_be_met_fold_as_in_the_plain_way(length):
    parts = [HAN[at : at + length] for at in range(0, len(HAN), length)]
    assert "".join(map(fold_each, parts)) == plain_fold_width(HAN)


@given(TEXTS)
def test_folding_by_blocks_is_folding_the_whole_text(text):
    assert fold_width(text)[0] == plain_fold_width(text)


@given(TEXTS, st.sampled_from([SHORT // 2, SHORT]))
def test_a_long_text_folds_as_its_parts_do(text, length):
    filler = "。" * length
    assert fold_width(filler + text)[0] == plain_fold_width(filler + text)
    assert fold_each(filler + text) == filler + "".join(map(fold_each, text))


@given(st.lists(st.sampled_from("aáJj中が가각각ﾡￂｶﾞ\u0301\u030c\u0323\u3099\u0dd9\u0dcf\u0dca")))
def test_what_combines_folds_as_in_the_whole_text(characters):
    text = "".join(characters)
    assert fold_width(text)[0] == plain_fold_width(text)


@given(TEXTS)
def test_folding_what_is_folded_changes_nothing(text):
    folded = fold_width(text)[0]
    assert fold_width(folded)[0] == folded


def test_folding_each_assigned_character_twice_changes_nothing_more():
    for character in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(character) in ("Cn", "Co"):  # no meaning, so no other form
            continue
        folded = fold_width(character)[0]
        assert folded == character or fold_width(folded)[0] == folded, f"U+{ord(character):04X}"


def test_all_characters_in_one_text_fold_as_each_does_alone():
    text = "\0".join(map(chr, range(1, 0x30000)))
    alone = [fold_width(chr(code))[0] for code in range(1, 0x30000)]
    # Between NULs only what extends the character before it lies elsewhere: after its NUL.
    assert fold_width(text)[0] == "\0".join(alone)


def test_a_letter_and_its_accent_that_compose_only_in_lower_case_are_one_character():
    # U+01F0 has no upper case of its own: J and a caron are two characters, ǰ is one.
    assert fold("J\u030c").text == fold("\u01f0").text == "\u01f0"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢ，１", "ab,1"),
        ("５Ｇ", "5g"),
        ("㎏", "kg"),
        ("ﬃ", "ffi"),
        ("İ", "i\u0307"),  # a dotted capital keeps its dot
        ("ß", "ß"),  # lower case already; folding it to ss would part STRASSE from Straße anyway
        ("ΣΑΣ", "σασ"),  # no final sigma: a part of a text folds as the whole does
        ("ｶﾞﾊﾟ", "ガパ"),  # the half-width voiced marks join their kana
        ("か\u3099", "が"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("cafe\u0301", "café"),
        ("〇", "〇"),
        ("𠮷野家", "𠮷野家"),
        ("全形\u3000空格", "全形 空格"),
        ("葛\U000e0100城", "葛城"),  # the variation selector is not seen
        ("软\u00ad件\u200b", "软件"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("\ud840", "\ud840"),  # half a pair, from a damaged file: kept
        ("…", "..."),
        ("⼀", "一"),  # a radical
        ("\ufeff题", "题"),
    ],
)
def test_plain_forms(text, folded):
    assert fold(text).text == folded


def test_a_letter_is_never_parted_from_its_accent():
    folded = fold("x\u0301y")  # no such letter in one code point
    assert folded.text == "x\u0301y"
    assert folded.offsets.raw_span(0, 1) == (0, 2)


def composing_characters() -> set[str]:
    """Return the second halves of canonical pairs, of combining class 0, by Unicode's own data."""
    found = set()
    for character in map(chr, range(sys.maxunicode + 1)):
        pair = unicodedata.normalize("NFD", character)
        if len(pair) > 1 and unicodedata.normalize("NFC", pair) == character:
            found.update(c for c in pair[1:] if unicodedata.combining(c) == 0)
    return found


def test_the_list_of_composing_characters_is_that_of_unicode():
    # A later Unicode may have more; they are then to be added, and FOLDING_RULES raised.
    assert characters_in(COMPOSING) == composing_characters()


def test_what_is_dropped_as_invisible_is_invisible():
    kept = {"Lm", "Lu", "Ll", "Nd", "Nl", "No", "Sm", "Sc", "Sk", "So", "Zs", "Po", "Pd", "Ps"}
    fillers = {"\u115f", "\u1160", "\u3164", "\uffa0"}  # letters by class, blank by definition
    for character in IGNORED:
        assert unicodedata.category(character) not in kept
        assert unicodedata.category(character) != "Lo" or character in fillers


@given(st.lists(st.sampled_from(TRICKY) | ANY_CHARACTER, max_size=6).map("".join))
def test_a_part_of_a_text_folds_as_it_does_in_the_text(part):
    # Between characters with which nothing composes; so what a reader copies is found.
    assert fold_width(f"中{part}!"[1:])[0] in fold_width(f"!{part}!")[0]


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u3099\u0301", "\u1161\u0323", "\u0344\u0323"])
def test_a_letter_under_many_marks_folds_as_under_few(marks):
    text = "a" + marks * 50 + "\u1100" + marks * 50
    assert fold_width(text)[0] == plain_fold_width(text)


def test_a_letter_under_half_a_million_marks_ends():
    # Python's own normalization sorts marks by insertion, without help minutes for this.
    folded, _ = fold_width("x" + "\u0301\u0323" * 250_000)
    assert folded == "x" + "\u0323" * 250_000 + "\u0301" * 250_000
