import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reading.title import heading_of, title_of

SEEDS = Path(__file__).parents[2] / "seeds"
GLOSSES = re.compile(r"\((?:chǎn|yè|jìn)\)")
WORDS = st.sampled_from(["產(chǎn)", "業(yè)", "進(jìn)", "長三角", "GIS", "(上海)", "\r\n", "# "])
MARKS = st.sampled_from("，。？！…：“”（）#,.— \n\u2028")
TEXTS = st.text() | st.lists(WORDS | MARKS, max_size=60).map("".join)
LONG = "长三角生态绿色一体化发展示范区建设重点工作安排"  # 23 characters, no mark inside


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode()


@given(TEXTS)
def test_a_title_is_a_stripped_slice_of_one_line_of_the_body(body):
    title = title_of(body)
    assert title in body
    assert title == title.strip()
    assert len(title.splitlines()) <= 1
    assert bool(title) == bool(body.strip())


@given(TEXTS)
def test_a_heading_is_a_stripped_slice_of_the_body(body):
    heading = heading_of(body)
    assert heading in body
    assert heading == heading.strip()


@given(TEXTS)
def test_a_title_is_at_most_sixty_characters_long_glosses_not_counted(body):
    assert len(GLOSSES.sub("", title_of(body))) <= 60


@given(st.lists(st.sampled_from(["產(chǎn)", "業(yè)", "進(jìn)", "三"]), min_size=61, max_size=99))
def test_a_cut_never_falls_inside_a_gloss(pieces):
    assert title_of("".join(pieces)) == "".join(pieces[:60])


def test_the_titled_seed_has_its_first_line():
    assert title_of(seed("002")) == "招商不“内卷” 携手共“引凤”"


def test_the_untitled_seed_has_its_first_sentence():
    assert (
        title_of(seed("000"))
        == "近期長三角生態(tài)綠色一體化示范區(qū)建設(shè)有哪些新進(jìn)展?"
    )


def test_a_short_first_line_is_the_title():
    assert title_of("\n\u3000 招商引凤 \r\n\r\n本报记者") == "招商引凤"


def test_forty_characters_are_short_and_forty_one_are_not():
    assert title_of("三？" + "长" * 38 + "\n正文") == "三？" + "长" * 38
    assert title_of("三？" + "长" * 39 + "\n正文") == "三？"


def test_glosses_do_not_make_a_title_long():
    line = "何？" + "產(chǎn)業(yè)" * 19
    assert title_of(line + "\n正文") == line


@pytest.mark.parametrize(
    "line", ["真的吗？", "太好了！", "Really?", "Yes!", "未完……", "他说“好！”"]
)
def test_a_title_may_ask_or_exclaim(line):
    assert title_of(line + "\n正文。") == line


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("下雨了。我们回家。", "下雨了。"),
        ("他说：“下雨了。我们回家。”", "他说：“下雨了。"),
        ("“下雨了。”", "“下雨了。”"),
        ("近期，建设有新进展，", "近期，建设有新进展"),
        ("各位代表：", "各位代表"),
        ("真的吗？我不信；", "真的吗？"),
    ],
)
def test_a_line_that_ends_like_a_sentence_is_not_a_title(line, title):
    assert title_of(line + "\n正文") == title


def test_a_sentence_takes_its_closing_marks_with_it():
    assert title_of("“真的吗？！”他问，" + LONG * 2) == "“真的吗？！”"


def test_dots_at_the_beginning_are_not_a_sentence():
    assert title_of("……后来呢？" + LONG * 2) == "……后来呢？"


def test_without_a_sentence_end_the_last_pause_in_sixty_characters_is_the_cut():
    assert title_of(LONG + "，" + LONG + "、" + LONG) == LONG + "，" + LONG


def test_a_sentence_end_after_sixty_characters_is_too_late():
    assert title_of(LONG + "，" + "长" * 36 + "。") == LONG


def test_without_any_mark_the_cut_is_at_sixty_characters():
    assert title_of("长" * 61) == "长" * 60


def test_a_pause_at_the_very_beginning_is_no_place_to_cut():
    assert title_of("据悉，" + "长" * 80) == "据悉，" + "长" * 57


@pytest.mark.parametrize("mark", ["1,000", "10:30", "https://x", "3.14"])
def test_marks_inside_numbers_and_addresses_are_no_pauses(mark):
    assert title_of("长" * 40 + mark + "角" * 40) == ("长" * 40 + mark + "角" * 40)[:60]


def test_a_full_stop_before_a_space_is_a_pause():
    line = "The index is honest about itself. It says what it cannot find in it."
    assert title_of(line) == "The index is honest about itself"


def test_a_cut_does_not_break_a_latin_word():
    assert title_of("长" * 57 + "register" + "角" * 9) == "长" * 57
    assert title_of("a" * 99) == "a" * 60


def test_a_cut_does_not_end_in_an_opening_bracket():
    assert title_of("长" * 59 + "（甲）" + "角" * 9) == "长" * 59


def test_ordinary_brackets_are_counted():
    assert title_of("长" * 58 + "(上海)" + "角" * 9) == "长" * 58 + "(上"
    assert title_of("长" * 50 + "(tai)" + "角" * 9) == "长" * 50 + "(tai)" + "角" * 5


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# 招商", "招商"),
        ("###### 招商 ##", "招商"),
        ("#\u3000招商", "招商"),
        ("# C#", "C#"),
        ("#招商#", "#招商#"),
        ("####### 招商", "####### 招商"),
        ("# 招商。" + LONG * 2, "招商。"),
    ],
)
def test_heading_marks_are_not_part_of_a_title(line, title):
    assert title_of(line + "\n正文") == title


def test_a_blank_body_has_no_title():
    assert title_of(" \n\u3000") == ""


def test_a_body_of_one_endless_line_is_cut_at_once():
    assert title_of("(" * 1_000_000) == "(" * 60
    assert heading_of("# " + "# " * 500_000 + "x").endswith("# x")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("<h1>戴着面具的复仇者</h1>", "戴着面具的复仇者"),
        ("# <center>招商<br/>引凤</center>", "招商引凤"),
        ('<h1 align="center">招商', "招商"),
        ("> > 招商引凤", "招商引凤"),
        (">招商引凤", "招商引凤"),
        ("#screenFetch: 命令行信息截图工具", "screenFetch: 命令行信息截图工具"),
        ("**招商引凤**", "招商引凤"),
        ("## [招商](https://example.com/a_(b)) 引凤", "招商 引凤"),
        ("[因为这个我要点名批评 ][14]", "因为这个我要点名批评"),
        ("[![徽标](a.svg)](https://example.com) 招商引凤", "徽标 招商引凤"),
        # What only looks like markup stays.
        ("[小白技巧]如何自动关机", "[小白技巧]如何自动关机"),
        ("如何使用 <a> 标签与 <canvas>", "如何使用 <a> 标签与 <canvas>"),
        ("#招商引凤# 联合招商", "#招商引凤# 联合招商"),
        ("#1 招商引凤", "#1 招商引凤"),
        ("1 < 2 > 0 吗", "1 < 2 > 0 吗"),
        ("2 ** 3 与 **kwargs", "2 ** 3 与 **kwargs"),
    ],
)
def test_a_title_has_no_markup(line, title):
    assert title_of(line + "\n\n正文。") == title


def test_pictures_are_no_titles_unless_there_is_nothing_else():
    badges = "".join(
        f"[![徽标{n}](https://example.com/{n}.svg)](https://example.com)\n" for n in range(9)
    )
    assert title_of(f"![]({'a' * 200}.png)\n{badges}\n招商引凤\n\n正文。") == "招商引凤"
    assert title_of("![夜景](a.png)\n") == "夜景"
    assert title_of("![](a.png)") == "![](a.png)"


def test_a_long_line_of_brackets_takes_no_time():
    started = time.process_time()
    for line in ("[" * 5000, "![" * 2500, "[a](" * 1200, "<a" * 2500, "<h1>" * 1200, "> " * 2500):
        title_of(line)
    assert time.process_time() - started < 1
