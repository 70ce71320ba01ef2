"""Literals as grams at distances: looked for among numbered elements, against the text itself."""

from itertools import product

import pytest
from analysis_cases import ALPHABET, FOLDED
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from search.analysis import Literal, adjacency
from search.analysis.batch import analyze_batch
from search.document import Document
from search.text import fold
from search.text.characters import is_cjk

MANY = settings(max_examples=5 * settings.default.max_examples)

# What a text and a literal differ by, so that a near miss is tried as often as a hit.
CHANGES = [
    *(("", " "), (" ", ""), (" ", "  "), (" ", "a"), (" ", "中"), (" ", "1"), (" ", "\n")),
    *((" ", "，"), ("，", ""), ("，", " "), ("a", ""), ("中", ""), ("1", "a"), ("a", "\u0301")),
    *(("a", " "), ("中", " "), ("1", " "), ("a", " "), ("中", " "), ("1", " ")),
]


@st.composite
def literals_and_texts(draw: st.DrawFn) -> tuple[Literal, str]:
    text = draw(FOLDED | st.text("中国ab1 ", max_size=8))
    if draw(st.integers(0, 3)) and text:
        start = draw(st.integers(0, len(text) - 1))
        part = text[start : start + draw(st.integers(1, 8) | st.integers(60, 140))]
        old, new = draw(st.sampled_from(CHANGES))
        at = draw(st.integers(0, len(part)))
        part = part[:at] + part[at:].replace(old, new, 1)
    else:
        part = draw(st.text(ALPHABET, min_size=1, max_size=6))
    literal = Literal.of(fold(part).text)
    assume(literal.searchable)
    return literal, text


def numbered(text: str) -> list[tuple[str, int, bool]]:
    """Return every gram of a folded text with its ordinal, and whether it is a unit spaced."""
    batch = analyze_batch([Document("", "", text)])
    units = iter(batch.unit_ids.tolist())
    points, ordinals = batch.characters.tolist(), batch.steps.cumsum(dtype=int).tolist()
    return [
        (
            chr(point) + (chr(points[at + 1]) if batch.paired[at] else "")
            if point
            else batch.units[next(units)][:64],
            ordinals[at],
            bool(batch.spaced[at]),
        )
        for at, point in enumerate(points)
    ]


def is_held(literal: Literal, grams: list[tuple[str, int, bool]]) -> bool:
    """Return whether every part stands somewhere with its grams at their distances."""
    places: dict[str, set[tuple[int, bool | None]]] = {}
    for gram, ordinal, spaced in grams:
        for name in {gram, gram[0]} if is_cjk(gram[0]) else {gram}:
            places.setdefault(name, set()).update({(ordinal, None), (ordinal, spaced)})
    return all(
        any(
            all((start + step.offset, step.spaced) in places.get(step.gram, ()) for step in part)
            for _, start, _ in grams
        )
        for part in adjacency(literal).parts
    )


@MANY
@given(literals_and_texts())
@example((Literal("中 国"), "中a国"))
@example((Literal("gis is"), "gis5is"))
@example((Literal("长三角 示范区"), "长三角5示范区"))
def test_where_distances_decide_they_decide_as_the_text_does(found) -> None:
    literal, text = found
    if adjacency(literal).decided:
        assert is_held(literal, numbered(text)) == literal.is_in(text)


@pytest.mark.parametrize("alphabet", ["中国a ", "ab1 ", "中1，\n", "中a\u20e3 "])
def test_every_short_literal_in_every_short_text(alphabet) -> None:
    strings = ["".join(part) for length in range(1, 5) for part in product(alphabet, repeat=length)]
    literals = {Literal.of(one) for one in strings if len(one) < 4}
    literals = {one for one in literals if one.searchable}
    for text in {fold(one).text for one in strings}:
        grams = numbered(text)
        for literal in literals:
            held, found = is_held(literal, grams), literal.is_in(text)
            assert held or not found, (literal, text)
            assert found or not held or not adjacency(literal).decided, (literal, text)


@MANY
@given(literals_and_texts())
def test_a_text_that_holds_a_literal_is_never_ruled_out_by_distances(found) -> None:
    literal, text = found
    if literal.is_in(text):
        assert is_held(literal, numbered(text))


@given(FOLDED, st.integers(0, 20))
def test_every_string_of_a_text_is_held_by_it(text, length) -> None:
    grams = numbered(text)
    for start in range(min(len(text), 60)):
        literal = Literal.of(text[start : start + length])
        if literal.searchable and literal.is_in(text):
            assert is_held(literal, grams)


@pytest.mark.parametrize(
    ("query", "parts", "decided"),
    [
        ("港", [[("港", 0)]], True),
        ("长三角", [[("长三", 0), ("三角", 1)]], True),
        ("长三角示", [[("长三", 0), ("角示", 2)]], True),
        ("使用 docker 部署", [[("使用", 0), ("docker", 2), ("部署", 3)]], True),
        ("5g", [[("5", 0), ("g", 1)]], True),
        ("中，国家", [[("中", 0)], [("国家", 0)]], False),
        ("，国", [[("国", 0)]], False),
        ("c++", [[("c", 0)]], False),
        ("a" * 63, [[("a" * 63, 0)]], True),
        ("a" * 64, [[("a" * 64, 0)]], False),
        ("a" * 90 + "中", [[("a" * 64, 0), ("中", 1)]], False),
    ],
)
def test_the_grams_of_a_literal_and_their_distances(query, parts, decided) -> None:
    found = adjacency(Literal.of(query))
    assert [[(step.gram, step.offset) for step in part] for part in found.parts] == parts
    assert found.decided is decided
