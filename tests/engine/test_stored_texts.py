"""What is looked for in all texts of a segment is found where reading each text finds it."""

from unittest.mock import patch

import pytest
from completeness_cases import bodies, texts
from engine_cases import article, tree
from engine_oracle import Oracle, differences
from hypothesis import given, settings
from hypothesis import strategies as st
from node_cases import histories, nodes, written

from search.analysis import Literal
from search.engine import FIELDS
from search.engine.whoosh import matching
from search.query import Exact, In
from search.text import fold
from search.text.characters import kind_of
from search.text.width import NOT_EVEN, fold_alone, fold_block, source, sources_of

LOOKED_THROUGH = patch.object(matching, "FEW_READ", 0)
MANY = settings(max_examples=2 * settings.default.max_examples)


def signs_of(text):
    """Return the strings of a folded text that nothing but signs, marks and blanks are in."""
    found, at = [], 0
    while at < len(text):
        end = at
        while end < len(text) and kind_of(text[end]) in ("", "MARK") and text[end] != "\n":
            end += 1
        found.append(text[at:end])
        at = max(end, at + 1)
    return [one for one in found if one.strip()]


@MANY
@given(st.lists(st.tuples(texts, bodies), min_size=1, max_size=6), st.data())
def test_strings_are_found_in_the_texts_that_hold_them(new_home, parts, data):
    home = new_home()
    articles = [article(str(n), body, title=title) for n, (title, body) in enumerate(parts)]
    home.commit(*articles)
    oracle = Oracle(articles, FIELDS)
    folded = [fold(text).text for part in parts for text in part]
    known = [*(sign for text in folded for sign in signs_of(text)), *filter(None, folded)]
    for _ in range(6):
        sign = data.draw(st.sampled_from([*known, "★", "…", "≠", "(", ")", "--", ". .", "\u0338"]))
        start = data.draw(st.integers(0, len(sign) - 1))
        sign = sign[start : start + data.draw(st.sampled_from([1, 1, 2, 3, 5, 50]))]
        node = Exact(Literal.of(sign).text, ())
        if not node.text:
            continue
        with LOOKED_THROUGH:
            assert differences(home.scored(node), oracle.answers(node)) == [], sign
            for field in FIELDS:
                of_field = In(field, node)
                assert differences(home.scored(of_field), oracle.answers(of_field)) == [], sign


@given(history=histories, asked=st.lists(nodes, min_size=1, max_size=6))
def test_strings_are_looked_for_beside_any_other_node_after_any_history(new_home, history, asked):
    home = new_home()
    oracle = Oracle(written(home, history), FIELDS)
    with LOOKED_THROUGH:
        for node in asked:
            assert differences(home.scored(node), oracle.answers(node)) == [], node


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"…"', ["dots", "ellipsis"]),
        ('"...."', ["four"]),
        ('"≠"', ["composed", "joined"]),
        ('"="', ["equal"]),
        ('"("', ["bracket", "number"]),
        ('"(1)"', ["number"]),
        ('"★ ★"', ["apart"]),
        ('"★★"', []),  # one ends a text, the other begins the next
        ('"★"', ["apart", "first", "last"]),
        ('"，。"', ["cut"]),
    ],
)
def test_what_folding_makes_of_signs_is_found(home, query, found):
    four = {"four": "...."} if query == '"...."' else {}
    parts = {
        **four,
        "ellipsis": "等…等",
        "dots": "等...等",
        "composed": "甲≠乙",
        "joined": "甲=\u0338乙",
        "equal": "甲=乙",
        "bracket": "甲(乙",
        "gloss": "產(chǎn)業(yè)",
        "number": "⑴甲",
        "apart": "甲★\u3000★乙",
        "last": "甲★",
        "first": "★乙",
        "cut": "甲，\ufe0f。乙",
        "parted": "甲，\n。乙",
    }
    home.commit(*(article(name, text) for name, text in parts.items()))
    with LOOKED_THROUGH:
        assert sorted(home.found(tree(query))) == found


def test_each_character_names_the_sources_of_what_it_is_folded_to():
    for code in (*range(0x10000), *range(0x1D000, 0x20000), *range(0x2F800, 0x2FA20)):
        character = chr(code)
        if kind_of(character) == "CJK":  # of which the alphabets leave the sources out
            made = [kind_of(one) for one in fold_block(character) if not one.isspace()]
            assert set(made) <= {"CJK", "LETTER", "DIGIT"}, character
        elif code < 0x3400:
            assert {source(one) for one in fold_block(character)} <= sources_of(character)


@given(st.text())
def test_characters_are_folded_alone_as_in_a_text_of_their_own(characters):
    for character, alone in zip(characters, fold_alone(characters), strict=True):
        folded = fold(character).text
        assert alone == (folded if len(folded) == 1 else NOT_EVEN)
