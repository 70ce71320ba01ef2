"""The terms of a text without their places: what an index counts, twice as fast.

`words` and `grams` say what each term is and where it stands; these give the same terms in the same
order, as one list, for building. Tests hold the two equal.
"""

import re
from functools import lru_cache
from itertools import pairwise

from search.analysis.cutting import cut_all
from search.analysis.dictionary import NONE, Dictionary
from search.analysis.grams import head
from search.analysis.runs import alnum_texts, elements, scripts, unit_texts
from search.analysis.words import LONGEST_TERM, words

# Where a letter, with its marks, and a digit touch, or more than that may.
_mixed = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|[^\x00-\x7f]").search

KNOWN_TERMS = 1 << 17  # Latin terms whose parts are remembered: few make up most of a text


def word_terms(text: str, dictionary: Dictionary = NONE) -> list[str]:
    """Return the terms of `words(text, dictionary)`.

    >>> word_terms("长三角5g")
    ['长三角', '5g', '5', 'g']
    """
    if dictionary:
        return [token.term for token in words(text, dictionary)]
    found = scripts(text)
    cuts = iter(cut_all([stretch for script, stretch in found if script == "HAN"]))
    terms: list[str] = []
    for script, stretch in found:
        if script == "HAN":
            terms += next(cuts)
        elif script == "LATIN":
            terms += latin_terms_of(stretch)
        else:
            terms.append(stretch[:LONGEST_TERM])
    return terms


def gram_terms(text: str) -> list[str]:
    """Return the terms of `grams(text)`.

    >>> gram_terms("长三角5g")
    ['长三', '三角', '角', '5', 'g']
    """
    terms: list[str] = []
    for stretch, _, is_cjk in elements(text):
        if is_cjk:
            terms += map("".join, pairwise(stretch))
            terms.append(stretch[-1])
        else:
            terms.append(head(stretch))
    return terms


@lru_cache(KNOWN_TERMS)
def latin_terms_of(text: str) -> tuple[str, ...]:
    """Return the terms of one Latin run: 5g, 5, g."""
    if len(text) <= LONGEST_TERM and text.isascii() and (text.isalpha() or text.isdecimal()):
        return (text,)
    if _mixed(text) is None:  # letters and digits nowhere touch: what they make up are its units
        units = unit_texts(text)
        return _indexed(units if units == [text] else [text, *units])
    parts = alnum_texts(text)
    terms = [] if parts == [text] else [text]
    for part in parts:
        pieces = unit_texts(part)
        terms += [part, *pieces] if len(pieces) > 1 else pieces
    return _indexed(terms)


def _indexed(terms: list[str]) -> tuple[str, ...]:
    if max(map(len, terms)) <= LONGEST_TERM:
        return tuple(terms)
    return tuple([term for term in terms if len(term) <= LONGEST_TERM])
