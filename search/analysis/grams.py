"""Folded text → grams: the terms that decide what matches, so that no word cut can hide anything.

A run of Han, kana and Hangul gives every pair of neighbours, and its last character alone where it
ends; letters and digits give their units. Any string of the text can then be looked for by grams.
"""

from collections.abc import Iterator

from search.analysis.runs import elements
from search.analysis.token import Token
from search.text.characters import is_cjk

LONGEST_UNIT = 64  # of a longer unit the head is indexed; the text itself decides the rest


def grams(text: str) -> Iterator[Token]:
    """Yield the grams of folded `text`; their positions count characters and units in order.

    >>> [t.term for t in grams("长三角5g")]
    ['长三', '三角', '角', '5', 'g']
    """
    position = 0
    for stretch, start, is_joined in elements(text):
        if not is_joined:
            yield Token(head(stretch), start, start + len(stretch), position)
            position += 1
            continue
        for at in range(len(stretch)):
            pair = stretch[at : at + 2]
            yield Token(pair, start + at, start + at + len(pair), position)
            position += 1


def head(unit: str) -> str:
    """Return the term under which a unit of letters or digits is indexed."""
    return unit[:LONGEST_UNIT]


def is_pair(term: str) -> bool:
    """Return whether a term is two Han, kana or Hangul characters: as a word too it is a gram."""
    return len(term) == 2 and is_cjk(term[0]) and is_cjk(term[1])
