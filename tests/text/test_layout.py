"""Line breaks inside sentences: which are joined, which are the author's."""

import pytest
from folding_cases import TEXTS, seed
from hypothesis import given

from search.text import fold
from search.text.layout import MOST_BREAKS, PROSE_CHARACTERS, join_lines

# 44 characters that end in the middle of a word, and how the sentence goes on.
CUT = "各美其美，美美与共，一场联合招商，完美诠释了这句话的真谛，示范区执委会日前举办二〇二四年联合"
REST = "招商活动。"


def test_exactly_three_breaks_of_seed_002_are_joined():
    text = seed("002")
    assert [(text[s - 2 : s], text[s:e], text[e : e + 2]) for s, e in fold(text).breaks] == [
        ("联合", "\n\n", "招商"),
        (",延", "\n\n", "伸带"),
        ("绿色", "\n\n", "交通"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("本报记者 毛丽君", "各美其美"),  # the byline
        ("有了新具象。", "■位于上海"),  # a caption
        ("徐程 摄", "细分赛道 合力发展"),  # from a caption to a crosshead
        ("细分赛道 合力发展", "如何避免同质竞争"),  # a crosshead
        ("项目签约 数智加持", "在开发者联盟的加持下"),  # a crosshead
    ],
)
def test_five_look_alikes_of_seed_002_stay(before, after):
    text = fold(seed("002")).text
    at = text.index(fold(after).text)
    assert text[:at].rstrip().endswith(fold(before).text)
    assert "\n" in text[at - 2 : at]


def test_seed_000_has_no_breaks():
    assert fold(seed("000")).breaks == []


def test_the_sentence_used_below_is_prose():
    assert len(CUT) >= PROSE_CHARACTERS
    assert join_lines(f"{CUT}\n\n{REST}")[0] == CUT + REST


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " \n", "\u3000\n \t\n"])
def test_a_break_with_or_without_a_blank_line_is_joined(gap):
    joined, offsets = join_lines(CUT + gap + REST)
    assert joined == CUT + REST
    assert offsets.raw_span(len(CUT) - 1, len(CUT) + 1) == (len(CUT) - 1, len(CUT + gap) + 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{CUT}\n\n\n{REST}", "two blank lines are the author's"),
        (f"{CUT}\n\n\u3000\u3000{REST}", "an indented line begins a paragraph"),
        (f"{CUT}。\n\n{REST}", "the sentence has ended"),
        (f"{CUT}，\n\n{REST}", "no word is cut after a comma"),
        (f"{CUT}”\n\n{REST}", "a quotation ends"),
        (f"{CUT}\n\n“{REST}”", "a quotation begins"),
        (f"{CUT}\n\n招商活动", "no end of a sentence: a crosshead"),
        (f"{CUT[-20:]}\n\n{REST}", "a short line: a crosshead"),
        (f"{CUT.replace('，', '的')}\n\n{REST}", "no punctuation inside: a long title"),
        (f"# {CUT}\n\n{REST}", "a heading"),
        (f"- {CUT}\n\n{REST}", "a list"),
        (f"1. {CUT}\n\n{REST}", "a numbered list"),
        (f"（一）{CUT}\n\n{REST}", "a numbered list"),
        (f"■{CUT}\n\n{REST}", "a caption"),
        (f"> {CUT}\n\n{REST}", "a quotation"),
        (f"{CUT}\n\n- {REST}", "a list begins"),
        (f"{CUT}\n\n2、{REST}", "a list begins"),
        (f"{CUT}\n\n■{REST}", "a caption begins"),
        (f"{CUT}https\n\n{REST}", "a Latin end is too often an address"),
        (f"{'see the manual, please; ' * 4}用\n\n{REST}", "mostly Latin"),
    ],
)
def test_what_looks_alike_stays(text, why):
    assert join_lines(text)[0] == text, why


def test_several_cuts_in_a_row_are_all_joined():
    joined, offsets = join_lines(f"{CUT}\n\n{REST}{CUT}\n{REST}")
    assert joined == CUT + REST + CUT + REST
    assert len(offsets.edits) == 2


def test_other_line_ends_count_as_breaks_in_a_gap():
    # U+2028 and form feeds are line ends to every reader, and fold to one.
    assert MOST_BREAKS == 2
    text = f"{CUT}\u2028\u2028\u2028\n{REST}"
    assert join_lines(text)[0] == text


@given(TEXTS)
def test_only_blanks_are_dropped(text):
    text = f"{CUT}{text}\n\n{text}{REST}"
    joined, offsets = join_lines(text)
    assert all(text[e.raw_start : e.raw_end].isspace() for e in offsets.edits)
    assert "".join(joined.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        " " * 1_000_000,
        "\u3000" * 1_000_000,
        "\n" * 1_000_000,
        "\r\n" * 300_000,
        (" " * 1000 + "\n") * 1000,
        "长" * 1_700_000,
        CUT + " " * 1_000_000 + "\n" + REST,
        CUT + "\n" + " " * 1_000_000,
        "（一" * 500_000,
        "1" * 1_000_000,
        "(" * 1_000_000,
        "產(" + "a" * 1_000_000,
        "產(chǎn" * 200_000,
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_texts_of_one_thing_only_end(text):
    # What took time by the square of its length would take hours here.
    folded = fold(text)
    assert len(folded.text) <= len(text)


def test_a_megabyte_of_blanks_folds_like_a_kilobyte():
    assert fold(" " * 1_000_000).text == " " * 1_000_000
    assert fold("\r\n" * 1000).text == "\n" * 1000
