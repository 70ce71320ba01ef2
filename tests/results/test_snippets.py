"""Passages of a body: slices of the author's text, cut where a reader would cut them."""

import pytest
from hypothesis import assume, given
from result_cases import BODIES, QUERIES, seed

from search.analysis.runs import Script, runs
from search.query import parse
from search.results import Snippet
from search.results.highlight import Highlighter
from search.results.snippet import MOST_SNIPPETS, SNIPPET_CHARACTERS, snippets
from search.text import fold

FILLER = (
    "这里说的是别的事情没有要找的东西在里面也没有标点符号可以断开的地方一直一直写下去写到很远的远方"
)


def snippets_of(query: str, text: str) -> list[Snippet]:
    folded = fold(text)
    return snippets(text, folded, Highlighter(parse(query).tree).matches(folded.text))


def marks_of(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


@given(QUERIES, BODIES)
def test_a_snippet_is_a_slice_of_the_body_and_its_marks_are_inside(query, text):
    for snippet in snippets_of(query, text):
        assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        assert snippet.text == snippet.text.strip()
        for spans in (snippet.spans, snippet.glosses, snippet.breaks):
            reach = 0
            for start, end in spans:
                assert reach <= start < end <= len(snippet.text)
                reach = end


@given(QUERIES, BODIES)
def test_snippets_come_in_order_and_do_not_overlap(query, text):
    found = snippets_of(query, text)
    assert len(found) <= MOST_SNIPPETS
    reach = 0
    for snippet in found:
        assert snippet.start >= reach
        reach = snippet.start + len(snippet.text)


@given(QUERIES, BODIES)
def test_each_snippet_shows_a_match_if_there_is_any(query, text):
    has_match = bool(Highlighter(parse(query).tree).spans(fold(text).text))
    found = snippets_of(query, text)
    assert all(bool(snippet.spans) == has_match for snippet in found)
    assert found or not text.strip()


@given(QUERIES, BODIES)
def test_a_snippet_is_at_most_eighty_characters_long_glosses_not_counted(query, text):
    assume(
        all(run.end - run.start < 20 for run in runs(fold(text).text) if run.script is Script.LATIN)
    )
    for snippet in snippets_of(query, text):
        # One more where a mark of punctuation ends it, a block of the map at either end.
        assert len(fold(snippet.text).text) <= SNIPPET_CHARACTERS + 1 + 2 * len("株式会社")


@given(QUERIES, BODIES)
def test_a_snippet_is_never_cut_inside_a_gloss_or_a_latin_token(query, text):
    folded = fold(text)
    whole: list[tuple[int, int]] = [(start - 1, end) for start, end in folded.glosses]
    for run in runs(folded.text):
        if run.script is Script.LATIN and len(run.text) < SNIPPET_CHARACTERS:
            whole.append(folded.offsets.raw_span(run.start, run.end))
    for snippet in snippets_of(query, text):
        for cut in (snippet.start, snippet.start + len(snippet.text)):
            assert not any(start < cut < end for start, end in whole)


def test_without_a_match_it_is_the_beginning():
    (snippet,) = snippets_of("量子", seed("002"))
    assert snippet.text.startswith("招商不“内卷” 携手共“引凤”")
    assert snippet.start == 4  # after the blank lines
    assert list(snippet.spans) == []


def test_blank_lines_before_the_text_do_not_count():
    (snippet,) = snippets_of("没有", "\n" * 200 + "正文在这里。")
    assert (snippet.text, snippet.start) == ("正文在这里。", 200)


def test_an_empty_body_has_an_empty_snippet():
    assert [snippet.text for snippet in snippets_of("长三角", "")] == [""]


def test_a_short_body_is_shown_whole():
    (snippet,) = snippets_of("长三角", "长三角示范区。\n建设。\n")
    assert snippet.text == "长三角示范区。\n建设。"
    assert marks_of(snippet) == ["长三角"]


def test_it_begins_after_the_punctuation_before_the_match():
    (snippet,) = snippets_of("长三角", f"{FILLER}。前面的话，在长三角有。{FILLER}")
    assert snippet.text.startswith("前面的话，在长三角有。")  # the sentence before the clause


def test_it_begins_near_the_match_where_there_is_no_punctuation():
    (snippet,) = snippets_of("长三角", FILLER + "长三角" + FILLER)
    assert 0 < snippet.text.index("长三角") <= 24


def test_it_ends_at_punctuation_near_its_end():
    (snippet,) = snippets_of("长三角", f"长三角{FILLER}{FILLER[:20]}，{FILLER}")
    assert snippet.text.endswith(FILLER[:20] + "，")


def test_it_ends_with_its_paragraph():
    (snippet,) = snippets_of("长三角", f"长三角{FILLER[:45]}\n下一段不在这里{FILLER}")
    assert snippet.text == f"长三角{FILLER[:45]}"


def test_glosses_do_not_count_and_are_told():
    (snippet,) = snippets_of("产业", "數字產(chǎn)業(yè)集群")
    assert marks_of(snippet) == ["產(chǎn)業(yè)"]
    assert [snippet.text[s:e] for s, e in snippet.glosses] == ["(chǎn)", "(yè)"]
    assert [(p.text, p.marked, p.gloss) for p in snippet.pieces] == [
        ("數字", False, False),
        ("產", True, False),
        ("(chǎn)", True, True),
        ("業", True, False),
        ("(yè)", True, True),
        ("集群", False, False),
    ]


def test_a_break_inside_a_sentence_is_told():
    (snippet,) = snippets_of('"延伸带动"', seed("002"))
    assert marks_of(snippet) == ["延\n\n伸带动"]
    assert [snippet.text[s:e] for s, e in snippet.breaks] == ["\n\n"]


def test_a_passage_with_more_of_the_query_is_chosen_first():
    text = "。".join([f"长三角{FILLER}"] * 3 + [f"长三角和算力{FILLER}"] + [f"长三角{FILLER}"] * 3)
    found = snippets_of("长三角 算力", text)
    assert len(found) == MOST_SNIPPETS
    assert any("长三角和算力" in snippet.text for snippet in found)


@pytest.mark.parametrize(
    "token",
    ["BIM+GIS", "node.js", "10,000", "12:30", "C++", "café", "Москва", "a.cn/b", "x\u0301y"],
)
@pytest.mark.parametrize("shift", range(12))
def test_a_token_at_either_edge_is_whole_or_not_there(token, shift):
    text = f"{FILLER}{token}{FILLER[: 12 + shift]}长三角{FILLER}{FILLER[:shift]}{token}{FILLER}"
    (snippet,) = snippets_of("长三角", text)
    rest = snippet.text.replace(token, "")
    assert set(rest) <= set(FILLER + "长三角")


@pytest.mark.parametrize("block", ["㈱", "㍿", "⑴", "……", "㋿"])
@pytest.mark.parametrize("filler", ["", "。", "中", "中中"])
def test_snippets_that_meet_in_one_block_of_the_map_do_not_share_it(block, filler):
    text = (block + filler) * 200  # each block folds to several characters
    found = snippets_of("株 1 和 。。", text) if block != "……" else snippets_of('"..中"', text)
    reach = 0
    for snippet in found:
        assert snippet.start >= reach
        assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        reach = snippet.start + len(snippet.text)


def test_ten_thousand_matches_in_a_long_text_end():
    text = "产业的科技和别的，" * 11_000
    found = snippets_of("产业 科技", text)
    assert len(found) == MOST_SNIPPETS


def test_a_long_text_without_a_break_ends():
    assert len(snippets_of("ab", "ab " + "a" * 200_000)) == 1
    assert len(snippets_of("中", "中" * 100_000)) == MOST_SNIPPETS
