"""A reading of a query as the cluster is asked it: who answers, and by what they score.

See `search.engine.port` for what readings there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from search.engine.opensearch.compiling import EVERY, Query
from search.engine.opensearch.mapping import DAY
from search.engine.opensearch.scoring import Scorer, WeightedTerm
from search.engine.ranking import EMPHASIS, HALF_LIFE_DAYS
from search.results import Contribution


@dataclass(frozen=True, slots=True)
class Recency:
    """What newer documents gain: 1 + weight · 2^(-age / half-life), the age from the newest day."""

    weight: float
    newest: int  # day since 1970

    def applied(self, query: Query) -> Query:
        """Return the query with scores multiplied; documents without a date gain nothing."""
        decay = {DAY: {"origin": self.newest, "scale": HALF_LIFE_DAYS, "decay": 0.5}}
        functions = [
            {"filter": EVERY, "weight": 1.0},
            {"filter": {"exists": {"field": DAY}}, "exp": decay, "weight": self.weight},
        ]
        return _multiplied(query, functions)

    def gain(self, day: int | None) -> float:
        """Return what the score of a document of a day is multiplied by, less 1."""
        if day is None:
            return 0.0
        return self.weight * float(2 ** (-(self.newest - day) / HALF_LIFE_DAYS))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a document gains by the share of the words that it holds: 1 + EMPHASIS · share²."""

    pieces: Sequence[tuple[Query, float]]  # what is held, and its part of the whole

    def applied(self, clauses: Sequence[Query]) -> list[Query]:
        """Return clauses that add up to the scores, multiplied."""
        plain: Query = {"bool": {"should": list(clauses)}}
        functions = [{"filter": piece, "weight": part} for piece, part in self.pieces]
        squared = _multiplied(_multiplied(plain, functions), functions)
        squared["function_score"]["boost"] = EMPHASIS
        return [plain, squared]

    def share(self, matched: Sequence[str]) -> float:
        """Return the share of a document that matched the named pieces."""
        return sum(part for at, (_, part) in enumerate(self.pieces) if f"={at}" in matched)

    def named(self) -> list[Query]:
        """Return queries that add nothing to a score, and name the pieces that a document holds."""
        return [
            {"constant_score": {"filter": piece, "boost": 0.0, "_name": f"={at}"}}
            for at, (piece, _) in enumerate(self.pieces)
        ]


@dataclass(frozen=True, slots=True)
class Tier:
    """Documents of one reading, and the terms by which they are scored."""

    reading: str
    answering: Query
    terms: Sequence[WeightedTerm] = ()
    recency: Recency | None = None
    coverage: Coverage | None = None
    extra: Sequence[Query] = field(default=())  # that answer too, of what is asked for beside

    def query(self, scorer: Scorer, among: Sequence[Query] = (), explain: bool = False) -> Query:
        """Return the query with its scores; of documents alone that answer `among` too."""
        clauses = scorer.clauses(self.terms, named=explain)
        if self.coverage and clauses:
            named = self.coverage.named() if explain else []
            clauses = [*self.coverage.applied(clauses), *named]
        query: Query = {
            "bool": {
                "filter": [self.answering, *among],
                "should": clauses,
                "minimum_should_match": 0,
            }
        }
        return self.recency.applied(query) if self.recency and clauses else query

    def contributions(self, hit: dict[str, Any], scorer: Scorer) -> list[Contribution]:
        """Return what each term adds to the score of a hit, and what its share or its day."""
        matched = hit.get("matched_queries", {})
        found = scorer.contributions(self.terms, matched)
        added = sum(part.score for part in found)
        if self.coverage:
            share = self.coverage.share(matched)
            extra = EMPHASIS * share**2 * added
            found.append(Contribution(f"{share:.0%}", "coverage", 0, 0, extra))
        if self.recency:
            (day,) = hit["fields"].get(DAY, [None])
            if gain := self.recency.gain(day):
                found.append(Contribution(f"{gain:.0%}", "recency", 0, 0, gain * added))
        return found


def _multiplied(query: Query, functions: Sequence[Query]) -> Query:
    return {
        "function_score": {
            "query": query,
            "functions": list(functions),
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }
