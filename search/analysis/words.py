"""Folded text → words: the terms that score, and by which hits are marked."""

from collections.abc import Iterator

from search.analysis.runs import Run, Script, alnums, runs, units
from search.analysis.segmenter import cut
from search.analysis.token import Token

LONGEST_TERM = 64  # characters; longer runs (base64, rules of dashes) are indexed by their parts


def words(text: str) -> Iterator[Token]:
    """Yield the words of folded `text`: Han as jieba cuts it, Latin terms whole and by part.

    The parts of a Latin term follow one another; the whole stands at its first part's position.

    >>> [(t.term, t.position) for t in words("长三角5g")]
    [('长三角', 0), ('5g', 1), ('5', 1), ('g', 2)]
    """
    position = 0
    for run in runs(text):
        for token in _cut(run, position):
            yield token
            position = max(position, token.position + 1)


def _cut(run: Run, position: int) -> Iterator[Token]:
    if run.script is Script.HAN:
        yield from _cut_han(run, position)
    elif run.script is Script.LATIN:
        yield from latin_terms(run, position)
    else:  # kana and Hangul: their grams find parts, the run as a whole scores
        yield Token(run.text[:LONGEST_TERM], run.start, run.end, position)


def _cut_han(run: Run, position: int) -> Iterator[Token]:
    start = run.start
    for word in cut(run.text):
        yield Token(word, start, start + len(word), position)
        start += len(word)
        position += 1


def latin_terms(run: Run, position: int) -> Iterator[Token]:
    """Yield bim+gis, bim, gis: the whole, then each part and what a part is made of."""
    parts = list(alnums(run.text))
    if len(parts) > 1 or parts[0].text != run.text:
        yield from _term(run.text, run.start, position)
    for part in parts:
        start = run.start + part.start
        pieces = list(units(part.text))
        if len(pieces) > 1:
            yield from _term(part.text, start, position)
        for piece in pieces:
            yield from _term(piece.text, start + piece.start, position)
            position += 1


def _term(text: str, start: int, position: int) -> Iterator[Token]:
    if len(text) <= LONGEST_TERM:
        yield Token(text, start, start + len(text), position)
