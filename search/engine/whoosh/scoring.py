"""Scores of the documents of a committed state, whole posting lists at once; see `ranking`."""

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np

from search.deadline import checked
from search.engine.ranking import FIELD_WEIGHT, K1, LENGTH_SHARE, ScoringTerm, rarity
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.segments import Floats, Segments
from search.engine.whoosh.term_postings import Special, TermPostings
from search.engine.whoosh.term_source import TermSource
from search.results import Contribution

FEW = 16  # documents: their postings are looked up, one by one


class Scorer:
    """Scores documents in the fields of one search, with statistics over the whole index."""

    def __init__(self, terms: TermSource, lengths: "Lengths", sets: DocumentSets) -> None:
        self._terms = terms
        self._lengths = lengths
        self._sets = sets

    def scores(self, documents: Documents, terms: Sequence[ScoringTerm]) -> Floats:
        """Return the score of each of the documents, which rise."""
        if len(documents) <= FEW:
            weights = [self.weight(term) for term in terms]
            return np.array([self._score(n, terms, weights) for n in documents.tolist()])
        total = np.zeros(len(documents))
        for term in checked(terms):
            postings = self.postings(term)
            if not len(postings.documents):
                continue
            if postings.is_spread:
                total += self.weight(term) * self._spread_parts(postings, documents, term.kind)
            elif postings.documents is documents:
                total += self.parts(term)
            else:
                here, among = self._sets.matching(documents, postings.documents)
                parts = self._parts(postings.at(among), term.kind)
                parts *= self.weight(term)
                if here is None:
                    total += parts
                else:
                    total[here] += parts
        return total

    def postings(self, term: ScoringTerm) -> TermPostings:
        """Return the postings of a term."""
        return self._terms.term(term.kind, term.text)

    def weight(self, term: ScoringTerm) -> float:
        """Return what a term adds to a document at most: its rarity, times what its kind counts."""
        frequency = self._terms.frequency(term.kind, term.text)
        return term.share * rarity(len(self._terms.documents), frequency)

    def parts(self, term: ScoringTerm) -> Floats:
        """Return what a term adds to each of its documents; it may not be spread."""
        parts = self._parts(self.postings(term), term.kind)
        parts *= self.weight(term)
        return parts

    def explain(self, document: int, terms: Sequence[ScoringTerm]) -> list[Contribution]:
        """Return what each term that occurs in `document` adds to its score."""
        found = []
        for term in checked(terms):
            title, body = self._terms.counts(term.kind, term.text, document)
            if title or body:
                score = self._part(term.kind, document, title, body) * self.weight(term)
                found.append(Contribution(term.text, term.kind[:-1], title, body, score))
        return found

    def _score(
        self, document: int, terms: Sequence[ScoringTerm], weights: Sequence[float]
    ) -> float:
        """Return the score of one document, its postings looked up: to the last digit the same."""
        total = 0.0
        for term, weight in zip(terms, weights, strict=True):
            title, body = self._terms.counts(term.kind, term.text, document)
            if title or body:
                total += self._part(term.kind, document, title, body) * weight
        return total

    def _part(self, kind: str, document: int, title: int, body: int) -> float:
        """Return what a term adds to a document that holds it so often, before its weight."""
        weighted = body * self._lengths.weights(kind, "body").item(document)
        if title:
            weighted += title * self._lengths.weights(kind, "title").item(document)
        return weighted / (K1 + weighted)

    def _parts(self, postings: TermPostings, kind: str) -> Floats:
        """Return what a term adds to each of its postings, before its weight: tf / (k1 + tf)."""
        parts = self._lengths.saturated_once(kind).take(postings.documents)
        special = postings.special()
        if special is not None:
            parts[special.places] = _saturated(self._special(postings, special, kind))
        return parts

    def _spread_parts(self, postings: TermPostings, documents: Documents, kind: str) -> Floats:
        """Return the same for each of the documents, of postings that may name one repeatedly."""
        at = self._sets.slots(documents, postings.documents)
        held = at >= 0
        if not held.all():
            places = held.nonzero()[0]
            postings, at = postings.at(places), at[places]
        bodies = np.bincount(at, minlength=len(documents))
        special = postings.special()
        if special is None:
            return _saturated(bodies * self._norm(kind, "body", documents))
        at = at[special.places]
        bodies = bodies + np.bincount(at, special.bodies - 1, len(documents))
        weighted = bodies * self._norm(kind, "body", documents)
        if special.titles is not None:
            titles = np.bincount(at, special.titles, len(documents))
            weighted += titles * self._norm(kind, "title", documents)
        return _saturated(weighted)

    def _special(self, postings: TermPostings, special: Special, kind: str) -> Floats:
        """Return the weighted frequency of the postings that are not one occurrence in a body."""
        holders = postings.documents[special.places]
        weighted: Floats = special.bodies * self._norm(kind, "body", holders)
        if special.titles is not None:
            weighted += special.titles * self._norm(kind, "title", holders)
        return weighted

    def _norm(self, kind: str, text: str, documents: Documents) -> Floats:
        return self._lengths.weights(kind, text).take(documents)


class Lengths:
    """What a single occurrence weighs in each document, by the length of its fields."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self.weights = cache(self._weights)
        self.saturated_once = cache(self._saturated_once)

    def _weights(self, kind: str, text: str) -> Floats:
        """Return weight / (1 - b + b · length / average), one value a document number."""
        lengths = self._segments.lengths(kind, text).astype(np.float64)
        documents = self._segments.documents
        live = lengths if len(documents) == len(lengths) else lengths[documents]
        average = live.mean() if len(live) and live.any() else 1.0
        share = LENGTH_SHARE[text]
        lengths *= share / average
        lengths += 1 - share
        weights: Floats = FIELD_WEIGHT[text] / lengths
        return weights

    def _saturated_once(self, kind: str) -> Floats:
        """Return what one occurrence in the body adds, one value a document number."""
        return _saturated(self.weights(kind, "body"))

    @cached_property
    def characters(self) -> int:
        """The number of characters in all bodies."""
        return int(self._segments.characters()[self._segments.documents].sum(dtype=np.int64))


def _saturated(weighted: Floats) -> Floats:
    parts: Floats = weighted / (K1 + weighted)
    return parts
