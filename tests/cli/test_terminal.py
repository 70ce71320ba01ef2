"""What people see on a terminal: a real one, opened by the system, so wide and of that kind."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from archive_writing import write
from cli_cases import CHAIN, SEARCH, STATION, environment
from rich.cells import cell_len

from search import Archive

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

SEEDS = Path(__file__).parents[2] / "seeds"
ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
RED = re.compile(r"\x1b\[[0-9;]*31m([^\x1b]*)")


def seen(*arguments, width=80, **variables):
    """Return what `search` writes to a terminal `width` columns wide, and how it ended."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, _size(width))
    process = subprocess.Popen(
        [SEARCH, *arguments], stdout=theirs, stderr=theirs, env=environment(**variables)
    )
    os.close(theirs)
    written = b""
    while part := _read(ours):
        written += part
    os.close(ours)
    return written.decode().replace("\r\n", "\n"), process.wait(60)


def _size(width):
    return (40).to_bytes(2, "little") + width.to_bytes(2, "little") + bytes(4)


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


@pytest.fixture(autouse=True)
def _here(here):
    pass


def test_hits_are_marked_in_colour(built):
    text, code = seen("长三角")
    assert code == 0
    marked = set(RED.findall(text))
    assert marked >= {"长三角", "長三角"}
    assert all(part in "长三角 長三角" for part in marked)  # a line end may part a mark
    assert f"file://{built}/seeds/{STATION}" in text
    assert re.search(r"2 articles, \d+\.\d ms", ESCAPES.sub("", text))


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["--color", "never"], {}),
        ([], {"NO_COLOR": "1"}),
        ([], {"TERM": "dumb"}),
    ],
)
def test_colours_can_be_left_out_whole(arguments, variables):
    text, code = seen("产业", *arguments, **variables)
    assert code == 0
    assert "\x1b" not in text
    assert "產(chǎn)業(yè)" in text


def test_colours_can_be_asked_for_in_spite_of_the_environment():
    assert "\x1b[" in seen("产业", "--color", "always", NO_COLOR="1", TERM="dumb")[0]


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("arguments", [["产业 长三角"], ["show", f"seeds/{STATION}", "产业"]])
def test_no_line_is_wider_than_the_terminal(width, arguments):
    text, _ = seen(*arguments, "--color", "never", width=width)
    widths = [cell_len(line) for line in text.splitlines()]
    assert max(widths) <= width
    assert max(widths) > width - 6, "nothing was wrapped: this test is broken, not the code"


def test_a_wide_terminal_does_not_make_lines_hard_to_read():
    text, _ = seen("产业 长三角", "--color", "never", width=200)
    assert max(cell_len(line) for line in text.splitlines()) <= 100


def test_a_long_title_is_cut_to_one_line():
    text, _ = seen("示范区", "--color", "never", width=40)
    title = text.splitlines()[0]
    assert title.startswith(" 1 近期長三角")
    assert title.endswith("…")
    assert 30 <= cell_len(title) <= 40  # a gloss is not parted


def test_passages_stand_under_the_title():
    text, _ = seen("产业", "--color", "never")
    rank, *below = text.split("\n\n")[0].splitlines()
    assert rank.startswith(" 1 ")
    assert below
    assert all(line.startswith("   ") and not line.startswith("    ") for line in below)


def test_a_layout_break_is_not_seen_inside_a_mark():
    text, _ = seen('"延伸带动"')
    assert "延伸带动" in "".join(RED.findall(text))


def test_nothing_found_is_told():
    text, code = seen("没有这回事", "--color", "never")
    assert (text, code) == ("nothing found for: 没有这回事\nin no article: 没有, 回事\n", 1)
    text, _ = seen("GIS 154亿元", "--no-relax", "--color", "never")
    assert text.endswith("\nno article has all of these: gis 1, 154 1, 亿元 2\n")


def test_explanations_are_under_each_hit():
    text, _ = seen("GIS", "--explain", "--color", "never")
    assert re.search(r"^ +0\.\d{4}  word gis  \(title 0, body 1\)$", text, re.MULTILINE)
    assert re.search(r"^ +0\.\d{4}  in all$", text, re.MULTILINE)
    assert "how the query was read:\n  GIS → gis\n  articles with: gis 1\n" in text
    assert text.endswith("; words: gis\n")


def test_an_explanation_tells_what_each_sign_of_the_query_means():
    query = '"長三角" -x title:港 author:毛 GI* csj date:2024..'
    text, _ = seen(query, "--explain", "--color", "never")
    told = text.partition("how the query was read:\n")[2].splitlines()
    assert told[:9] == [
        '  "長三角" → 长三角  (exactly these characters)',
        "  x  (excluded)",
        "  港  (in the title)",
        "  毛  (by author)",
        "  GI* → gi → gis  (words that begin so)",
        "  csj",
        "  2024..  (dated so)",
        "  csj, or 长三角 (pinyin)",
        "  articles with: 长三角 2, 港 0, gi* 1, csj 2",
    ]


def test_facets_stand_under_the_hits_a_line_each():
    text, _ = seen("长三角", "--facet", "script", "--facet", "year", "--color", "never")
    assert "\nscript  simplified 1   traditional 1\nyear    (none)\n\n2 articles" in text


def test_the_lines_of_an_article_stand_as_their_author_set_them(empty):
    text = "---\ntitle: 招商\n---\n\n- 甲\n- 乙\n\n```\na\nb\n```"
    write(empty / "news/a.md", text)
    Archive.build([empty / "news"], empty / "index")
    shown, code = seen("show", "news/a.md", "招商")
    assert code == 0
    assert ESCAPES.sub("", shown) == f"招商\nnews/a.md\n\n{text}\n"


def test_an_article_is_shown_with_its_hits():
    text, code = seen("show", f"seeds/{STATION}", "长三角")
    assert code == 0
    assert "长三角" in RED.findall(text)
    assert ESCAPES.sub("", text).startswith("招商不“内卷” 携手共“引凤”\n")


def test_no_article_can_steer_the_terminal(empty):
    write(empty / "news/a.txt", "题\x1b[31m目\n正文\x1b]0;title\x07产业\x9b2J。")
    Archive.build(["news"], "index")
    for arguments in (["产业"], ["show", "news/a.txt", "产业"]):
        text, code = seen(*arguments, "--color", "never")
        assert code == 0
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "\x9b" not in text
        assert "␛" in text


def test_the_form_for_programs_is_the_same_on_a_terminal():
    assert seen("-c", "长三角") == ("2\n", 0)
    assert seen("-l", "GIS") == (f"seeds/{STATION}\n", 0)
    assert seen("--json", "没有这回事")[0].startswith('{"type": "summary", "version": 1,')


def test_a_first_build_shows_how_far_it_is_and_then_what_it_did(empty):
    for n in range(30):
        write(empty / f"seeds/{n}.txt", f"第{n}篇")
    text, code = seen("index", TERM="xterm")
    assert code == 0
    assert re.search(r"30 added, 0 changed, 0 unchanged, 0 removed \(\d+\.\d s\)\n", text)


def analyzed(*arguments, **given):
    return seen("analyze", *arguments, "--color", "never", **given)[0]


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize(
    "arguments",
    [
        [(SEEDS / CHAIN).read_text("utf-8")],
        [(SEEDS / STATION).read_text("utf-8")],
        ["--query", '長三角 -"5G+工业互联网" 軟體 OR csj 二〇二四年'],
        ["--query", 'title:算力 x* kubernets~ "a b"~5'],
    ],
    ids=lambda arguments: arguments[-1][:6],
)
def test_no_line_of_an_analysis_is_wider_than_the_terminal(width, arguments):
    widths = [cell_len(line) for line in analyzed(*arguments, width=width).splitlines()]
    assert max(widths) <= width
    assert max(widths) > width - 6, "nothing was wrapped: this test is broken, not the code"


def test_an_analysis_of_an_article_is_cut_and_says_so():
    text = analyzed((SEEDS / CHAIN).read_text("utf-8"))
    assert text.count(" is a reading of ") == 20
    assert "\n         and 240 more; '--json' names them all\n" in text
    assert "characters more; '--json' gives all\n" in text
    assert len(text.splitlines()) < 150


def test_notes_of_an_analysis_stand_in_one_column_behind_han():
    lines = analyzed("產ＢＩＭ").splitlines()[1:3]
    heads = [line.partition(kind)[0] for line, kind in zip(lines, ("script", "width"), strict=True)]
    assert [cell_len(head) for head in heads] == [23, 23]


def test_words_are_not_parted_by_the_end_of_a_line():
    text = analyzed("联合招商活动" * 30)
    row = text[text.index("words") :].partition("grams")[0]
    assert {word for word in row.split() if "×" not in word} <= {
        *("words", "联合", "招商", "活动", "in", "the", "dictionary:")
    }


def test_names_are_bold_and_reasons_dim_where_colour_is_wanted():
    text, _ = seen("analyze", "產(chǎn)")
    assert "\x1b[1mdropped" in text
    assert "\x1b[2mat 1: chǎn is a reading of 產" in text
