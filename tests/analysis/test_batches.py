"""A batch holds the very terms that the tokens say, numbered so that neighbours differ by one."""

import pytest
from analysis_cases import FOLDED, seed_texts, varied_text
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import grams, words
from search.analysis.batch import Batch, analyze_batch
from search.analysis.runs import elements
from search.analysis.steps import APART, NEXT
from search.document import Document
from search.text import fold
from search.text.characters import CJK

TEXTS = st.lists(st.tuples(FOLDED | st.just(""), FOLDED), min_size=1, max_size=4)


def analyzed(texts: list[tuple[str, str]]) -> Batch:
    return analyze_batch([Document(str(n), *text) for n, text in enumerate(texts)])


def grams_of(batch: Batch) -> list[list[str]]:
    """Return the grams of each text, as `grams` tells them."""
    units = iter(batch.unit_ids.tolist())
    points = batch.characters.tolist()
    found = [
        (chr(point) + (chr(points[at + 1]) if batch.paired[at] else ""))
        if point
        else batch.units[next(units)][:64]
        for at, point in enumerate(points)
    ]
    ends = batch.element_counts.cumsum().tolist()
    return [found[end - count : end] for end, count in zip(ends, batch.element_counts, strict=True)]


def words_of(batch: Batch) -> list[list[str]]:
    """Return the words of each text, sorted; fails where those of one are not in order."""
    texts_of: dict[int, int] = {}
    found: list[list[str]] = [[] for _ in batch.word_counts]
    for word, text in zip(batch.words.ids.tolist(), batch.words.texts.tolist(), strict=True):
        assert texts_of.get(word, 0) <= text
        texts_of[word] = text
        found[text].append(batch.words.terms[word])
    at = 0
    for text, count in enumerate(batch.element_counts.tolist()):
        for element in range(at, at + count):
            if batch.pair_words[element]:
                assert batch.paired[element]
                pair = batch.characters[element : element + 2].tolist()
                found[text].append("".join(map(chr, pair)))
        at += count
    return [sorted(words) for words in found]


def check(texts: list[tuple[str, str]]) -> None:
    batch = analyzed(texts)
    flat = [fold(text).text for pair in texts for text in pair]
    assert grams_of(batch) == [[t.term for t in grams(text)] for text in flat]
    assert words_of(batch) == [sorted(t.term for t in words(text)) for text in flat]
    assert batch.word_counts.tolist() == [sum(1 for _ in words(text)) for text in flat]


@given(TEXTS)
def test_terms_are_those_of_the_tokens(texts: list[tuple[str, str]]) -> None:
    check(texts)


@given(TEXTS, st.integers(0, 4))
def test_small_pieces_at_a_time_give_the_same(texts: list[tuple[str, str]], size: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("search.analysis.pieces.PIECE_CHARACTERS", size)
        check(texts)


@given(st.text("ab1é五タ\u0301_ \n.-+&/@'’·:#*", max_size=12))
def test_terms_with_signs_inside_and_at_their_ends_are_those_of_the_tokens(text: str) -> None:
    check([("", fold(text).text)])


@pytest.mark.parametrize("which", range(3), ids=["seed 000", "seed 002", "varied prose"])
def test_real_text_gives_the_same_terms(which: int) -> None:
    text = [*seed_texts(), varied_text()][which]
    check([("", text), (text[:30], text[30:90])])


@given(TEXTS)
def test_steps_tell_what_stands_between(texts: list[tuple[str, str]]) -> None:
    batch = analyzed(texts)
    expected = []
    for title, body in texts:
        text = fold(title).text + "\n" + fold(body).text
        parts = [
            (at, at + len(piece), is_cjk)
            for stretch, start, is_cjk in elements(text)
            for at, piece in (enumerate(stretch, start) if is_cjk else [(start, stretch)])
        ]
        before = None
        for start, end, is_cjk in parts:
            expected.append((0, False) if before is None else step(text, before, start, is_cjk))
            before = end, is_cjk
    assert list(zip(batch.steps.tolist(), batch.spaced.tolist(), strict=True)) == expected


def step(text: str, before: tuple[int, bool], start: int, is_cjk: bool) -> tuple[int, bool]:
    end, was_cjk = before
    between = text[end:start]
    if not between:
        return NEXT, False
    if "\n" in between or not between.isspace() or (is_cjk and was_cjk):
        return APART, False
    return NEXT, not is_cjk and not was_cjk


def test_a_lone_surrogate_parts_no_texts() -> None:
    check([("一\ud800二", "三四\ud800")])


def test_cjk_is_what_the_classes_say() -> None:
    batch = analyzed([("", "漢字カナ한글abc１２々〇")])
    assert [chr(p) if p else "" for p in batch.characters.tolist()] == [
        *"汉字カナ한글",
        "",
        "",
        *"々〇",
    ]
    assert CJK
