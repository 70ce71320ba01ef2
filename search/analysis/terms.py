"""The terms of a text without their places: what an index counts, twice as fast.

`words` and `grams` say what each term is and where it stands; these give the same terms in the same
order, as one list, for building. Tests hold the two equal.
"""

from functools import lru_cache
from itertools import pairwise

from search.analysis.grams import head
from search.analysis.runs import alnum_texts, elements, scripts, unit_texts
from search.analysis.segmenter import cut_all
from search.analysis.words import LONGEST_TERM

KNOWN_TERMS = 1 << 17  # Latin terms whose parts are remembered: few make up most of a text


def word_terms(text: str) -> list[str]:
    """Return the terms of `words(text)`.

    >>> word_terms("长三角5g")
    ['长三角', '5g', '5', 'g']
    """
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


def latin_terms_of(text: str) -> tuple[str, ...]:
    """Return the terms of one Latin run: 5g, 5, g."""
    return latin_parts(text)[0]


@lru_cache(KNOWN_TERMS)
def latin_parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the terms of one Latin run, and its units."""
    if len(text) <= LONGEST_TERM and text.isascii() and (text.isalpha() or text.isdecimal()):
        return (text,), (text,)
    terms: list[str] = []
    every: list[str] = []
    parts = alnum_texts(text)
    if parts != [text]:
        terms.append(text)
    for part in parts:
        units = unit_texts(part)
        terms += [part, *units] if len(units) > 1 else units
        every += units
    return tuple([term for term in terms if len(term) <= LONGEST_TERM]), tuple(every)
