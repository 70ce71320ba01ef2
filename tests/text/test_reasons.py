"""Why a text was folded as it was: each gloss and each break is told with what decided."""

import pytest
from folding_cases import TEXTS, TRICKY, seed
from hypothesis import given
from hypothesis import strategies as st

from search.text import fold
from search.text import layout as rules
from search.text.changes import Change, changes_of, kinds_of
from search.text.gloss import drop_glosses
from search.text.layout import join_lines
from search.text.offsets import Kind, Offsets
from search.text.reasons import Place, reasons_of
from search.text.width import fold_width
from search.text.wrapping import ROOM_LEFT, SENTENCE_ENDED

CUT = "各美其美，美美与共，一场联合招商，完美诠释了这句话的真谛，示范区执委会日前举办二〇二四年联合"
REST = "招商活动。"
PARAGRAPH = (CUT + REST) * 4
WRAPPED = "\n".join(PARAGRAPH[at : at + 36] for at in range(0, len(PARAGRAPH), 36))

LINES = (
    CUT,
    REST,
    CUT[:36],
    CUT[5:41],
    "产(chǎn)业",
    "系統(GPU)",
    "# 標題",
    "> ",
    "- ",
    "ＡＢ",
    "招商",
)
GAPS = ("\n", "\n\n", "\r\n", "\r", "\n\n\n", " \n", "\n\u3000\u3000", "\u2028", "")
LAID_OUT = st.lists(
    st.tuples(st.sampled_from(LINES) | st.sampled_from(TRICKY), st.sampled_from(GAPS)), max_size=30
).map(lambda parts: "".join(map("".join, parts)))


def told(places: list[Place], text: str) -> list[tuple[str, str]]:
    return [(text[place.start : place.end], place.reason) for place in places]


def test_a_gloss_is_told_with_the_character_it_is_a_reading_of():
    text = "產(chǎn)業(yè)鏈"
    found = reasons_of(text)
    assert told(found.dropped, text) == [
        ("(chǎn)", "chǎn is a reading of 產"),
        ("(yè)", "yè is a reading of 業"),
    ]
    assert [place.start for place in found.dropped] == [1, 8]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("系統(GPU)", [("(GPU)", "no tone mark in GPU")]),
        ("產(chan)", [("(chan)", "no tone mark in chan")]),
        ("產(tài)", [("(tài)", "tài is no reading of 產: chǎn")]),
        ("產業(chǎn yè)", [("(chǎn yè)", "no single syllable behind a Han character")]),
        ("產 (chǎn)", [("(chǎn)", "no single syllable behind a Han character")]),
        ("I(yè)", []),  # damage, and told as such
        ("系統（見下）", []),
    ],
)
def test_what_looks_like_a_gloss_and_is_kept_is_told_with_the_reason(text, kept):
    assert told(reasons_of(text).kept, text) == kept
    assert reasons_of(text).dropped == []


def test_the_breaks_of_seed_002_are_told_with_what_decided():
    text = seed("002")
    found = reasons_of(text)
    assert {place.reason for place in found.joined} == {rules.CUT}
    assert [text[p.start - 2 : p.end + 2] for p in found.joined] == [
        "联合\n\n招商",
        ",延\n\n伸带",
        "绿色\n\n交通",
    ]
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(found.joined) + len(found.breaks) == len(lines) - 1
    assert {place.reason for place in found.breaks} == {rules.SHORT, rules.NOT_OPEN}


def test_lines_broken_at_one_width_are_told_with_that_width():
    text = f"招商引凤\n\n{WRAPPED}\n\n{WRAPPED}"
    found = reasons_of(text)
    assert found.columns == 72
    assert found.not_wrapped == ""
    assert {place.reason for place in found.joined} == {
        "the lines are all broken at one width: 72 columns"
    }
    assert len(found.joined) == 10


def test_a_sentence_s_end_and_room_that_was_left_keep_a_break_in_such_a_text():
    text = f"{WRAPPED[:30]}。\n{WRAPPED}\n{CUT[:20]}\n{WRAPPED}\n{WRAPPED}"
    assert {SENTENCE_ENDED, ROOM_LEFT} <= {place.reason for place in reasons_of(text).breaks}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{CUT}\n\n\n{REST}", rules.WIDE_GAP),
        (f"{CUT}\n\n\u3000\u3000{REST}", rules.NEXT_BEGINS),
        (f"{CUT}。\n\n{REST}", rules.NOT_OPEN),
        (f"{CUT}\n\n招商活动", rules.NO_SENTENCE),
        (f"{CUT[-20:]}\n\n{REST}", rules.SHORT),
        (f"{CUT.replace('，', '的')}\n\n{REST}", rules.NO_CLAUSE),
        (f"# {CUT}\n\n{REST}", rules.IS_MARKED),
        (f"{CUT}\n\n2、{REST}", rules.NEXT_MARKED),
        (f"{'see the manual, please; ' * 4}用\n\n{REST}", rules.LATIN),
    ],
)
def test_a_break_that_is_kept_is_told_with_what_kept_it(text, why):
    (kept,) = reasons_of(text).breaks
    assert kept.reason == why
    assert text[kept.start : kept.end].isspace()


def dropped_by_fold(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    plain, glosses = drop_glosses(text)
    breaks = join_lines(plain)[1].dropped(Kind.BREAK)
    return glosses.dropped(Kind.GLOSS), glosses.raw_spans(breaks)


@given(TEXTS | LAID_OUT)
def test_reasons_cover_exactly_what_folding_drops(text):
    found = reasons_of(text)
    glosses, breaks = dropped_by_fold(text)
    assert [(place.start, place.end) for place in found.dropped] == glosses
    assert [(place.start, place.end) for place in found.joined] == breaks
    assert {*fold(text).glosses} <= {*glosses}
    assert {*fold(text).breaks} <= {*breaks}
    assert all(place.reason for place in (*found.dropped, *found.kept, *found.joined))


@given(LAID_OUT)
def test_each_break_between_two_lines_is_joined_or_kept_for_a_reason(text):
    found = reasons_of(text)
    assert all(place.reason for place in found.breaks)
    plain = drop_glosses(text)[0]
    lines = [line for line in plain.replace("\r", "\n").split("\n") if line.strip()]
    assert len(found.joined) + len(found.breaks) == max(len(lines) - 1, 0)
    # A break of a wrapped text that is joined ends behind what stands before the next line's text.
    assert all(text[place.start : place.end].isspace() for place in found.breaks)


def test_what_width_script_and_case_changed_is_told_once_with_its_count_and_first_place():
    text = "產(chǎn)業(yè)與產業ＢＩＭ+GIS，ＢＩＭ㎏\u200b\r\n"
    assert reasons_of(text).changes == [
        Change("產", "产", ("script",), 2, 0),
        Change("業", "业", ("script",), 2, 7),
        Change("與", "与", ("script",), 1, 12),
        Change("ＢＩＭ", "bim", ("width", "case"), 2, 15),
        Change("GIS", "gis", ("case",), 1, 19),
        Change("，", ",", ("width",), 1, 22),
        Change("㎏\u200b", "kg", ("invisible", "width"), 1, 26),
        Change("\r\n", "\n", ("line end",), 1, 28),
    ]


@given(TEXTS)
def test_a_change_is_told_where_something_changed_and_why(text):
    folded, offsets = fold_width(text)
    changes = changes_of(text, folded, offsets)
    assert bool(changes) == (text != folded)
    assert all(change.kinds and change.before != change.after for change in changes)
    assert all(text.startswith(change.before, change.first) for change in changes)


def test_what_did_not_change_has_no_kind_of_change():
    assert kinds_of("产", "产") == ()
    assert changes_of("产业", "产业", Offsets()) == []


def test_marks_in_great_numbers_are_told_without_waiting():
    assert kinds_of("a" + "\u0301\u0323" * 100_000, "a") == ("width",)
