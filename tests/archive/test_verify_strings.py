"""What a verification asks and takes for true: each string can be asked, no holder is missed."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import Literal
from search.archive.verifying.characters import CharacterTruth
from search.archive.verifying.sample import LONGEST, Text, draw
from search.archive.verifying.truth import StringTruth, Texts
from search.query import Exact, parse
from search.text import fold
from search.text.characters import kind_of

PIECES = [
    *("长三角", "產業", "产", "的", "𠮷", "㐀", "〇", "々", "産(chǎn)业", "示(shì)", "龜"),
    *("5G", "GIS", "C++", "bim+gis", "a", "5", "é", "x\u0301", "1\u20e3", "\u0301", "\u20e3"),
    *("タワー", "ﾀﾞ", "서울", "👍🏽", "，", "。", "_", "\n", "\n\n", " ", "　", "\t", "\u200d"),
    *('"', "“", "＂", "\\", "(", ")", "~3", "*", "-", "title:", "·", "'", "㎏", "ﬁ"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=12)


@given(TEXTS, st.integers(0, 1000))
def test_what_is_drawn_can_be_asked_and_stands_where_it_was_drawn(raw, seed):
    text = Text.of("a", "body", raw)
    sample = draw(text, Random(seed))
    if sample is None:
        return
    assert sample.literal.is_in(text.folded.text)
    assert "\n" not in sample.literal.text
    query = parse(sample.query)
    assert isinstance(query.tree, Exact)
    assert query.notes == ()
    assert Literal.of(query.tree.text) == sample.literal
    starts = [
        text.folded.offsets.raw_span(*s)[0] for s in sample.literal.every_span(fold(raw).text)
    ]
    assert sample.offset in starts


def test_what_is_drawn_is_of_every_kind():
    raw = "產(chǎn)業(yè)鏈用C++与Ｄocker写 Node.js，\n\n" * 20
    text = Text.of("a", "body", raw)
    chance = Random(0)
    typed = [sample.typed for _ in range(2000) if (sample := draw(text, chance))]
    assert len(typed) > 1500
    assert {"產(chǎn)業(yè)", "产业"} <= set(typed)
    assert any("產業" in one for one in typed)
    assert any("ｃ＋＋" in one for one in typed)
    assert any("NODE.JS" in one for one in typed)
    assert {1, 2, LONGEST // 2} <= set(map(len, typed))
    short = sum(len(one) < 5 for one in typed)
    assert len(typed) / 4 < short < len(typed)


@pytest.mark.parametrize("raw", ["", " \n"])
def test_of_what_holds_nothing_to_ask_for_nothing_is_drawn(raw):
    assert all(draw(Text.of("a", "body", raw), Random(seed)) is None for seed in range(50))


@pytest.mark.parametrize("raw", ["，。", "👍", "→"])
def test_signs_alone_are_drawn_too(raw):
    samples = [draw(Text.of("a", "body", raw), Random(seed)) for seed in range(50)]
    assert {sample.literal.text for sample in samples if sample} >= {fold(raw).text}


ARTICLES = st.lists(st.tuples(TEXTS, TEXTS), max_size=6)


def batches(articles, size):
    """Yield articles as batches of so many, numbered in threes."""
    for start in range(0, len(articles), size):
        batch = Texts()
        for number, texts in enumerate(articles[start : start + size], start=start):
            batch.add(3 * number, [fold(text).text for text in texts])
        yield batch


@given(ARTICLES, st.lists(TEXTS, max_size=6), st.integers(1, 6))
def test_strings_are_held_by_the_articles_whose_texts_hold_them(articles, strings, size):
    literals = [literal for one in strings if (literal := Literal.of(fold(one).text)).searchable]
    truth = StringTruth(literals)
    for batch in batches(articles, size):
        truth.look(batch)
    for literal in literals:
        wanted = [
            3 * number
            for number, texts in enumerate(articles)
            if any(literal.is_in(fold(text).text) for text in texts)
        ]
        assert truth.holders(literal).tolist() == wanted


@given(ARTICLES, st.integers(1, 6))
def test_characters_are_held_by_the_articles_where_they_can_be_found_alone(articles, size):
    truth = CharacterTruth()
    folded = [[fold(text).text for text in texts] for texts in articles]
    for batch in batches(articles, size):
        truth.look(batch)
    wanted = {}
    for number, texts in enumerate(folded):
        for character in set("".join(texts)):
            literal = Literal(character)
            is_sign = kind_of(character) == "" and not character.isspace()
            if (literal.searchable or is_sign) and any(map(literal.is_in, texts)):
                wanted.setdefault(character, []).append(3 * number)
    assert {c: held.tolist() for c, held in truth.holders()} == wanted
