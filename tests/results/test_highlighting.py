"""What is marked: DESIGN section 5, a reason per case."""

import pytest
from hypothesis import given
from result_cases import BODIES, QUERIES, marked, seed

from search.query import And, Expanded, Expansion, Run, parse, wanted
from search.results.highlight import Highlighter, Match, Matches
from search.results.snippet import mark
from search.text import fold


@pytest.mark.parametrize(
    ("query", "text", "marks", "why"),
    [
        ("长三角示范区", "长三角示范区建设", ["长三角示范区"], "the run stands whole"),
        ("长三角示范区", "示范区在长三角", ["示范区", "长三角"], "elsewhere its words are marked"),
        (
            "长三角示范区",
            "长三角示范区，长三角",
            ["长三角示范区", "长三角"],
            "whole where it can be, words where not",
        ),
        ("示范区", "示范效应", [], "a part of a word is not the word"),
        ("示范区", "示范区的示范效应", ["示范区"], "not beside the word either"),
        ("科技的未来", "科技的", ["科技", "的"], "a single character beside another match"),
        ("科技的未来", "的科技", ["的", "科技"], "on either side"),
        ("科技的未来", "他的家", [], "a single character alone tells nothing"),
        ("科技的未来", "科技。的", ["科技"], "punctuation parts them"),
        ("的", "他的家", ["的"], "the whole query is one character"),
        ("我 的", "他的家", ["的"], "each run of the query is whole"),
        ("中 国", "中国", ["中", "国"], "each run of the query is whole"),
        (
            '"联合招商"',
            "联合招商，招商联合",
            ["联合招商"],
            "the words of a quotation are not asked for",
        ),
        ("GIS", "bim+gis和register", ["gis"], "whole tokens only"),
        ("bim+gis", "BIM+GIS和GIS", ["BIM+GIS"], "a Latin term is asked for whole"),
        ("5g", "５Ｇ", ["５Ｇ"], "full width is the same text"),
        ("长三角 -上海", "长三角的上海", ["长三角"], "what is excluded is never marked"),
        ("長三角", "长三角，長三角", ["长三角", "長三角"], "either script"),
        ("产业", "產(chǎn)業(yè)鏈", ["產(chǎn)業(yè)"], "one mark over the glosses"),
        ("业链", "產(chǎn)業(yè)鏈", ["業(yè)鏈"], "from the middle of a word"),
        ("使用Docker部署", "使用 Docker 部署", ["使用 Docker 部署"], "free spaces inside a mark"),
        ("自然语言 语言处理", "自然语言处理", ["自然语言", "处理"], "what overlaps is marked once"),
        ("长三角", "", [], "nothing in nothing"),
        ("c++", "C++ C+", ["C++"], "symbols count"),
        ('"★"', "★长三角★", ["★", "★"], "signs that are quoted"),
        ('"★" 长三角', "★ 长三角", ["★", "长三角"], "beside anything else, too"),
        ('"★" "的"', "他的★", ["的", "★"], "and they are nothing longer than a character"),
        ('"..." ', "等…等", ["…"], "what one sign folds to, whole"),
    ],
)
def test_marks(query, text, marks, why):
    assert marked(query, text) == marks, why


def test_a_word_across_a_layout_break_is_one_mark():
    assert marked("延伸", seed("002")) == ["延\n\n伸"]
    assert marked('"联合招商活动"', seed("002")) == ["联合\n\n招商活动"]
    assert marked('"未来绿色交通"', seed("002")) == ["未来绿色\n\n交通"]


def test_every_industry_of_seed_000_is_one_mark():
    assert marked("产业", seed("000")) == ["產(chǎn)業(yè)"] * 12


def test_nothing_is_marked_across_a_real_line_end():
    assert marked('"毛丽君各美"', seed("002")) == []
    assert marked('"合力发展如何"', seed("002")) == []


def test_glosses_are_not_text():
    assert marked("chǎn", seed("000")) == []
    assert marked("ch", seed("000")) == []


def test_a_query_of_nothing_marks_nothing():
    assert Highlighter(None).matches("长三角").spans() == []
    assert Highlighter(parse("-长三角").tree).matches("长三角").spans() == []


def test_a_match_says_which_string_of_the_query_it_is():
    found = Highlighter(parse("长三角示范区").tree).matches("示范区长三角示范区")
    assert list(found) == [Match(0, 3, "示范区"), Match(3, 9, "长三角示范区")]


def test_repeated_single_characters_mark_each_other_only_with_another_kind():
    highlighter = Highlighter(parse("科技的了").tree)
    assert highlighter.spans("的的的") == []
    assert highlighter.spans("的了") == [(0, 1), (1, 2)]


@given(QUERIES, BODIES)
def test_marks_are_in_order_and_apart(query, text):
    folded = fold(text).text
    reach = 0
    for start, end in Highlighter(parse(query).tree).spans(folded):
        assert reach <= start < end <= len(folded)
        reach = end


@given(QUERIES, BODIES)
def test_what_is_marked_folds_to_something_the_query_asks_for(query, text):
    tree = parse(query).tree
    leaves = wanted(tree) if tree is not None else []
    asked = [literal.text for leaf in leaves for literal in (leaf.whole, *leaf.literals)]
    folded = fold(text)
    for start, end in Highlighter(tree).spans(folded.text):
        match = "".join(folded.text[start:end].split())
        assert any(match in "".join(string.split()) for string in asked)
        raw_start, raw_end = folded.offsets.raw_span(start, end)
        assert match in "".join(fold(text[raw_start:raw_end]).text.split())


@given(QUERIES, BODIES)
def test_whatever_stands_whole_is_marked_whole(query, text):
    tree = parse(query).tree
    folded = fold(text).text
    covered = {at for start, end in Highlighter(tree).spans(folded) for at in range(start, end)}
    wholes = [leaf.whole for leaf in wanted(tree)] if tree is not None else []
    # 的 alone in `长三角 的` is a single character: it is marked beside another match only.
    longest = max((len(whole.text) for whole in wholes), default=0)
    for whole in wholes:
        for start, end in whole.spans(folded) if len(whole.text) > 1 or longest == 1 else ():
            assert covered >= set(range(start, end))


@given(QUERIES, BODIES)
def test_a_whole_text_marked_is_the_text_with_its_glosses_and_breaks(query, text):
    folded = fold(text)
    matches = Highlighter(parse(query).tree).matches(folded.text)
    whole = mark(text, folded, matches)
    assert (whole.text, whole.start) == (text, 0)
    assert (whole.glosses, whole.breaks) == (folded.glosses, folded.breaks)
    assert "".join(piece.text for piece in whole.pieces) == text
    reach = 0
    for start, end in whole.spans:
        assert reach <= start < end <= len(text)
        reach = end


def test_two_matches_in_one_block_of_the_map_are_one_mark():
    text = "㏄m"  # folds to ccm; a block is marked whole
    folded = fold("㎏㎏")
    whole = mark("㎏㎏", folded, Matches([Match(0, 1, "k"), Match(1, 2, "g"), Match(2, 3, "k")]))
    assert whole.spans == [(0, 1), (1, 2)]
    assert fold(text).text == "ccm"


def test_ten_thousand_matches_end():
    text = "产业的科技，" * 10_000
    highlighter = Highlighter(parse("产业 科技的未来").tree)
    found = highlighter.matches(fold(text).text)
    assert len(found) == 30_000  # 产业, the 的 between two matches, 科技


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("示范区 的", "示范区的建设，他的书", ["示范区", "的"]),  # the second 的 tells nothing
        ("港 业", "数智港的产业", ["港", "业"]),  # nothing longer is asked for
    ],
)
def test_a_single_character_beside_longer_words_is_marked_only_next_to_a_match(query, text, marked):
    assert [text[start:end] for start, end in Highlighter(parse(query).tree).spans(text)] == marked


def test_any_word_marks_the_run_whole_where_it_stands():
    tree = parse("示范区的建设", any_word=True).tree
    text = "示范区的建设。他的书的封面。建设"
    found = [text[start:end] for start, end in Highlighter(tree).spans(text)]
    assert found == ["示范区的建设", "建设"]


def test_what_stands_for_a_word_is_marked_as_a_word():
    expansion = Expansion("csj", "长三角", "pinyin")
    tree = And((Run("csj", ("csj",), expansions=(expansion,)), Run("软件", ("软件",))))
    assert Highlighter(tree).spans("长三角的软件 csj") == [(0, 3), (4, 6), (7, 10)]
    group = And((Run("chang", ("chang",)), Run("san", ("san",))))
    found = Highlighter(Expanded(group, (Expansion("chang san", "长三", "pinyin"),)))
    assert found.spans("长三角 chang") == [(0, 2), (4, 9)]
