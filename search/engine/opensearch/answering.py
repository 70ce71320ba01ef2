"""A request → the tiers of documents that answer it, and how many these are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice

from search.engine import ranking
from search.engine.opensearch.compiling import (
    Compiler,
    Query,
    all_of,
    any_of,
    dated,
    held,
    of_numbers,
    without,
)
from search.engine.opensearch.copies import Copies
from search.engine.opensearch.relaxing import Relaxed, Relaxer
from search.engine.opensearch.rows import Row, Rows
from search.engine.opensearch.scoring import Scorer
from search.engine.opensearch.state import State
from search.engine.opensearch.tiers import Recency, Tier
from search.engine.opensearch.words import WordsOfFields
from search.engine.port import EXPANDED, FILLED, LITERAL, RELAXED, SearchRequest
from search.engine.ranking import ScoringTerm, scoring_terms
from search.engine.resolving import resolve, words_of
from search.query import Leaf, Node, expansion_leaves, literal, wanted


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a request."""

    request: SearchRequest
    scorer: Scorer
    tiers: Sequence[Tier]
    page: Sequence[Row]
    total: int
    counted: Query  # the documents that make the total, copies and all
    count: int  # of these
    resolved: Mapping[Leaf, Sequence[str]]
    relaxed: Relaxed | None = None  # where nothing else answers


class Answering:
    """Answers one request by one state."""

    def __init__(self, state: State, request: SearchRequest, copies: Copies | None) -> None:
        self._state = state
        self._request = request
        self._copies = copies
        self._statistics = state.statistics
        alike = state.words.alike
        self._compiler = Compiler(request.fields, alike, state.documents.answering)
        self._scorer = Scorer(state.statistics, request.fields, state.record.documents)
        self._rows = Rows(state.client, state.index, request, self._scorer)

    def answer(self) -> Answer:
        """Return what answers."""
        request = self._request
        among = [self._state.record.visible(), *dated(request.since, request.until)]
        among += [held(name, value) for name, value in request.where.items()]
        resolved = resolve(request.tree, WordsOfFields(self._state.words, request.fields))
        plain = literal(request.tree)
        leaves = [*wanted(plain), *expansion_leaves(plain), *words_of(resolved)]
        others = expansion_leaves(request.tree)
        tiers = self._strict(plain, among, scoring_terms(leaves), scoring_terms([*leaves, *others]))
        last = request.offset + request.limit
        totals, pages = self._rows.first(list(enumerate(tiers)), last)
        counted = any_of([tier.answering for tier in tiers])
        relaxed = self._relaxed(sum(totals), among)
        if relaxed is not None:
            terms = scoring_terms([*leaves, *others], ranking.RELAXED)
            more = Tier(RELAXED, relaxed.answering, self._scorer.weighted(terms))
            more = replace(more, coverage=relaxed.coverage)
            if sum(totals):
                more = replace(more, answering=without(more.answering, counted))
                last = min(last, FILLED)
            else:
                tiers, totals, pages, counted = [], [], [], more.answering
            added, found = self._rows.first([(len(tiers), more)], last)
            tiers, pages = [*tiers, more], [*pages, *found]
            if len(tiers) == 1:
                totals = added
        every = merge(*pages, key=lambda row: row.keys)
        shown = every if self._copies is None else self._copies.shown(every)
        page = list(islice(shown, request.offset, max(last, 0)))
        count = sum(totals)
        return Answer(
            request,
            self._scorer,
            tiers,
            page,
            count - self._surplus(counted, count),
            counted,
            count,
            resolved,
            relaxed if len(tiers) == 1 and tiers[0].reading == RELAXED else None,
        )

    def without_word(self, relaxed: Relaxed) -> int:
        """Return how many answer without the word that is in the way; copies count once."""
        (count,) = self._statistics.counts([relaxed.without])
        return count - self._surplus(relaxed.without, count)

    def shown(self, answer: Answer) -> Query:
        """Return the query for all documents of an answer that are shown, of copies the best."""
        if self._copies is None or answer.count == answer.total:
            return answer.counted
        among = self._copies.query(answer.count)
        counted = [
            tier for tier in answer.tiers if len(answer.tiers) == 1 or tier.reading != RELAXED
        ]
        parts = [self._rows.among(at, tier, among) for at, tier in enumerate(counted)]
        rows = list(merge(*parts, key=lambda row: row.keys))
        best = {row.number for row in self._copies.shown(rows)}
        return without(answer.counted, of_numbers([r.number for r in rows if r.number not in best]))

    def _surplus(self, answering: Query, count: int) -> int:
        return 0 if self._copies is None else self._copies.surplus(answering, count)

    def _strict(
        self,
        plain: Node,
        among: Sequence[Query],
        terms: Sequence[ScoringTerm],
        all_terms: Sequence[ScoringTerm],
    ) -> list[Tier]:
        tree = self._request.tree
        first = all_of([*among, self._compiler.compile(plain, among)])
        scored = self._scorer.weighted(terms)
        tiers = [Tier(LITERAL, first, scored, recency=self._recency())]
        if plain != tree:
            more = without(all_of([*among, self._compiler.compile(tree, among)]), first)
            tiers.append(Tier(EXPANDED, more, self._scorer.weighted(all_terms)))
        return tiers

    def _recency(self) -> Recency | None:
        if not self._request.recency or self._state.newest_day is None:
            return None
        return Recency(self._request.recency, self._state.newest_day)

    def _relaxed(self, count: int, among: Sequence[Query]) -> Relaxed | None:
        """Return who holds most of the words, where that is asked for and any are needed."""
        request = self._request
        fills = request.sort == "relevance" and request.offset + request.limit > count
        if not request.relax or count >= FILLED or (count and not fills):
            return None
        state = self._state
        relaxer = Relaxer(
            state.client, state.index, self._compiler, self._statistics, state.record.documents
        )
        return relaxer.relax(request.tree, among)
