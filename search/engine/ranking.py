"""By what documents score, whatever engine has them: the weights, and the terms of a query.

    tf = Σ_field weight · count / (1 - b + b · length / average length)
    score = Σ_term share · log(1 + (N - n + 0.5) / (n + 0.5)) · tf / (k1 + tf)

BM25F over words plus a share of BM25F over grams. Robertson, Zaragoza: The Probabilistic Relevance
Framework: BM25 and Beyond (2009), section 3.6: the weighted frequencies of a term in all fields are
summed first, then saturated once. Grams reach over the words' edges, so articles in which the words
of a query stand side by side score higher than those where they are scattered.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.query import Exact, Run
from search.text.characters import is_cjk

K1 = 1.2
FIELD_WEIGHT = {"title": 3.0, "body": 1.0}
LENGTH_SHARE = {"title": 0.4, "body": 0.75}  # BM25F's b: titles vary little in length

# What holds some of the words: so large a share of what all of them count, each by its rarity.
LEAST_SHARE = 0.25
EMPHASIS = 1.5  # a document with all the words scores 1 + EMPHASIS times what its terms add up to
HALF_LIFE_DAYS = 365.25  # so much before the newest article, one gains half as much by recency
MOST_WORDS = 32  # of a prefix or fuzzy token that score; all there are decide what is found


@dataclass(frozen=True, slots=True)
class Shares:
    """What the kinds of terms count beside each other."""

    word: float = 1.0
    single_word: float = 1.0  # a word of one character
    gram: float = 0.3  # two characters of one word
    edge: float = 1.0  # two characters, a word's end between them
    character: float = 0.0  # each character by itself


# Documents with all the words: MRR@10 0.954, 0.947 of words alone, 0.936 of grams (DESIGN, 5).
STRICT = Shares()
# Documents with some of them. Where words are cut apart, their characters still tell them.
RELAXED = Shares(word=1.0, single_word=0.5, gram=0.5, edge=1.0, character=1.25)


@dataclass(frozen=True, slots=True)
class ScoringTerm:
    """A term of the query as it scores; a gram of one character is all that begin with it."""

    kind: str  # "words" or "grams"
    text: str
    share: float = 1.0


def scoring_terms(leaves: Sequence[Run | Exact], shares: Shares = STRICT) -> list[ScoringTerm]:
    """Return the terms by which documents are scored, each once, in the order of the query.

    Letters and digits score as words alone: by its units, 5G would count the g of 4G.
    """
    words = dict.fromkeys(word for leaf in leaves for word in leaf.words)
    found = [
        ScoringTerm("words", word, shares.single_word if _is_single(word) else shares.word)
        for word in words
    ]
    inside = {gram for word in words for gram in _pairs(word)}

    def is_over_edge(gram: str) -> bool:
        return len(gram) == 2 and gram not in inside

    grams = dict.fromkeys(
        gram
        for leaf in leaves
        for gram in (*leaf.whole.grams, *leaf.whole.prefixes)
        if is_cjk(gram[0]) and (len(gram) > 1 or not shares.character)
    )
    found += [
        ScoringTerm("grams", gram, shares.edge if is_over_edge(gram) else shares.gram)
        for gram in grams
    ]
    if shares.character:
        characters = dict.fromkeys(c for leaf in leaves for c in leaf.text if is_cjk(c))
        found += [ScoringTerm("grams", character, shares.character) for character in characters]
    return [term for term in found if term.share]


def _is_single(word: str) -> bool:
    return len(word) == 1 and is_cjk(word)


def _pairs(word: str) -> Iterator[str]:
    yield from (word[at : at + 2] for at in range(len(word) - 1))


def rarity(documents: int, holders: int) -> float:
    """Return the weight of what so many of the documents hold: its idf, above 0."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))
