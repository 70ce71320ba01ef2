"""What each line of an article is: small articles with a reason a line, and any text at all."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.results import Line, LineKind, all_lines, cut_pieces, kinds_of_lines, shown_text
from search.text.gloss import drop_glosses
from search.text.layout import join_lines

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))

# What stands for a paragraph of prose: longer than any heading, with the end of a sentence.
PROSE = (
    "入夏以来雨水偏多，河堤每天都有人沿着石阶来回巡看，村里的老人说这样的年份三十年里只见过两回。"
)
OTHER = "水退之后地里留下厚厚一层细泥，种下去的萝卜比往年早熟了十来天，镇上的集市也因此提前开了张。"


def kinds(*lines: str) -> list[str]:
    return [line.kind.value for line in kinds_of_lines(lines) if line.kind is not LineKind.BLANK]


def only(*lines: str) -> Line:
    """Return what the last of the lines is."""
    return kinds_of_lines(lines)[-1]


def shown_lines(text: str) -> list[str]:
    """Return the lines of a text as the page shows them: joined over layout, without glosses."""
    return join_lines(drop_glosses(text)[0])[0].splitlines()


def test_newspaper_lines_are_told_by_where_they_stand():
    lines = [
        ("河堤上的夏天", "crosshead"),  # the first line, short, a byline below it
        ("本报记者 陈小雨", "byline"),  # outlet, role, name
        (PROSE, "paragraph"),
        ("■巡堤的老人 本报记者 赵一帆 摄", "caption"),  # who took the picture
        ("早熟的萝卜", "crosshead"),  # short, between paragraphs, no sign that ends a sentence
        (OTHER, "paragraph"),
        ("谁来守堤？", "paragraph"),  # a question may be a crosshead, but only beside two others
        (PROSE, "paragraph"),
        ("水退了。", "paragraph"),  # a sentence, however short
        (OTHER, "paragraph"),
        ("■集市提前开张", "caption"),  # its sign is that of the caption above
    ]
    assert kinds(*(line for line, _ in lines)) == [kind for _, kind in lines]


def test_a_question_is_a_crosshead_beside_two_that_are_none():
    lines = ["早熟的萝卜", "集市提前", "谁来守堤？", "那怎么办？"]
    assert kinds(PROSE, *(part for line in lines for part in (line, OTHER)))[1::2] == [
        *("crosshead", "crosshead", "crosshead"),
        "paragraph",  # 那 goes on with what was said before
    ]


@pytest.mark.parametrize(
    "line",
    [
        "他没有说话。",  # a sentence
        "要点如下：",  # announces what follows
        "她想了想，",  # goes on
        "“走吧，”她说，“天要黑了”",  # more pauses than a heading has
        "“是我”",  # somebody speaks
        "（下转第三版）",  # a note in brackets
        "$ make install",  # a command
        "Makefile",  # no Han: a name as well as a heading
        "这是一个没有句号却很长很长的句子所以不会是文中的一个小标题吧",  # too long
    ],
)
def test_a_line_between_paragraphs_is_a_paragraph_in_doubt(line):
    assert kinds(PROSE, line, OTHER) == ["paragraph"] * 3


def test_a_short_line_is_no_crosshead_without_prose_on_both_sides():
    assert kinds(PROSE, "早熟的萝卜") == ["paragraph"] * 2  # the last: a signature as well
    assert kinds(PROSE, "张三", "李四", OTHER) == ["paragraph"] * 4  # two: a list of names
    assert kinds(PROSE, "早熟的萝卜", "他来了。", OTHER) == ["paragraph"] * 4  # short prose below


def test_where_headings_are_marked_no_other_short_line_is_one():
    assert kinds("# 甲", "", PROSE, "早熟的萝卜", OTHER, "## 乙", PROSE) == [
        *("crosshead", "paragraph", "paragraph", "paragraph"),
        *("crosshead", "paragraph"),
    ]


def test_markdown_lines_are_told_by_their_signs():
    lines = [
        ("# 题目", Line(LineKind.CROSSHEAD, 1, 2)),
        ("##忘了空格", Line(LineKind.CROSSHEAD, 2, 2)),
        ("### 两边有 ###", Line(LineKind.CROSSHEAD, 3, 4, 4)),
        ("## C#", Line(LineKind.CROSSHEAD, 2, 3)),  # the last sign is of the name
        ("#话题# 今天", Line(LineKind.PARAGRAPH)),  # a topic of a microblog
        ("- 一项", Line(LineKind.LIST, sign=2)),
        ("  接着上一项", Line(LineKind.LIST)),
        ("12. 又一项", Line(LineKind.LIST, sign=4)),
        ("> 引文", Line(LineKind.QUOTE, sign=2)),
        ("> > 引文的引文", Line(LineKind.QUOTE, sign=4)),
        ("* * *", Line(LineKind.RULE, sign=5)),
        ("**小标题**", Line(LineKind.CROSSHEAD, 0, 2, 2)),
        ("**这里要注意，不要重启机器。**", Line(LineKind.PARAGRAPH)),  # a sentence, though bold
        ("**-v, --verbose**", Line(LineKind.PARAGRAPH)),  # an option
        ("**新版本已经发布了**", Line(LineKind.PARAGRAPH)),  # a sentence without its full stop
        ("![河堤](a.png)", Line(LineKind.CAPTION, 0, 2, 8)),
        ("*河堤的清晨*", Line(LineKind.CAPTION, 0, 1, 1)),  # below a picture
        ("[1]: https://example.org/", Line(LineKind.DEFINITION)),
        ("[主持人]: 您好", Line(LineKind.PARAGRAPH)),  # who speaks, no address
        ("完。", Line(LineKind.PARAGRAPH)),
    ]
    found = kinds_of_lines([part for line, _ in lines for part in (line, "")])[::2]
    for (line, kind), got in zip(lines, found, strict=True):
        assert got == kind, line


def test_underlined_lines_are_headings_and_the_underline_is_a_rule():
    assert kinds_of_lines(["题目", "===", "", "一节", "---"]) == [
        Line(LineKind.CROSSHEAD, 1),
        Line(LineKind.RULE, sign=3),
        Line(LineKind.BLANK),
        Line(LineKind.CROSSHEAD, 2),
        Line(LineKind.RULE, sign=3),
    ]
    assert kinds("话说完了。", "---", "别的话。") == ["paragraph", "rule", "paragraph"]


def test_fenced_lines_are_code_whatever_they_hold_and_blank_ones_too():
    fence, code = Line(LineKind.CODE, sign=3), Line(LineKind.CODE)
    lines = ["```", "# 不是标题", "", "- 不是列表", "```"]
    assert kinds_of_lines(lines) == [fence, code, code, code, fence]
    assert kinds("```", "没有结束", "一句话。") == ["paragraph"] * 3  # nothing closes it


def test_indented_lines_are_code_where_they_are_no_prose():
    assert kinds("运行：", "", "    $ make", "", "    # 清理", "    $ make clean") == [
        *("paragraph", "code", "code", "code", "code"),
    ]
    assert kinds(PROSE, "", "    " + OTHER) == ["paragraph"] * 2  # so typists set in paragraphs
    assert kinds("- 项", "", "    " + OTHER) == ["list"] * 2  # goes on with the item


def test_rows_are_a_table_where_a_rule_or_a_bar_before_each_says_so():
    assert kinds("甲 | 乙", "---|---", "一 | 二") == ["table"] * 3
    assert kinds("| 甲 | 乙 |", "| 一 | 二 |") == ["table"] * 2
    assert kinds("站名\t里程", "青浦\t12") == ["table"] * 2  # columns of a spreadsheet
    assert kinds("管道写作 a | b", "也写作 c | d") == ["paragraph"] * 2


def test_front_matter_is_for_programs_and_a_rule_is_not():
    assert kinds("---", "title: 河堤", "tags:", "  - 水", "---", "正文。") == [
        *["definition"] * 5,
        "paragraph",
    ]
    assert kinds("---", "他说：好。", "---")[1] == "paragraph"


@pytest.mark.parametrize(
    "line",
    [
        "图为巡堤的老人。",
        "左图：清晨的河堤",
        "图2：水位变化",
        "图 3　水位变化",
        "（图/赵一帆）",
        "巡堤的老人。（赵一帆 摄）",
        "巡堤的老人（新华社记者赵一帆摄）",
        "图片来源：河务局",
        "巡堤的老人 受访者供图",
        "資料照片",
        "▲巡堤的老人",
    ],
)
def test_captions_say_what_is_shown_or_who_took_it(line):
    assert only(PROSE, "", line).kind is LineKind.CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "图2显示了水位的变化。",
        "他爱好摄影",
        "图什么呢",
        "这张照片是我所摄",
        "如下图：",
        "讲的是图书馆",
    ],
)
def test_prose_about_pictures_is_no_caption(line):
    assert only(PROSE, "", line).kind is LineKind.PARAGRAPH


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 陈小雨 通讯员 李明",
        "記者王小明／台北報導",
        "记者：陈小雨",
        "文/陈小雨",
        "来源：河务局",
        "作者：[陈小雨](https://example.org/)",
        "责任编辑：李明",
        "（本报记者 陈小雨）",
        "新华社青浦6月28日电（记者 陈小雨）",
        "本文由 [译社][1] 原创翻译",
        "2024年6月28日",
        "2024-06-28 来源：河务局",
        "By Mary Chen",
    ],
)
def test_bylines_say_who_wrote_when_and_whence(line):
    assert only(PROSE, "", line).kind is LineKind.BYLINE


@pytest.mark.parametrize(
    "line", ["记者调查", "本报记者调查发现", "作者：他是谁？", "来源：这句话出自古书。", "文如其人"]
)
def test_what_only_begins_like_a_byline_is_none(line):
    assert only(PROSE, "", line).kind is LineKind.PARAGRAPH


def test_a_date_amid_a_text_may_be_a_heading_and_is_left():
    days = [part for day in range(1, 13) for part in (f"2024年6月{day}日", PROSE)]
    assert kinds(*days)[12] == "paragraph"


def test_numbered_lines_side_by_side_are_a_list():
    assert kinds("1、开门", "2、关灯") == ["list"] * 2
    assert kinds("●开门", "●关灯") == ["list"] * 2
    assert kinds(PROSE, "一、开门", OTHER) == ["paragraph", "crosshead", "paragraph"]
    assert kinds("3.14 是近似值", "2.71 也是") == ["paragraph"] * 2
    assert kinds("□□兮水无期，碧草为衣。", "□□兮月自明，白石为床。")[0] != "list"  # lost characters


def test_verse_is_told_by_its_measure_or_its_stanzas():
    five = ["河水向东去，青山不送人。", "石阶三十级，级级是苔痕。"]
    assert kinds("守堤", "陈小雨", *five) == ["crosshead", "byline", "verse", "verse"]
    assert kinds("守堤", *five) == ["crosshead", "verse", "verse"]
    assert kinds(*five, "君不见石上苔，年年青又青。") == ["verse"] * 3  # one of another measure
    assert kinds(PROSE, *five, OTHER) == ["paragraph", "verse", "verse", "paragraph"]
    assert kinds(PROSE, five[0], OTHER) == ["paragraph"] * 3  # one line alone is a saying
    stanza = ["你把灯放在窗台上", "让河水看见"]
    assert kinds(*stanza, "", *stanza) == ["verse"] * 4  # stanzas of as many lines
    assert kinds(*stanza, "", PROSE) == ["paragraph"] * 3
    assert kinds("“你来了？”", "“来了。”", "“坐吧。”", "“好。”") == ["paragraph"] * 4


def test_glosses_are_left_out_so_that_a_long_line_is_told_from_a_short_one():
    pieces = cut_pieces("產(chǎn)業(yè)", [], [(1, 7), (8, 12)])
    assert [shown_text(line) for line in all_lines(pieces)] == ["產業"]
    assert shown_text(cut_pieces("延\n伸", [], breaks=[(1, 2)])) == "延伸"


def test_every_line_of_the_first_seed_is_a_paragraph():
    found = kinds_of_lines(shown_lines(SEEDS[0].read_text("utf-8")))
    assert {line.kind for line in found} == {LineKind.PARAGRAPH}


def test_the_second_seed_has_its_title_byline_crossheads_and_captions():
    lines = shown_lines(SEEDS[1].read_text("utf-8"))
    found = {
        line: kind for line, kind in zip(lines, kinds_of_lines(lines), strict=True) if line.strip()
    }
    crosshead, caption = Line(LineKind.CROSSHEAD), Line(LineKind.CAPTION, sign=1)
    apart = {line: kind for line, kind in found.items() if kind.kind is not LineKind.PARAGRAPH}
    assert apart == {
        "招商不“内卷” 携手共“引凤”": crosshead,
        "本报记者 毛丽君": Line(LineKind.BYLINE),
        "■位于上海青浦的华为研发基地 本报记者 徐程 摄": caption,
        "细分赛道 合力发展": crosshead,
        "项目签约 数智加持": crosshead,
        "精彩路演 创见未来": crosshead,
        "■江苏吴江东太湖度假区飞行营地为游客带来直升机观光游新体验": caption,
        "■浙江嘉善祥符荡科创实验室内,浙大未来健康实验室": caption,  # both: the sign of the first
    }
    assert len(found) - len(apart) == 19


SIGNS = st.sampled_from(
    [
        *"#-*+>|`~=_ \t\u3000■▲●□[]()!:：。，？.1一摄图文/\r\x0b\ud800",
        "```",
        "---",
        "[1]: ",
        "图为",
        "记者",
    ]
)
LINES = st.lists(st.lists(SIGNS | st.characters(), max_size=12).map("".join), max_size=16)


@given(LINES)
def test_any_lines_give_one_answer_each_whose_signs_fit_the_line(lines):
    found = kinds_of_lines(lines)
    assert len(found) == len(lines)
    for line, kind in zip(lines, found, strict=True):
        assert kind.sign >= 0
        assert kind.closing >= 0
        assert kind.sign + kind.closing <= len(line)
        assert 0 <= kind.level <= 6
        assert (kind.level == 0) or kind.kind is LineKind.CROSSHEAD
        if not line.strip():
            assert kind.kind in (LineKind.BLANK, LineKind.CODE)
        signs = line[: kind.sign] + (line[len(line) - kind.closing :] if kind.closing else "")
        if kind.kind in (LineKind.LIST, LineKind.QUOTE, LineKind.CROSSHEAD, LineKind.PARAGRAPH):
            assert not any("\u4e00" <= character <= "\u9fff" for character in signs)


MILLION = 1_000_000


@pytest.mark.parametrize(
    "unit",
    [*"#-*>|`=_[!]( \t\u3000■1一。，摄图A", "- ", "![](", "**", "[a]", "> ", "一，", "1."],
)
@pytest.mark.parametrize("end", ["", "x"])
def test_a_million_characters_of_one_kind_take_no_longer_than_their_number(unit, end):
    line = unit * (MILLION // len(unit)) + end
    started = time.perf_counter()
    assert len(kinds_of_lines([line])) == 1
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "lines",
    [
        ["```a"],
        ["~~~", "```b"],
        ["    近日，河水退了。"],
        ["    近日，河水退了。", ""],
        ["- 项", "", "    又，河水退了。", ""],
        ["|"],
        ["甲"],
        ["河水向东去，", ""],
        ["■集市", "图为集市"],
        ["一、"],
        ["["],
        ["---", "a: b"],
        [""],
        ["*a*"],
    ],
)
def test_many_lines_take_no_longer_than_their_number(lines):
    started = time.perf_counter()
    kinds_of_lines(lines * (100_000 // len(lines)))
    assert time.perf_counter() - started < 5
