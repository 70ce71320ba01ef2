"""Words: golden tokens, each read by a person, and where they stand."""

import pytest
from analysis_cases import FOLDED
from hypothesis import given

from search.analysis import Token, words
from search.analysis.runs import Script, elements, runs
from search.analysis.words import LONGEST_TERM
from search.text import fold

MIXED = {
    # whole, then each part, the whole at the position of its first part
    "5G": [("5g", 0), ("5", 0), ("g", 1)],
    "５Ｇ": [("5g", 0), ("5", 0), ("g", 1)],  # full width is the same text
    "eVTOL": [("evtol", 0)],  # letters only: one part
    "BIM+GIS": [("bim+gis", 0), ("bim", 0), ("gis", 1)],
    "C++": [("c++", 0), ("c", 0)],  # symbols at an end belong to the whole
    "C++11": [("c++", 0), ("c", 0), ("11", 1)],
    "C#": [("c#", 0), ("c", 0)],
    "C#语言": [("c#", 0), ("c", 0), ("语言", 1)],  # as much as C++语言
    "C++语言": [("c++", 0), ("c", 0), ("语言", 1)],
    "2Gwh": [("2gwh", 0), ("2", 0), ("gwh", 1)],
    "5000P": [("5000p", 0), ("5000", 0), ("p", 1)],
    "3.14": [("3.14", 0), ("3", 0), ("14", 1)],
    "node.js": [("node.js", 0), ("node", 0), ("js", 1)],
    "Wi-Fi": [("wi-fi", 0), ("wi", 0), ("fi", 1)],
    "COVID-19": [("covid-19", 0), ("covid", 0), ("19", 1)],
    "AT&T": [("at&t", 0), ("at", 0), ("t", 1)],
    "user_name": [("user_name", 0), ("user", 0), ("name", 1)],
    "GB/T": [("gb/t", 0), ("gb", 0), ("t", 1)],
    "WiFi6E": [("wifi6e", 0), ("wifi", 0), ("6", 1), ("e", 2)],
    "IPv4/v6": [  # 5g inside a longer term is a part of its own, and so are its parts
        ("ipv4/v6", 0),
        ("ipv4", 0),
        ("ipv", 0),
        ("4", 1),
        ("v6", 2),
        ("v", 2),
        ("6", 3),
    ],
    "5G+工业互联网": [
        ("5g", 0),
        ("5", 0),
        ("g", 1),
        ("工业", 2),
        ("互联网", 3),
    ],  # + joins two words
    "数据+模型+算法": [("数据", 0), ("模型", 1), ("算法", 2)],
    "移动/固定": [("移动", 0), ("固定", 1)],
    "B超": [("b", 0), ("超", 1)],
    "东京タワー": [("东京", 0), ("タワー", 1)],  # kana as one run
    "한국어": [("한국어", 0)],  # Hangul as one run
    "𠮷野家": [("𠮷", 0), ("野家", 1)],  # what the dictionary does not know stands alone
    "二〇二四年": [
        ("二", 0),
        ("〇", 1),
        ("二", 2),
        ("四年", 3),
    ],  # jieba knows no 〇, which is kept
    "人々": [("人", 0), ("々", 1)],
    "154亿元": [("154", 0), ("亿元", 1)],
    "x\u0301y": [("x\u0301y", 0)],  # an accent is part of its letter
    "1\ufe0f\u20e3GPT": [("1", 0), ("gpt", 1)],
    "café": [("café", 0)],
    "МОСКВА": [("москва", 0)],
    "的": [("的", 0)],  # no stop words
    "running": [("running", 0)],  # no stemming
    "，。！…… —— “”": [],
}


@pytest.mark.parametrize(("text", "tokens"), MIXED.items(), ids=map(ascii, MIXED))
def test_words_of(text, tokens):
    assert [(token.term, token.position) for token in words(fold(text).text)] == tokens


def test_a_sentence_of_a_seed_in_words():
    sentence = "西岑科创园区数字孪生项目将应用BIM+GIS、物联网、云计算、大数据、人工智能等信息技术"
    assert [token.term for token in words(fold(sentence).text)] == [
        *("西岑", "科创", "园区"),  # the place, the trade, the park: 园区 and not 科创园
        *("数字", "孪生", "项目", "将", "应用"),
        *("bim+gis", "bim", "gis"),
        *("物", "联网"),  # newer than the dictionary, like the next two; found all the same,
        *("云", "计算"),  # since the query is cut alike and the words must be there as text
        *("大", "数据"),
        *("人工智能", "等", "信息技术"),
    ]


def test_traditional_text_is_cut_like_simplified():
    assert list(words(fold("自然語言處理").text)) == list(words("自然语言处理"))


@given(FOLDED)
def test_words_point_into_the_folded_text(text):
    for token in words(text):
        assert 0 <= token.start < token.end <= len(text)
        if len(token.term) < LONGEST_TERM:
            assert text[token.start : token.end] == token.term
        else:  # of a very long run of kana or Hangul the head is the term
            assert text[token.start : token.end].startswith(token.term)


@given(FOLDED)
def test_positions_are_ordinals(text):
    positions = [token.position for token in words(text)]
    assert positions == sorted(positions)
    if all(len(unit) <= LONGEST_TERM for unit, _, _ in elements(text)):  # longer keep their place
        assert set(positions) == set(range(len(set(positions))))


@given(FOLDED)
def test_every_han_character_is_in_exactly_one_word(text):
    han = [at for run in runs(text) if run.script is Script.HAN for at in range(run.start, run.end)]
    covered = [at for token in words(text) for at in range(token.start, token.end)]
    assert [at for at in covered if at in set(han)] == han


@given(FOLDED)
def test_runs_are_stretches_of_the_text_in_order(text):
    reach = 0
    for run in runs(text):
        assert reach <= run.start < run.end
        assert text[run.start : run.end] == run.text
        reach = run.end


def test_a_term_longer_than_any_word_is_indexed_by_its_parts():
    key = "a" * 65 + "+b"
    assert list(words(key)) == [Token("b", 66, 67, 1)]


def test_a_run_of_kana_longer_than_any_word_is_indexed_by_its_head():
    assert list(words("タ" * 70)) == [Token("タ" * 64, 0, 70, 0)]


@pytest.mark.parametrize("unit", ["a", "1", "a.", "a+", "a1", "#", "の", "한", "中a", "é́"])
def test_a_megabyte_without_a_break_ends(unit):
    assert sum(1 for _ in words(unit * (300_000 // len(unit)))) >= 0
