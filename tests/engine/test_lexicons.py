"""Dictionaries of terms against sorted lists of Python's own strings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import sizes, written

from search.engine.whoosh.lexicon import CharacterLexicon, Lexicon, PairLexicon, WordLexicon

# Code points of two, three and four bytes of UTF-8, the first and the last among them.
LETTERS = "abzé长三角々カ한𠮷𠮸\U0003ffff"
terms = st.text(LETTERS, min_size=1, max_size=4)
pairs = st.text(LETTERS, min_size=1, max_size=2)


def sorted_utf8(found: set[str]) -> list[bytes]:
    return sorted(term.encode() for term in found)


def pair_lexicon(found: set[str]) -> PairLexicon:
    keys = sorted((ord(p[0]) << 32) | (ord(p[1]) if len(p) > 1 else 0) for p in found)
    sections = PairLexicon.sections("x", np.array(keys, np.uint64), {key >> 32: 7 for key in keys})
    return PairLexicon(written(sections), "x")


def check(read: Lexicon | PairLexicon | WordLexicon, found: set[str], asked: str) -> None:
    expected = sorted_utf8(found)
    assert len(read) == len(expected)
    assert list(read.terms()) == expected
    for place in range(len(expected) + 1):
        assert list(read.terms(place)) == expected[place:]
    for term in {asked, asked[:1], "", *found}:
        raw = term.encode()
        assert read.place(raw) == (expected.index(raw) if raw in expected else None)
        assert read.first_from(raw) == sum(one < raw for one in expected)


@given(st.sets(terms, max_size=20), terms)
def test_strings_are_found_and_walked_in_order(found, asked) -> None:
    raw = sorted_utf8(found)
    for block in (2, 64):
        with sizes({}, ends__BLOCK=block, lexicon__BLOCK=block):
            check(Lexicon(written(Lexicon.sections("x", raw)), "x"), found, asked)
            check(WordLexicon(written(WordLexicon.sections("x", raw)), "x"), found, asked)


@given(st.sets(pairs, max_size=20), pairs)
def test_pairs_are_found_and_walked_in_order(found, asked) -> None:
    check(pair_lexicon(found), found, asked)


@given(st.sets(pairs, max_size=20), pairs)
def test_pairs_are_found_by_their_characters(found, asked) -> None:
    read, expected = pair_lexicon(found), sorted_utf8(found)
    for first in {asked[0], *(pair[0] for pair in found)}:
        start, end = read.beginning(first)
        assert read.holders(first) == (7 if start < end else 0)
        assert expected[start:end] == [e for e in expected if e.decode()[0] == first]
        for second in LETTERS:
            raw = (first + second).encode()
            place = expected.index(raw) if raw in expected else None
            assert read.pair(first, second) == place


@given(st.sets(pairs, max_size=20))
def test_all_pairs_are_given_back_as_numbers_to_be_merged(found) -> None:
    keys = pair_lexicon(found).keys()
    assert keys.dtype == np.uint64
    assert [(key >> 32, key & 0xFFFFFFFF) for key in keys.tolist()] == sorted(
        (ord(pair[0]), ord(pair[1]) if len(pair) > 1 else 0) for pair in found
    )


def test_what_is_no_term_of_one_or_two_characters_is_no_pair() -> None:
    read = pair_lexicon({"长三", "角", "𠮷𠮷"})
    for raw in ("长三角".encode(), b"", b"\xff", b"\xe9\x95", "三".encode(), "长".encode()):
        assert read.place(raw) is None
    assert read.place("𠮷𠮷".encode()) == 2


@given(st.sets(st.sampled_from(LETTERS)), st.sampled_from(LETTERS))
def test_characters_have_their_places(found, asked) -> None:
    points = np.array(sorted(map(ord, found)), np.uint32)
    read = CharacterLexicon(written({"x.points": points}), "x")
    for character in {asked, *found}:
        place = sorted(found).index(character) if character in found else None
        assert read.place(character) == place
