"""Mixed words of the user's dictionary are words beside those that they are made of."""

import pytest
from analysis_cases import FOLDED, seed_texts
from hypothesis import given
from hypothesis import strategies as st
from test_batches import words_of

from search.analysis import words
from search.analysis.batch import analyze_batch
from search.analysis.dictionary import Dictionary
from search.analysis.dictionary_file import read_dictionary
from search.analysis.literal import Literal
from search.analysis.terms import word_terms
from search.document import Document
from search.text import fold


def terms(text: str, *lines: str) -> list[str]:
    dictionary, _ = read_dictionary("\n".join(lines), "dictionary.txt")
    return [token.term for token in words(fold(text).text, dictionary)]


def test_a_mixed_word_stands_before_its_parts():
    assert terms("去卡拉OK厅", "卡拉OK") == ["去", "卡拉ok", "卡拉", "ok", "厅"]
    assert terms("in New  York", "New York") == ["in", "new york", "new", "york"]
    assert terms("让·雷诺", "让·雷诺") == ["让·雷诺", "让", "雷诺"]


def test_it_may_begin_inside_another_word():
    assert terms("发展工业5G", "业5G") == ["发展", "工业", "业5g", "5g", "5", "g"]


def test_its_ends_cut_no_token_and_spaces_beside_latin_count_for_nothing():
    assert terms("C++ c+++ abc++", "C++") == ["c++", "c", "c++", "c", "abc++", "abc"]
    assert terms("使用 Docker 使用Dockers", "使用Docker")[:3] == ["使用docker", "使用", "docker"]
    assert terms("使用 Docker 使用Dockers", "使用Docker").count("使用docker") == 1


def test_what_is_a_word_already_is_one_once():
    assert terms("bim+gis タワー 5g 〇", "BIM+GIS", "タワー", "5G", "〇") == terms(
        "bim+gis タワー 5g 〇"
    )


def test_a_term_kept_apart_is_indexed_by_its_parts_only():
    assert terms("bim+gis 5g", "bim+gis 0", "5g 0") == ["bim", "gis", "5", "g"]


MIXED = st.frozensets(
    st.sampled_from(
        [
            "5g",
            "c++",
            "ab",
            "タ中",
            "〇中",
            "中〇",
            "é1",
            "国ab",
            "中+ター",
            "ab 中",
            "1 2",
            "é é",
            "𠮷",
            "ター",
        ]
    )
)
HAN = st.dictionaries(
    st.sampled_from(["中国", "国区", "长三", "三角", "区中国"]), st.integers(0, 10**6)
)
APART = st.frozensets(st.sampled_from(["bim+gis", "node.js", "5g", "a1", "ab-1"]))
DICTIONARIES = st.builds(
    Dictionary, HAN, MIXED.map(lambda some: frozenset(Literal.of(s).text for s in some)), APART
)


def check(texts: list[tuple[str, str]], dictionary: Dictionary) -> None:
    batch = analyze_batch([Document(str(n), *text) for n, text in enumerate(texts)], dictionary)
    flat = [list(words(fold(text).text, dictionary)) for pair in texts for text in pair]
    assert words_of(batch) == [sorted(token.term for token in found) for found in flat]
    assert batch.word_counts.tolist() == list(map(len, flat))


@pytest.mark.parametrize("text", ["5g5", "x5g5", "5g5g", "5g+5g5", "a1a1", "5g 5g5"])
def test_a_batch_counts_a_part_as_often_as_it_stands_beside_a_mixed_word(text):
    mixed = frozenset(Literal.of(one).text for one in ("5g", "a1"))
    check([(text, text)], Dictionary({}, mixed, frozenset()))


@given(st.lists(st.tuples(FOLDED, FOLDED), min_size=1, max_size=3), DICTIONARIES)
def test_a_batch_holds_the_words_of_the_tokens(texts, dictionary):
    check(texts, dictionary)


@given(st.lists(st.tuples(FOLDED, FOLDED), min_size=1, max_size=3), DICTIONARIES, st.integers(0, 4))
def test_small_pieces_at_a_time_give_the_same(texts, dictionary, size):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("search.analysis.pieces.PIECE_CHARACTERS", size)
        check(texts, dictionary)


def test_a_batch_of_real_text_holds_them_too():
    dictionary, _ = read_dictionary(
        "示范区\n生态绿色\n长三 0\n5G+工业互联网\n三角\nBIM+GIS 0\nGIS\n低空 0", "d"
    )
    check([("", text) for text in seed_texts()], dictionary)


@given(FOLDED, DICTIONARIES)
def test_tokens_stand_where_they_say_in_rising_positions(text, dictionary):
    tokens = list(words(text, dictionary))
    assert all(Literal.of(text[t.start : t.end]).text.startswith(t.term[:1]) for t in tokens)
    assert [t.position for t in tokens] == sorted(t.position for t in tokens)
    assert [t.term for t in tokens] == word_terms(text, dictionary)


@given(FOLDED, DICTIONARIES)
def test_a_text_in_which_no_word_stands_is_cut_as_without(text, dictionary):
    if not any(Literal(word).is_in(text) for word in dictionary.words()):
        assert list(words(text, dictionary)) == list(words(text))


@given(FOLDED, MIXED)
def test_words_are_found_by_their_telling_parts_as_when_each_is_looked_for(text, some):
    dictionary = Dictionary(mixed=frozenset(Literal.of(word).text for word in some) | {"++", "#"})
    each = [(span, one.text) for one in dictionary.literals for span in one.spans(text)]
    assert dictionary.mixed_in(text) == sorted(each, key=lambda row: (row[0][0], -row[0][1]))
