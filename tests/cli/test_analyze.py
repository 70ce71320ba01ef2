"""`search analyze`: a text step by step, and a query part by part."""

import io
import json
import sys

import pytest
from cli_cases import CHAIN, STATION, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.archive.analysis_fields import text_fields
from search.archive.text_analysis import analyze_text


def test_a_text_is_shown_as_it_is_folded_and_cut(command):
    assert command("analyze", "產(chǎn)業(yè)鏈ＢＩＭ+GIS") == (
        0,
        "folded   产业链bim+gis\n"
        "dropped  (chǎn)  at 1: chǎn is a reading of 產\n"
        "         (yè)    at 8: yè is a reading of 業\n"
        "changed  產 → 产       script, at 0\n"
        "         業 → 业       script, at 7\n"
        "         鏈 → 链       script, at 12\n"
        "         ＢＩＭ → bim  width, case, at 13\n"
        "         GIS → gis     case, at 17\n"
        "words    产业链 bim+gis bim gis\n"
        "         in the dictionary: 产业链\n"
        "         Latin words: bim+gis\n"
        "         parts of them: bim gis\n"
        "grams    产业 业链 链 bim gis\n",
        "",
    )


def test_brackets_that_look_like_a_gloss_are_shown_with_why_they_stay(command):
    lines = command("analyze", "產(tài)業(GDP)").out.splitlines()
    assert "kept     (tài)  at 1: tài is no reading of 產: chǎn" in lines
    assert "         (GDP)  at 7: no tone mark in GDP" in lines


def test_breaks_are_shown_joined_or_counted_as_kept(command, here):
    out = command("analyze", (here / "seeds" / STATION).read_text("utf-8")).out
    why = "a long line of prose ends in mid-sentence, and the next goes on"
    assert f"joined   联合⏎⏎招商  at 136: {why}\n         ,延⏎⏎伸带   at 1475: {why}\n" in out
    assert "         9 kept   the line has fewer than 40 characters, first at 19\n" in out
    assert (
        "         none     comes from lines broken at one width: fewer than 2 lines end in the "
        "middle of a clause\n"
    ) in out


def test_what_looks_damaged_is_shown(command):
    assert command("analyze", "電話?shù)號").out.splitlines()[4] == (
        "damage   ?shù)  at 2: a gloss whose opening bracket is lost"
    )


def test_a_piped_analysis_of_an_article_is_whole(command, here):
    out = command("analyze", (here / "seeds" / CHAIN).read_text("utf-8")).out
    assert out.count(" is a reading of ") == 260
    assert "and more" not in out
    assert "\n         长三角数字干线西岑科创园" in out  # its lines stand under one another


def test_an_analysis_as_json_points_into_the_text(command):
    raw = "示範區(qū)5G"
    shown = json.loads(command("analyze", "--json", raw).out)
    assert (shown["type"], shown["version"], shown["text"]) == ("analysis", 1, raw)
    assert shown["folded"] == "示范区5g"
    assert [(t["term"], raw[slice(*t["raw"])], t["kind"]) for t in shown["words"]] == [
        ("示范区", "示範區(qū)", "dictionary"),
        ("5g", "5G", "latin"),
        ("5", "5", "part"),
        ("g", "G", "part"),
    ]
    assert [t["term"] for t in shown["grams"]] == ["示范", "范区", "区", "5", "g"]
    assert [raw[s:e] for s, e in shown["glosses"]] == ["(qū)"]
    assert (shown["breaks"], shown["damage"]) == ([], [])
    assert shown["dropped"] == [{"start": 3, "end": 7, "reason": "qū is a reading of 區"}]
    assert (shown["kept"], shown["joined"], shown["kept_breaks"]) == ([], [], [])
    assert shown["wrapped"] == {
        "columns": 0,
        "reason": "fewer than 2 lines end in the middle of a clause",
    }
    assert shown["changes"][0] == {
        "before": "範",
        "after": "范",
        "kinds": ["script"],
        "count": 1,
        "first": 1,
    }


PARTS = (
    "產(chǎn)業(yè)",
    "ＢＩＭ+GIS",
    "㎏",
    "x\u0301",
    "\r\n",
    "\n",
    "5G",
    "東京タワー",
    "长三角",
    "（上）",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=3)).map("".join))
def test_the_raw_span_of_every_term_folds_to_that_term(text):
    fields = text_fields(analyze_text(text))
    folded = fields["folded"]
    for token in (*fields["words"], *fields["grams"]):
        start, end = token["raw"]
        assert 0 <= start < end <= len(text)
        # A block such as ㎏ is indivisible: its span may hold more than the term, never less.
        again = analyze_text(text[start:end]).folded.text
        assert folded[token["start"] : token["end"]] in again


def test_a_text_of_a_dash_is_read_from_standard_input(command, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("產(chǎn)業(yè)".encode())))
    assert command("analyze", "-").out.startswith("folded   产业\n")


def test_words_that_begin_with_a_minus_are_text(command):
    assert command("analyze", "-上海", "--json").code == 0
    assert command("analyze", "-上海").out.startswith("folded   -上海\n")


@pytest.mark.parametrize("text", ["", " ", "。"])
def test_a_text_without_words_is_shown_all_the_same(command, text):
    ran = command("analyze", text)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("folded")


def test_a_text_that_is_not_valid_is_refused(command):
    assert command("analyze", "\udcff") == (
        2,
        "",
        "search: cannot read the text: it is not valid in this terminal's encoding\n"
        "hint: set the terminal, or LANG, to UTF-8 and type it again\n",
    )


def test_nothing_is_said_on_stderr_by_the_libraries():
    ran = run("analyze", "㐀野家與長三角")
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.usefixtures("here")
def test_a_query_is_shown_part_by_part(command):
    assert command("analyze", "--query", '軟體 -"5G+工业互联网"') == (
        0,
        'query    軟體 -"5G+工业互联网"\n'
        'read as  软体 -"5g+工业互联网"\n'
        "index    2 articles\n"
        "answers  1 article\n"
        "\n"
        "part 1   軟體 → 软体  in 1 article\n"
        "words    软体  in the dictionary, in 0 articles\n"
        "grams    软体  their places decide\n"
        "or       软件  regional, for 软体, in 1 article\n"
        "\n"
        'part 2   "5G+工业互联网" → 5g+工业互联网  exactly these characters, excluded, '
        "in 0 articles\n"
        "words    5g      Latin, in 1 article\n"
        "         工业    in the dictionary, in 2 articles\n"
        "         互联网  in the dictionary, in 1 article\n"
        "needs    5g+工业互联网, these characters side by side\n"
        "         its letters and digits are whole, not part of a longer word or number\n"
        "grams    5 g … 工业 互联 联网  these must be there, then texts are read\n",
        "",
    )


@pytest.mark.usefixtures("here")
def test_the_parts_of_a_query_tell_what_their_signs_ask_for(command):
    query = 'title:算力 GI* kubernets~ "a b"~5 原文:後 长三角产业 长三角是什么'
    out = command("analyze", "--query", query, "-上海").out
    for told in (
        "part 1   算力  in the title, in 0 articles\n",
        "needs    a word that begins with gi; the commonest score\n",
        "needs    kubernets, or a word with up to 1 letter more, fewer or others\n",
        "needs    all of these with 5 characters or tokens between at most\n",
        "needs    後, as its author wrote it: every text is read\n",
        "needs    all of these words, wherever they stand as text\n",
        "grams    长三 三角  for 长三角: their places decide\n",
        "asking   什么  only ask; an article with most of the words need not\n",
        "part 8   上海  excluded, in 2 articles\n",
    ):
        assert told in out


@pytest.mark.usefixtures("here")
def test_a_query_of_several_words_may_be_read_by_any_and_without_expansions(command):
    shown = json.loads(command("analyze", "--query", "--json", "--any", "軟體 产业").out)
    assert (shown["read_as"], shown["total"]) == ("软体 OR 产业", 2)
    shown = json.loads(command("analyze", "--query", "--json", "--no-expand", "軟體").out)
    assert shown["parts"][0]["expansions"] == []
    out = command("analyze", "--query", "--any", "长三角产业").out
    assert "needs    any of these words, wherever they stand as text\n" in out


@pytest.mark.usefixtures("here")
def test_the_word_in_the_way_is_shown(command):
    out = command("analyze", "--query", "GIS 图书馆").out
    assert (
        "answers  1 article with most of the words  "
        "none has all of them: '图书馆' is in the way, without it 1 article\n"
    ) in out


@pytest.mark.usefixtures("here")
def test_a_query_analysis_as_json_is_one_object(command):
    shown = json.loads(command("analyze", "--query", "--json", "軟體").out)
    assert shown == {
        "type": "query_analysis",
        "version": 1,
        "query": "軟體",
        "read_as": "软体",
        "notes": [],
        "index": {"documents": 2, "problem": ""},
        "total": 1,
        "asking": [],
        "expansions": [],
        "parts": [
            {
                "typed": "軟體",
                "folded": "软体",
                "kind": "text",
                "field": "",
                "excluded": False,
                "left_out": False,
                "any_word": False,
                "articles": 1,
                "words": [{"text": "软体", "kind": "dictionary", "articles": 0}],
                "looked_for": [
                    {
                        "text": "软体",
                        "decided": True,
                        "rules": [],
                        "grams": [[{"gram": "软体", "offset": 0, "spaced": None}]],
                    }
                ],
                "expansions": [{"from": "软体", "to": "软件", "kind": "regional", "articles": 1}],
            }
        ],
    }


@pytest.mark.usefixtures("empty")
def test_without_an_index_a_query_is_shown_all_the_same(command):
    ran = command("analyze", "--query", "軟體")
    assert (ran.code, ran.err) == (0, "")
    assert (
        "index    none used, so nothing is counted or read as pinyin  "
        "cannot open index 'index': no index there\n"
    ) in ran.out
    assert "or       软件  regional, for 软体\n" in ran.out


@pytest.mark.usefixtures("empty")
def test_another_index_can_be_named(command, built):
    out = command("analyze", "--query", "长三角", "--index", str(built / "index")).out
    assert "index    2 articles\n" in out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("query", ["", " ", "。", "-", "“”"])
def test_a_query_with_nothing_to_search_for_ends_with_one(command, query, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    ran = command("analyze", "--query", query)
    assert (ran.code, ran.err) == (1, "")
    assert "read as  nothing to search for\n" in ran.out


@pytest.mark.usefixtures("here")
def test_a_broken_query_is_shown_with_what_was_set_aside(command):
    ran = command("analyze", "--query", '("联合 招商 title: OR')
    assert ran.code == 0
    assert "read as  联合 招商 title\n" in ran.out
    assert 'notes    the quotation mark " is not closed; it was left out\n' in ran.out


@pytest.mark.parametrize(
    ("option", "given"),
    [("--any", ["--any"]), ("--no-expand", ["--no-expand"])],
)
def test_what_counts_for_queries_only_is_refused_of_a_text(command, option, given):
    assert command("analyze", "长三角", *given) == (
        2,
        "",
        f"search: '{option}' is for queries, with '--query'\nhint: run 'search analyze --help'\n",
    )
