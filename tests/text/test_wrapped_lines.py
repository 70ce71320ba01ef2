"""Lines that were all broken at one width are joined; verse, lists, tables and code are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_steps import plain_join_lines

from search.text import fold
from search.text.layout import join_lines

PARAGRAPHS = (
    "各美其美，美美与共，一场联合招商，完美诠释了这句话的真谛。为落实示范区建设重点工作安排，日前，"
    "示范区执委会会同青浦、吴江、嘉善两区一县及开发者联盟，举办了联合招商活动，近百家企业到场。",
    "沪苏浙三地同场不竞技，而是在各自的赛道上亮出最大的诚意，在一体化发展的背景下，齐发力的未来有了"
    "新具象。青浦重点推介的是软件和信息服务业，以 Kubernetes 为"
    "纽带，逐渐打造由东向西的产业布局。",
    "如何避免同质竞争，借联合招商之机，在自己的赛道上跑出加速度？三地显然已经对自己未来发展的定位有了"
    "更为清晰的认知，并朝着这个方向布局谋划。名为联合招商，实际上，三地的推介有着明显不同的侧重。",
)
CLAUSES = [
    clause
    for paragraph in PARAGRAPHS
    for clause in re.split("[，。？、]", paragraph)
    if clause and " " not in clause
]


def wrapped(paragraph: str, width: int, indent: str = "") -> str:
    """Return a paragraph filled to `width` Han, no line beginning with a mark, no word broken."""
    lines = [indent]
    for piece in re.findall("[A-Za-z]+|.", paragraph):
        columns = sum(1 if character.isascii() else 2 for character in lines[-1] + piece)
        if columns > 2 * width and piece not in "，。？、":
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


@pytest.mark.parametrize("width", range(18, 50))
@pytest.mark.parametrize(
    ("indent", "between"), [("", "\n\n"), ("\u3000\u3000", "\n"), ("    ", "\n\n"), ("", "\n")]
)
def test_a_phrase_across_a_line_end_is_found_at_every_width(width, indent, between):
    text = between.join(wrapped(paragraph, width, indent) for paragraph in PARAGRAPHS)
    assert [clause for clause in CLAUSES if clause not in fold(text).text] == []


def test_paragraphs_stay_apart_and_carriage_returns_change_nothing():
    text = "招商引凤\n本报记者 毛丽君\n\n" + "\n\n".join(wrapped(p, 36) for p in PARAGRAPHS)
    joined = fold(text).text
    parts = joined.replace(" ", "").split("\n\n")
    assert parts == [
        "招商引凤\n本报记者毛丽君",
        *(fold(paragraph).text.replace(" ", "") for paragraph in PARAGRAPHS),
    ]
    assert fold(text.replace("\n", "\r\n")).text == joined


def test_a_span_across_a_line_end_points_at_both_lines():
    text = "\n\n".join(wrapped(paragraph, 30) for paragraph in PARAGRAPHS)
    end = text.index("\n")
    folded = fold(text)
    assert folded.breaks[0] == (end, end + 1)
    assert folded.offsets.raw_span(end - 1, end + 1) == (end - 1, end + 2)


def test_wrapped_paragraphs_of_markdown_are_joined_and_nothing_else_of_it():
    text = (
        "# 联合招商\n\n" + wrapped(PARAGRAPHS[0], 36) + "\n\n- 青浦重点推介软件和信息服务业的"
        "企业名单与联系方式\n- 吴江重点推介高端装备制造业的企业名单与联系方式\n\n```\n"
        + wrapped(PARAGRAPHS[2], 36)
        + "\n```\n\n> 引文\n\n" + wrapped(PARAGRAPHS[1], 36) + "\n"
    )  # fmt: skip
    breaks = [start for start, _ in fold(text).breaks]
    code = range(text.index("```"), text.rindex("```"))
    assert len(breaks) >= 4
    assert not any(start in code for start in breaks)
    assert "\n- 吴江重点推介" in fold(text).text


def assert_apart(folded: str) -> None:
    """Assert that no paragraph goes on in the next one."""
    for paragraph in PARAGRAPHS[1:]:
        before = folded[: folded.index(paragraph[:6])]
        assert before.rstrip(" >-*1.、").endswith("\n")


def cited(text: str, mark: str) -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("width", range(18, 50, 3))
@pytest.mark.parametrize("mark", ["> ", ">", "> > ", ">>"])
def test_a_phrase_across_a_line_end_of_a_cited_mail_is_found(width, mark):
    text = "\n\n".join(wrapped(paragraph, width) for paragraph in PARAGRAPHS)
    both = f"{cited(text, mark)}\n\n{text}"
    for each in (cited(text, mark), cited(text, mark).replace("\n", "\r\n"), both):
        folded = fold(each)
        assert [clause for clause in CLAUSES if clause not in folded.text] == []
        assert all(set(each[start:end]) <= set("> \r\n") for start, end in folded.breaks)
    assert_apart(fold(cited(text, mark)).text)


@pytest.mark.parametrize("width", range(18, 50, 3))
@pytest.mark.parametrize(
    ("mark", "indent"), [("- ", 2), ("* ", 4), ("1. ", 3), ("1、", 4), ("  - ", 4)]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_phrase_across_a_line_end_of_a_lists_item_is_found(width, mark, indent, between):
    items = [
        mark + wrapped(paragraph, width - indent // 2).replace("\n", "\n" + " " * indent)
        for paragraph in PARAGRAPHS
    ]
    folded = fold(between.join(items)).text
    assert [clause for clause in CLAUSES if clause not in folded] == []
    assert_apart(folded)


def test_a_span_across_a_line_end_of_a_cited_mail_points_at_both_lines():
    text = cited("\n\n".join(wrapped(paragraph, 30) for paragraph in PARAGRAPHS), "> ")
    end = text.index("\n")
    folded = fold(text)
    assert folded.breaks[0] == (end, end + 3)
    assert folded.offsets.raw_span(end - 1, end + 1) == (end - 1, end + 4)


@pytest.mark.parametrize(
    "text",
    [
        "> 床前明月光，\n> 疑是地上霜。\n> 举头望明月，\n> 低头思故乡。",
        "- 青浦\n  软件和信息服务业\n- 吴江\n  高端装备制造业\n- 嘉善\n  数字经济。",
        "```\n" + cited("\n".join(wrapped(p, 30) for p in PARAGRAPHS), "> ") + "\n```",
    ],
)
def test_cited_verse_short_items_and_code_stay_as_they_are(text):
    assert join_lines(text)[0] == text


PLAIN_LINES = "联合招商活动的名单与联系方式如下所列示范区两区一县"
VERSE = "我达达的马蹄是美丽的错误我不是归人是个过客而你的心如小小的寂寞的城恰若青石的街道"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。", "verse"),
        ("床前明月光\n疑是地上霜\n举头望明月\n低头思故乡", "verse without marks"),
        (
            "明月几时有，把酒问青天，不知天上宫阙，\n今夕是何年，我欲乘风归去，又恐琼楼玉宇，\n"
            "高处不胜寒，起舞弄清影，何似在人间，\n转朱阁，低绮户，照无眠，不应有恨，何事。",
            "verse whose long lines end with a mark",
        ),
        ("\n".join(VERSE[at : at + 17] for at in range(0, 40, 17)), "no sentence in it"),
        (
            "\n".join(f"{number}. {PLAIN_LINES}。" for number in range(1, 6)),
            "a numbered list",
        ),
        ("\n".join(["青浦  软件和信息服务业  上海市东部的一个区"] * 5) + "。", "a table"),
        (
            "\n".join(
                f"{PLAIN_LINES[:size]}，{PLAIN_LINES[size:]}{PLAIN_LINES[:size]}"
                for size in (3, 20, 9, 14, 6, 18)
            )
            + "。",
            "lines of many lengths",
        ),
        (
            "\n".join(["def f(联合): return 招商活动的名单与联系方式如下所列示范区"] * 5),
            "code",
        ),
        (f"{PLAIN_LINES}\n{PLAIN_LINES}。", "two lines are too few to tell"),
    ],
)
def test_what_is_not_filled_stays_as_it_is(text, why):
    assert join_lines(text)[0] == text, why


LINES = st.sampled_from(
    [
        *(
            "",
            "  ",
            "\u3000\u3000",
            "# ",
            "- ",
            ">",
            "> > 长",
            "1. 招商",
            "   ",
            "```",
            "\r",
            "长。",
            "……",
            "docker",
            "3.14",
        ),
        *(PARAGRAPHS[0][:size] for size in (15, 16, 18, 19, 20, 40)),
        *(PARAGRAPHS[1][3 : 3 + size] for size in (16, 19, 20, 21)),
        *("> " + PARAGRAPHS[0][:size] for size in (18, 19, 20)),
        *(mark + PARAGRAPHS[1][3:22] for mark in ("- ", "  ", "1. ", "   ", "12、", "> - ", ">  ")),
    ]
)


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\r\n", "\r"]))
def test_joining_is_what_the_rules_say_written_plainly(lines, end):
    text = end.join(lines)
    assert join_lines(text) == plain_join_lines(text)
