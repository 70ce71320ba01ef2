"""Which of many documents can be among the best, found without scoring them all.

Max-score (Turtle, Flood: Query Evaluation: Strategies and Optimizations, 1995), a list at a time:
what the terms add is summed, those first that can add most, until what is left cannot lift a
document that holds none of these among the best.
"""

from collections.abc import Sequence

import numpy as np

from search.deadline import check_deadline
from search.engine.ranking import ScoringTerm
from search.engine.whoosh.document_sets import Documents, DocumentSets, Rows
from search.engine.whoosh.scoring import Scorer
from search.engine.whoosh.segments import Floats

FEW = 16_384  # so many documents are scored in less time than it takes to choose among them
SLACK = 1e-9  # the same numbers summed in another order differ in their last digits


class Contenders:
    """Chooses the documents that are worth scoring, with rows of sums kept between searches."""

    def __init__(self, documents: int, sets: DocumentSets) -> None:
        self._sums: Rows[Floats] = Rows(lambda: np.zeros(documents))
        self._sets = sets

    def among(
        self, found: Documents, terms: Sequence[ScoringTerm], wanted: int, scorer: Scorer
    ) -> Documents:
        """Return some of `found`, rising: all that may be of the `wanted` best, ties included."""
        if not wanted or len(found) <= max(FEW, 2 * wanted):
            return found
        lists: list[Documents] = []
        sums = self._sums.lend()
        least = self._least(found, terms, wanted, scorer, sums, lists)
        # Those may be of the best that hold no term at all where no sum is needed.
        chosen = [held[sums.take(held) >= least - SLACK] for held in lists if least > SLACK]
        for held in lists:
            sums[held] = 0
        self._sums.give_back(sums)
        return self._sets.union(chosen) if least > SLACK else found

    def _least(
        self,
        found: Documents,
        terms: Sequence[ScoringTerm],
        wanted: int,
        scorer: Scorer,
        sums: Floats,
        lists: list[Documents],
    ) -> float:
        """Sum up as many terms as have to be, and return the sum without which none is of the best.

        `sums` takes the sum of each document, `lists` the documents of each term that was summed.
        0 when all may be of the best.
        """
        weights = {term: scorer.weight(term) for term in terms}
        rest = sum(weights.values())  # what the terms not summed yet can add: a part is at most 1
        bound = 0.0  # so much has each of the `wanted` best, or more
        for term in sorted(terms, key=lambda term: -weights[term]):
            check_deadline()
            if rest < bound:
                break
            postings = scorer.postings(term)
            if postings.is_spread:
                return 0.0
            rest -= weights[term]
            held, parts = postings.documents, scorer.parts(term)
            if held is not found:
                kept = self._sets.among(held, found)
                held, parts = held[kept], parts[kept]
            sums[held] += parts
            lists.append(held)
            if len(held) >= wanted:
                reached = sums.take(held)
                bound = max(bound, float(np.partition(reached, -wanted)[-wanted]))
        return bound - max(rest, 0.0)
