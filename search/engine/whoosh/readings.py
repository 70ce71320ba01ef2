"""How documents answer: with all that was typed, with expansions of it, with most of its words.

Each reading is a tier: its documents stand behind all of the tier before, whatever they score. So
an expansion never pushes down what was typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.engine import ranking
from search.engine.port import (
    EXPANDED,
    FILLED,
    LITERAL,
    RELAXED,
    SearchRequest,
)
from search.engine.ranking import ScoringTerm, scoring_terms
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.matching import Matcher
from search.engine.whoosh.relaxing import Relaxer, emphasis
from search.engine.whoosh.scoring import Scorer
from search.engine.whoosh.segments import Floats
from search.query import Exact, expansion_leaves, literal, wanted
from search.results import Contribution


@dataclass(frozen=True, slots=True)
class Tier:
    """Documents of one reading, rising, and the terms by which they are scored."""

    reading: str
    documents: Documents
    terms: Sequence[ScoringTerm]
    shares: Floats | None = None  # of the words, where a document need not hold all
    factors: Floats | None = None  # of all documents, by their number: what newer ones gain

    def scores(self, documents: Documents, scorer: Scorer) -> Floats:
        """Return the score of each of the documents, which rise and are of this tier."""
        scores = scorer.scores(documents, self.terms)
        if self.shares is not None:
            scores *= emphasis(self.shares[self.documents.searchsorted(documents)])
        if self.factors is not None:
            scores *= self.factors[documents]
        return scores

    def explain(self, document: int, scorer: Scorer) -> list[Contribution]:
        """Return what each term adds to the score of a document, and what its share of words."""
        found = scorer.explain(document, self.terms)
        if self.shares is not None:
            share = self.shares[self.documents.searchsorted([document])]
            factor = float(emphasis(share)[0])
            extra = (factor - 1) * sum(part.score for part in found)
            found.append(Contribution(f"{float(share[0]):.0%}", "coverage", 0, 0, extra))
        if self.factors is not None and (gain := float(self.factors[document]) - 1):
            extra = gain * sum(part.score for part in found)
            found.append(Contribution(f"{gain:.0%}", "recency", 0, 0, extra))
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """All documents that answer, tier by tier. `counted` are those that make the total."""

    tiers: Sequence[Tier]
    counted: Documents
    word: str = ""  # that is in the way, where all are relaxed
    without: Documents | None = None  # what answers without it

    @property
    def fills(self) -> bool:
        """Whether relaxed documents follow others that are counted, as far as to fill a page."""
        return len(self.tiers) > 1 and self.tiers[-1].reading == RELAXED


def answer(
    request: SearchRequest,
    matcher: Matcher,
    sets: DocumentSets,
    documents: Documents,
    filtered: Callable[[Documents], Documents],
    words: Sequence[Exact] = (),
    factors: Floats | None = None,
) -> Answer:
    """Return what answers a request among `documents`; `filtered` keeps what may answer at all.

    `words` score beside what the tree says: those of the index that its prefixes stand for.
    `factors` multiply the scores of what answers literally.
    """
    plain = literal(request.tree)
    leaves = [*wanted(plain), *expansion_leaves(plain), *words]
    found = filtered(matcher.match(plain))
    tiers = [Tier(LITERAL, found, scoring_terms(leaves, ranking.STRICT), factors=factors)]
    others = expansion_leaves(request.tree)
    if plain != request.tree:
        more = sets.without(filtered(matcher.match(request.tree)), found)
        tiers.append(Tier(EXPANDED, more, scoring_terms([*leaves, *others], ranking.STRICT)))
        found = sets.union([found, more])
    fills = request.sort == "relevance" and request.offset + request.limit > len(found)
    if not request.relax or len(found) >= FILLED or (len(found) and not fills):
        return Answer(tiers, found)
    relaxed = Relaxer(matcher, sets, documents).relax(request.tree, filtered)
    if relaxed is None:
        return Answer(tiers, found)
    is_new = ~sets.among(relaxed.documents, found)
    terms = scoring_terms([*leaves, *others], ranking.RELAXED)
    tier = Tier(RELAXED, relaxed.documents[is_new], terms, relaxed.shares[is_new])
    if len(found):
        return Answer([*tiers, tier], found)
    return Answer([tier], tier.documents, relaxed.word, relaxed.without)
