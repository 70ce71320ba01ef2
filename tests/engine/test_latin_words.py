"""Latin tokens of a dictionary: those that begin so, those that few edits make of a text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_nodes import distance
from whoosh_cases import SMALL, sizes, written

from search.engine.latin_words import LatinWords
from search.engine.whoosh.lexicon import WordLexicon

WORDS = ["docker", "dokcer", "docker-compose", "a", "ab", "a𐐀", "é", "éa", "長三角", "三", "ꙮab"]
words = st.sets(st.sampled_from(WORDS) | st.text("abcé𐐀ꙮ三-", min_size=1, max_size=6), max_size=30)


@pytest.fixture(params=["usual", "small"], scope="module", autouse=True)
def _kind(request):
    with sizes(SMALL if request.param == "small" else {}):
        yield


def lexicon(found):
    terms = sorted(word.encode() for word in found)
    return WordLexicon(written(WordLexicon.sections("w", terms)), "w")


@given(words, st.text("abcé𐐀三d", max_size=3) | st.sampled_from(WORDS))
def test_words_that_begin_so_stand_together(found, prefix):
    start, end = lexicon(found).prefixed(prefix)
    every = sorted(found, key=str.encode)
    assert [lexicon(found).term(at).decode() for at in range(start, end)] == [
        word for word in every if word.startswith(prefix)
    ]


@given(words, st.integers(0, 30), st.integers(0, 30))
def test_a_stretch_of_words_is_read_as_code_points(found, one, other):
    every = sorted(found, key=str.encode)
    first, last = sorted((min(one, len(every)), min(other, len(every))))
    points, ends = lexicon(found).points(first, last)
    assert points.tolist() == [ord(c) for word in every[first:last] for c in word]
    assert np.diff(ends).tolist() == [len(word) for word in every[first:last]]


@given(words, st.text("abcdé𐐀ꙮ-", min_size=1, max_size=7) | st.just("docker"), st.integers(0, 2))
def test_tokens_within_so_many_edits_are_those_counted_plainly(found, text, edits):
    # Words with Han in them are no Latin tokens, nor are those with a sign before or behind.
    latin = [word for word in found if not {*"長三"} & {*word} and word.strip("-") == word]
    latin = [word for word in latin if "--" not in word]
    expected = {word: distance(word, text) for word in latin if distance(word, text) <= edits}
    assert LatinWords(lexicon(found)).alike(text, edits) == expected
