"""Scores: the very ones of `search.engine.ranking`, worked out where the documents lie.

How often a term is in title and body is one number of the index, the title's count above the
body's (its similarity says nothing but how often). A script makes of it, by the lengths of the
texts, what the term adds. So every document has its score, whichever copy of a part of the index is
asked, with whatever deleted documents in it: it depends on nothing but what is told here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.engine.opensearch.compiling import Query
from search.engine.opensearch.mapping import BODY, SHIFT, TITLE, field
from search.engine.opensearch.statistics import Statistics, field_kind
from search.engine.opensearch.streams import carried_term
from search.engine.ranking import FIELD_WEIGHT, K1, LENGTH_SHARE, ScoringTerm, rarity
from search.results import Contribution

MOST_TERMS = 200  # that score, the rarest: an index takes no more than some 1,000 clauses

# In the language of Lucene, 1.7 times as fast as Painless. KIND is that of the lengths.
_TITLES = f"floor(_score / {SHIFT}.0)"
_TF = (
    f"({_TITLES} * wt / (rt + st * doc['KIND_title_length'].value)"
    f" + (_score - {_TITLES} * {SHIFT}.0) * wb / (rb + sb * doc['KIND_body_length'].value))"
)
_SCRIPT = f"weight * {_TF} / (k + {_TF})"


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term that scores, and what it adds to a document at most."""

    term: ScoringTerm
    weight: float
    holders: int


class Scorer:
    """Makes queries that score, of terms, with the statistics of one commit."""

    def __init__(self, statistics: Statistics, fields: Sequence[str], count: int) -> None:
        self._statistics = statistics
        self._fields = fields
        self._count = count  # of documents

    def weighted(self, terms: Sequence[ScoringTerm]) -> list[WeightedTerm]:
        """Return those of the terms that add anything, in their order."""
        holders = self._statistics.frequencies(terms, self._fields)
        found = [
            WeightedTerm(term, term.share * rarity(self._count, number), number)
            for term, number in zip(terms, holders, strict=True)
            if number
        ]
        if len(found) > MOST_TERMS:
            best = {id(one) for one in sorted(found, key=lambda one: -one.weight)[:MOST_TERMS]}
            found = [one for one in found if id(one) in best]
        return found

    def clauses(self, terms: Sequence[WeightedTerm], named: bool = False) -> list[Query]:
        """Return a query for each term; `named` after its place, and what counts `#` behind it."""
        return [self._clause(one, str(at) if named else "") for at, one in enumerate(terms)]

    def contributions(
        self, terms: Sequence[WeightedTerm], matched: Mapping[str, float]
    ) -> list[Contribution]:
        """Return what each term adds to a hit, of the scores of the clauses that it matched."""
        found = []
        for at, one in enumerate(terms):
            if score := matched.get(str(at)):
                titles, bodies = divmod(round(matched[f"{at}#"]), SHIFT)
                kind = one.term.kind[:-1]
                found.append(Contribution(one.term.text, kind, titles, bodies, score))
        return found

    def _clause(self, one: WeightedTerm, name: str) -> Query:
        term = one.term
        kind, carried = field_kind(term.kind, term.text), carried_term(term.text)
        boosts = {TITLE: float(SHIFT), BODY: 1.0}
        counting: Query = {
            "bool": {
                "should": [
                    {"term": {field(kind, text): {"value": carried, "boost": boosts[text]}}}
                    for text in self._fields
                ]
            }
        }
        script = {
            "lang": "expression",
            "source": _SCRIPT.replace("KIND", term.kind),
            "params": {"weight": one.weight, "k": K1, **self._parameters(term.kind)},
        }
        scored: dict[str, Any] = {"query": counting, "script": script}
        if name:
            counting["bool"]["_name"] = f"{name}#"
            scored["_name"] = name
        return {"script_score": scored}

    def _parameters(self, kind: str) -> dict[str, float]:
        """Return weight, constant part of the norm, and its part for each word or gram."""
        found: dict[str, float] = {}
        for text in (TITLE, BODY):
            share = LENGTH_SHARE[text]
            found[f"w{text[0]}"] = FIELD_WEIGHT[text]
            found[f"r{text[0]}"] = 1 - share
            found[f"s{text[0]}"] = share / self._statistics.average(kind, text)
        return found
