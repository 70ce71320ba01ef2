"""Most of the words: what is found where no document has all that a query asks for.

The rule is that of `search.engine.whoosh.relaxing`, which says it; here it is asked in queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from search.engine.opensearch.client import Client
from search.engine.opensearch.compiling import Compiler, Query, all_of, any_of
from search.engine.opensearch.mapping import NUMBER
from search.engine.opensearch.scan import without_stored
from search.engine.opensearch.statistics import Statistics
from search.engine.opensearch.tiers import Coverage
from search.engine.ranking import LEAST_SHARE, rarity
from search.query import Node, Run, parts_of
from search.text.characters import is_cjk

SLACK = 1.2e-7  # the cluster keeps each part, and their sum, in 32 bits


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Who holds most of the words; `word` is in the way: `without` answers who holds all others."""

    answering: Query
    coverage: Coverage
    word: str
    without: Query


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    query: Query
    holders: int
    pieces: Sequence[tuple[Query, int]]  # what counts for it, and how many documents hold that

    @property
    def is_known(self) -> bool:
        return any(count for _, count in self.pieces)


class Relaxer:
    """Finds documents that hold most of what a query tree asks for."""

    def __init__(
        self, client: Client, index: str, compiler: Compiler, statistics: Statistics, count: int
    ) -> None:
        self._client = client
        self._index = index
        self._compiler = compiler
        self._statistics = statistics
        self._count = count  # of all documents

    def relax(self, tree: Node, among: Sequence[Query]) -> Relaxed | None:
        """Return what is found among the documents that may answer at all, or None."""
        named, asking, strict, pairs = parts_of(tree)
        if not named or len(named) + len(asking) < 2 or not self._count:
            return None
        allowed = [*among, *(self._compiler.compile(node, among) for node in strict)]
        parts = self._parts(named)
        rarities = [
            (query, rarity(self._count, count)) for part in parts for query, count in part.pieces
        ]
        total = sum(weight for _, weight in rarities)
        coverage = Coverage([(query, weight / total) for query, weight in rarities])
        holding = self._holding(named, parts, pairs)
        best = self._best(parts, coverage, [*allowed, *holding])
        if best is None:
            return None
        most, held = best
        is_known = all(part.is_known for part in parts)
        least = min(LEAST_SHARE, most) if is_known else LEAST_SHARE
        if most < least - SLACK:
            return None
        answering = all_of([*allowed, *holding, _with_share(coverage, least - SLACK)])
        word, without = self._in_the_way(parts, asking, held, allowed)
        return Relaxed(answering, coverage, word, without)

    def _parts(self, named: Sequence[tuple[str, Node]]) -> list[_Part]:
        queries = [self._compiler.compile(node) for _, node in named]
        counts = self._statistics.counts(queries)
        found = []
        for (name, node), query, count in zip(named, queries, counts, strict=True):
            pieces = [(query, count)] if count else self._pieces(node) or [(query, 0)]
            found.append(_Part(name, query, count, pieces))
        return found

    def _pieces(self, part: Node) -> list[tuple[Query, int]]:
        """Return what holds the pairs of a longer word that no document has."""
        if not isinstance(part, Run) or len(part.text) < 3 or not all(map(is_cjk, part.text)):
            return []
        pairs = dict.fromkeys(part.text[at : at + 2] for at in range(len(part.text) - 1))
        queries = [self._compiler.compile(Run(pair, (pair,))) for pair in pairs]
        counts = self._statistics.counts(queries)
        return [(query, n) for query, n in zip(queries, counts, strict=True) if n]

    def _holding(
        self, named: Sequence[tuple[str, Node]], parts: Sequence[_Part], pairs: Sequence[str]
    ) -> list[Query]:
        """Return that more than single characters have to be held, where more is asked for."""
        if all(map(_is_single, named)):
            return []
        more = [
            query
            for one, part in zip(named, parts, strict=True)
            if not _is_single(one)
            for query, _ in part.pieces
        ]
        return [any_of([*more, *(self._compiler.compile(Run(pair, (pair,))) for pair in pairs)])]

    def _best(
        self, parts: Sequence[_Part], coverage: Coverage, allowed: Sequence[Query]
    ) -> tuple[float, set[int]] | None:
        """Return the largest share of any document, and which parts the first of those holds."""
        named = [
            {"constant_score": {"filter": part.query, "boost": 0.0, "_name": str(at)}}
            for at, part in enumerate(parts)
        ]
        query = {
            "bool": {
                "filter": list(allowed),
                "must": [_shares(coverage)],
                "should": named,
            }
        }
        body = {"query": query, "size": 1, "sort": [{"_score": "desc"}, {NUMBER: "asc"}]}
        hits = self._client.search(self._index, {**body, **without_stored(False)})["hits"]["hits"]
        if not hits:
            return None
        return hits[0]["_score"], {int(name) for name in hits[0].get("matched_queries", ())}

    def _in_the_way(
        self,
        parts: Sequence[_Part],
        asking: Sequence[str],
        held: set[int],
        allowed: Sequence[Query],
    ) -> tuple[str, Query]:
        """Return the word without which most would answer, and who answers then."""
        queries = [part.query for part in parts]
        whole = all_of([*allowed, *queries])
        lacking = [
            {
                "bool": {
                    "filter": [*allowed, *queries[:at], *queries[at + 1 :]],
                    "must_not": [queries[at]],
                }
            }
            for at in range(len(parts))
        ]
        of_parts = [all_of([*allowed, query]) for query in queries]
        every, *counts = self._statistics.counts([whole, *lacking, *of_parts])
        if asking and every:
            return asking[0], whole
        without, holders = counts[: len(parts)], counts[len(parts) :]
        lacked = [at for at in range(len(parts)) if at not in held]
        # Of those that the best lacks: what leaves most when it goes, of equals the rarest.
        ruling = max(lacked, key=lambda at: (without[at], -holders[at]), default=0)
        return parts[ruling].name, lacking[ruling]


def _shares(coverage: Coverage) -> Query:
    """Return a query whose scores are the shares of the words that documents hold."""
    should = [
        {"constant_score": {"filter": piece, "boost": part}} for piece, part in coverage.pieces
    ]
    return {"bool": {"should": should, "minimum_should_match": 1}}


def _with_share(coverage: Coverage, least: float) -> Query:
    """Return the query for the documents that hold such a share of the words, or more."""
    scored = {"query": _shares(coverage), "script": {"source": "_score"}, "min_score": least}
    return {"script_score": scored}


def _is_single(part: tuple[str, Node]) -> bool:
    name, node = part
    return isinstance(node, Run) and len(name) == 1 and is_cjk(name)
