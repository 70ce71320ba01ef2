"""What an index keeps of a folding gives the folding again, or says that it cannot."""

import pytest
from folding_cases import ANY_CHARACTER, TEXTS, TRICKY, seed
from hypothesis import example, given
from hypothesis import strategies as st

from search.text import Folded, Kind, Offsets, fold, pack, unpack
from search.text.offsets import Edit

CUT = "各美其美，一场联合招商完美诠释了这句话的真谛，日前示范区执委会会同上海青浦举办二四年联合"
LAYOUT = st.tuples(TEXTS, TEXTS).map(lambda two: f"{two[0]}{CUT}\n\n招商活动{two[1]}。")
MANY_EDITS = st.lists(st.sampled_from(TRICKY) | ANY_CHARACTER, min_size=60, max_size=200)
ALL = TEXTS | LAYOUT | MANY_EDITS.map("".join)


@given(ALL)
@example("\u0301")  # a mark that is its own block, without an edit
@example("\U0010ffff" * 3 + "㎏")  # the character that continues a number
def test_unpacking_gives_what_folding_gives(text):
    assert unpack(text, pack(fold(text))) == fold(text)


@pytest.mark.parametrize("number", ["000", "002"])
def test_unpacking_gives_what_folding_gives_of_real_articles(number):
    text = seed(number)
    unpacked = unpack(text, pack(fold(text)))
    assert unpacked == fold(text)
    assert (unpacked.glosses, unpacked.breaks) == (fold(text).glosses, fold(text).breaks)


def test_a_text_without_edits_takes_no_byte():
    assert pack(fold("長三角ＡＢ" * 100)) == b""
    assert unpack("長三角", b"").text == "长三角"
    assert pack(fold("")) == b""


def test_a_gloss_takes_at_most_seven_bytes():
    folded = fold(seed("000"))
    assert len(pack(folded)) <= 7 * len(folded.offsets.edits)


@pytest.mark.parametrize("length", [0x10FFFE, 0x10FFFF, 0x110000, 0x21FFFE, 0x21FFFF])
def test_numbers_larger_than_any_character_are_kept(length):
    text = "㎏" + "a" * length + "㎏"
    assert unpack(text, pack(fold(text))) == fold(text)
    dropped = Folded("", Offsets([Edit(0, 0, 0, length, Kind.BREAK)]))
    assert unpack("a" * length, pack(dropped)) == dropped


def test_a_block_of_half_a_million_characters_is_kept():
    text = "x" + "\u0301\u0323" * 300_000
    assert unpack(text, pack(fold(text))) == fold(text)


@given(ALL, st.binary(max_size=20))
def test_bytes_of_no_map_are_refused_or_fit_the_text(text, packed):
    assert_refused_or_fits(text, packed)


@given(ALL, st.data())
def test_a_damaged_map_is_refused_or_fits_the_text(text, data):
    packed = bytearray(pack(fold(text)))
    for at in data.draw(st.lists(st.integers(0, max(0, len(packed) - 1)), max_size=3)):
        packed[at : at + 1] = data.draw(st.binary(max_size=2))
    assert_refused_or_fits(text, bytes(packed))


@given(ALL, ALL)
def test_the_map_of_another_text_is_refused_or_fits_the_text(text, other):
    assert_refused_or_fits(text, pack(fold(other)))


def assert_refused_or_fits(text: str, packed: bytes) -> None:
    try:
        folded = unpack(text, packed)
    except ValueError:
        return
    raw_end = end = 0
    for edit in folded.offsets.edits:
        assert edit.start - end == edit.raw_start - raw_end >= 0
        raw_end, end = edit.raw_end, edit.end
    assert len(text) - raw_end == len(folded.text) - end >= 0


@given(ALL, st.data())
def test_a_map_cut_short_is_refused(text, data):
    packed = pack(fold(text))
    if packed:
        length = data.draw(st.integers(1, len(packed) - 1))
        with pytest.raises(ValueError, match=r"folding map|codec can't decode"):
            unpack(text, packed[:length])
