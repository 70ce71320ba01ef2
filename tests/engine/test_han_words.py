"""Every engine: the words of an archive by their length, as pinyin looks for them."""

import numpy as np
import pytest
from engine_cases import article
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import words
from search.text import fold

TEXTS = ["长三角，长江。长江三角形 GIS", "长江的产业、长江大桥", "𠮷野家 长三角长三角", ""]


def listed(reader, length):
    points, counts = reader.han_words(length)
    assert points.dtype == np.uint16
    found = ["".join(map(chr, row)) for row in points.tolist()]
    assert len(set(found)) == len(found)
    return dict(zip(found, counts.tolist(), strict=True))


def expected(texts, length):
    counts = {}
    for text in texts:
        for word in {word for word in terms_of(text) if len(word) == length}:
            if all("\u4e00" <= c <= "\u9fff" for c in word):
                counts[word] = counts.get(word, 0) + 1
    return counts


def terms_of(text):
    return [token.term for token in words(fold(text).text)]


def test_words_are_counted_by_their_documents(home):
    home.commit(*(article(str(at), text) for at, text in enumerate(TEXTS)))
    reader = home.engine.reader()
    assert listed(reader, 2)["长江"] == 2
    for length in range(2, 9):
        assert listed(reader, length) == expected(TEXTS, length)
    assert reader.frequency("长江") == 2
    assert reader.frequency("gis") == 1
    assert reader.frequency("无") == 0


def test_words_of_several_commits_are_counted_together(home):
    for at, text in enumerate(TEXTS):
        home.commit(article(str(at), text))
    reader = home.engine.reader()
    for length in range(2, 5):
        assert listed(reader, length) == expected(TEXTS, length)


def test_an_empty_index_has_no_words(home):
    reader = home.engine.reader()
    assert [listed(reader, length) for length in (2, 3)] == [{}, {}]
    assert reader.frequency("长江") == 0


@settings(max_examples=20)
@given(st.lists(st.text("长江三角形产业 a，", max_size=12), min_size=1, max_size=4))
def test_any_texts_give_the_words_they_are_cut_into(new_home, texts):
    home = new_home()
    home.commit(*(article(str(at), text) for at, text in enumerate(texts)))
    reader = home.engine.reader()
    for length in (2, 3):
        assert listed(reader, length) == expected(texts, length)


@pytest.mark.parametrize("at_once", [1, 2, 3, 1000])
def test_words_are_counted_some_postings_at_a_time(home, monkeypatch, at_once):
    monkeypatch.setattr("search.engine.whoosh.han_words.AT_ONCE", at_once)
    home.commit(*(article(str(at), text) for at, text in enumerate(TEXTS)))
    assert listed(home.engine.reader(), 2) == expected(TEXTS, 2)
