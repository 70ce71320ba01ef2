"""Folded text → words: the terms that score, and by which hits are marked."""

from bisect import bisect_right
from collections.abc import Iterator

from search.analysis.cutting import cut
from search.analysis.dictionary import NONE, Dictionary
from search.analysis.runs import Run, Script, alnums, runs, units
from search.analysis.token import Token

LONGEST_TERM = 64  # characters; longer runs (base64, rules of dashes) are indexed by their parts


def words(text: str, dictionary: Dictionary = NONE) -> Iterator[Token]:
    """Yield the words of folded `text`: Han as jieba cuts it, Latin terms whole and by part.

    The parts of a Latin term follow one another; the whole stands at its first part's position.
    So does a mixed word of the user's dictionary.

    >>> [(t.term, t.position) for t in words("长三角5g")]
    [('长三角', 0), ('5g', 1), ('5', 1), ('g', 2)]
    """
    found = _words(text, dictionary)
    return _with_mixed(list(found), text, dictionary) if dictionary.mixed else found


def _words(text: str, dictionary: Dictionary) -> Iterator[Token]:
    position = 0
    for run in runs(text):
        for token in _cut(run, position, dictionary):
            yield token
            position = max(position, token.position + 1)


def _with_mixed(tokens: list[Token], text: str, dictionary: Dictionary) -> Iterator[Token]:
    """Yield tokens, and with them each mixed word where there is no such token yet."""
    known = {(token.start, token.term) for token in tokens}
    starts = [token.start for token in tokens]
    for (start, end), word in dictionary.mixed_in(text):
        if (start, word) not in known:
            # One may begin inside another word: 业5g in 工业5g.
            before = bisect_right(starts, start) - 1
            tokens.append(Token(word, start, end, tokens[max(before, 0)].position))
    yield from sorted(tokens, key=lambda token: (token.start, -token.end))


def _cut(run: Run, position: int, dictionary: Dictionary) -> Iterator[Token]:
    if run.script is Script.HAN:
        yield from _cut_han(run, position, dictionary)
    elif run.script is Script.LATIN:
        terms = latin_terms(run, position)
        yield from (token for token in terms if token.term not in dictionary.apart)
    else:  # kana and Hangul: their grams find parts, the run as a whole scores
        yield Token(run.text[:LONGEST_TERM], run.start, run.end, position)


def _cut_han(run: Run, position: int, dictionary: Dictionary) -> Iterator[Token]:
    start = run.start
    for word in cut(run.text, dictionary):
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
