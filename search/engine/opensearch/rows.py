"""The hits of a tier in their order, as many as are asked for: by pages, the first with a total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from search.engine.opensearch.client import Client
from search.engine.opensearch.compiling import Query
from search.engine.opensearch.mapping import DATE, DAY, KEY, LONGEST_PAGE, NUMBER, STORED
from search.engine.opensearch.scan import without_stored
from search.engine.opensearch.scoring import Scorer
from search.engine.opensearch.texts import FEW_TEXTS
from search.engine.opensearch.tiers import Tier
from search.engine.port import SearchRequest

MORE = 100  # hits that are asked for when those asked for first do not do
_NO_DATE = 10**9  # a date greater or less is none: what has no value sorts last


@dataclass(frozen=True, slots=True)
class Row:
    """A hit, and by what it sorts among those of all tiers: least first."""

    keys: tuple[Any, ...]
    number: int
    score: float
    tier: int
    hit: dict[str, Any]


class Rows:
    """Asks for the hits of the tiers of one request."""

    def __init__(self, client: Client, index: str, request: SearchRequest, scorer: Scorer) -> None:
        self._client = client
        self._index = index
        self._request = request
        self._scorer = scorer

    def first(
        self, tiers: Sequence[tuple[int, Tier]], size: int
    ) -> tuple[list[int], list[Iterator[Row]]]:
        """Return how many answer each tier, and what yields its hits in order."""
        size = min(size, LONGEST_PAGE)
        with_texts = 0 < size <= FEW_TEXTS
        bodies = [self._body(tier, size, with_texts) for _, tier in tiers]
        parameters = {"include_named_queries_score": "true"} if self._request.explain else {}
        answers = self._client.searches(self._index, bodies, **parameters)
        totals = [answer["hits"]["total"]["value"] for answer in answers]
        pages = [
            self._rows(number, tier, answer["hits"]["hits"], total)
            for (number, tier), answer, total in zip(tiers, answers, totals, strict=True)
        ]
        return totals, pages

    def among(self, number: int, tier: Tier, among: Query) -> list[Row]:
        """Return all hits of a tier that answer another query too, in their order."""
        body = self._body(tier, LONGEST_PAGE // 2, False, [among])
        body["track_total_hits"] = False
        hits = self._client.search(self._index, body)["hits"]["hits"]
        found = list(map(self._row(number), hits))
        while len(hits) == body["size"]:
            body["search_after"] = hits[-1]["sort"]
            hits = self._client.search(self._index, body)["hits"]["hits"]
            found += map(self._row(number), hits)
        return found

    def _rows(
        self, number: int, tier: Tier, hits: list[dict[str, Any]], total: int
    ) -> Iterator[Row]:
        row = self._row(number)
        yield from map(row, hits)
        seen = len(hits)
        while seen < total:
            body = self._body(tier, max(MORE, min(seen, LONGEST_PAGE)), False)
            body["track_total_hits"] = False
            if hits:
                body["search_after"] = hits[-1]["sort"]
            parameters = {"include_named_queries_score": "true"} if self._request.explain else {}
            hits = self._client.search(self._index, body, **parameters)["hits"]["hits"]
            if not hits:
                return
            yield from map(row, hits)
            seen += len(hits)

    def _body(
        self, tier: Tier, size: int, with_texts: bool, among: Sequence[Query] = ()
    ) -> dict[str, Any]:
        sort: list[Any] = [{"_score": "desc"}, {KEY: "asc"}]
        if self._request.sort != "relevance":
            order = "desc" if self._request.sort == "newest" else "asc"
            sort.insert(0, {DATE: {"order": order, "missing": "_last"}})
        return {
            "query": tier.query(self._scorer, among, self._request.explain),
            "size": size,
            "sort": sort,
            "track_scores": True,
            "track_total_hits": True,
            **without_stored([STORED] if with_texts else False),
            "docvalue_fields": [NUMBER, DAY] if self._request.explain else [NUMBER],
        }

    def _row(self, tier: int) -> Any:
        by_date = self._request.sort != "relevance"

        def row(hit: dict[str, Any]) -> Row:
            *dates, score, key = hit["sort"]
            keys: tuple[Any, ...] = (tier, -score, key)
            if by_date:
                date = dates[0]
                undated = not -_NO_DATE < date < _NO_DATE
                signed = -date if self._request.sort == "newest" else date
                keys = (undated, 0 if undated else signed, *keys)
            return Row(keys, int(hit["fields"][NUMBER][0]), score, tier, hit)

        return row
