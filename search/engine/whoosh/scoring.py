"""Scores: BM25F over words plus a share of BM25F over grams.

Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.6:
the weighted frequencies of a term in all fields are summed first, then saturated once.

    tf = Σ_field weight · count / (1 - b + b · length / average length)
    score = Σ_term log(1 + (N - n + 0.5) / (n + 0.5)) · tf / (k1 + tf)

Grams reach over the words' edges, so articles in which the words of a query stand side by side
score higher than those where they are scattered.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from search.engine.whoosh.postings import Floats, Numbers, Postings, Segments
from search.engine.whoosh.schema import KINDS, TEXTS, length_of
from search.query import Exact, Run
from search.results import Contribution
from search.text.characters import CJK

K1 = 1.2
FIELD_WEIGHT = {"title": 3.0, "body": 1.0}
LENGTH_SHARE = {"title": 0.4, "body": 0.75}  # BM25F's b: titles vary little in length
_is_cjk = re.compile(f"[{CJK}]").match
KIND_WEIGHT = {"words": 1.0, "grams": 0.3}  # DESIGN section 5: MRR@10 0.954 against 0.947, 0.936


@dataclass(frozen=True, slots=True)
class ScoringTerm:
    """A term of the query as it scores; `prefix` stands for all terms that begin with it."""

    kind: str  # "words" or "grams"
    text: str
    prefix: bool = False


def scoring_terms(leaves: Sequence[Run | Exact]) -> list[ScoringTerm]:
    """Return the terms by which documents are scored, each once, in the order of the query.

    Letters and digits score as words alone: by its units, 5G would count the g of 4G.
    """
    found: dict[ScoringTerm, None] = {}
    for leaf in leaves:
        for word in leaf.words:
            found[ScoringTerm("words", word)] = None
    for leaf in leaves:
        for gram in filter(_is_cjk, leaf.whole.grams):
            found[ScoringTerm("grams", gram)] = None
        for character in leaf.whole.prefixes:
            found[ScoringTerm("grams", character, prefix=True)] = None
    return list(found)


class Scorer:
    """Scores documents of `segments` in the given text fields, with statistics over all of them."""

    def __init__(self, segments: Segments, fields: Sequence[str], lengths: "Lengths") -> None:
        self._segments = segments
        self._fields = fields
        self._lengths = lengths

    def scores(self, documents: Numbers, terms: Sequence[ScoringTerm]) -> Floats:
        """Return the score of each document, in the given order."""
        total = np.zeros(len(documents))
        for part, _ in self._parts(documents, terms):
            total += part
        return total

    def explain(self, document: int, terms: Sequence[ScoringTerm]) -> list[Contribution]:
        """Return what each term that occurs in `document` adds to its score."""
        one = np.array([document])
        found = []
        for term, (part, counts) in zip(terms, self._parts(one, terms), strict=True):
            if part[0] > 0:
                title, body = (int(counts.get(f, np.zeros(1))[0]) for f in ("title", "body"))
                found.append(Contribution(term.text, term.kind[:-1], title, body, float(part[0])))
        return found

    def _parts(
        self, documents: Numbers, terms: Sequence[ScoringTerm]
    ) -> Iterator[tuple[Floats, dict[str, Floats]]]:
        """Yield for each term its part of every document's score, and its count in each field."""
        for term in terms:
            postings = {field: self._postings(term, field) for field in self._fields}
            holders = len(np.unique(np.concatenate([found for found, _ in postings.values()])))
            counts = {f: _counts_in(documents, found) for f, found in postings.items()}
            weighted = np.zeros(len(documents))
            for field, count in counts.items():
                norm = self._lengths.norm(f"{field}_{term.kind}", LENGTH_SHARE[field])
                weighted += FIELD_WEIGHT[field] * count / norm[documents]
            rarity = _rarity(len(self._segments.documents), holders)
            yield KIND_WEIGHT[term.kind] * rarity * weighted / (K1 + weighted), counts

    def _postings(self, term: ScoringTerm, field: str) -> Postings:
        column = f"{field}_{term.kind}"
        if term.prefix:
            return self._segments.prefix_postings(column, term.text)
        return self._segments.postings(column, term.text)


class Lengths:
    """How long each document is in each field of terms, against the average."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self.norm = lru_cache(len(TEXTS) * len(KINDS))(self._norm)

    def _norm(self, term_field: str, share: float) -> Floats:
        """Return 1 - b + b · length / average, one value a document number."""
        lengths = self._segments.numbers(length_of(term_field))
        live = lengths[self._segments.documents]
        average = live.mean() if len(live) and live.any() else 1.0
        norm: Floats = 1 - share + share * lengths / average
        return norm

    @cached_property
    def characters(self) -> int:
        """The number of characters in all bodies."""
        return int(self._segments.numbers("characters")[self._segments.documents].sum())


def _counts_in(documents: Numbers, postings: Postings) -> Floats:
    """Return how often the term of `postings` occurs in each of `documents`."""
    holders, counts = postings
    if not len(holders):
        return np.zeros(len(documents))
    at = np.minimum(np.searchsorted(holders, documents), len(holders) - 1)
    found: Floats = np.where(holders[at] == documents, counts[at], 0.0)
    return found


def _rarity(documents: int, holders: int) -> float:
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))
