"""What scores need to know of the whole index at one commit, asked once and kept."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from search.engine.opensearch.client import Client
from search.engine.opensearch.compiling import Query, all_of, any_of
from search.engine.opensearch.mapping import GRAMS, SINGLES, field, length_field
from search.engine.opensearch.record import Record
from search.engine.opensearch.streams import carried_term, is_single
from search.engine.ranking import ScoringTerm

KEPT = 1 << 15  # terms
AT_ONCE = 100  # queries of one request

Key = tuple[str, str, tuple[str, ...]]  # kind, term, fields


class Statistics:
    """How many documents of a commit answer what, and how long texts are on average."""

    def __init__(self, client: Client, index: str, record: Record) -> None:
        self._client = client
        self._index = index
        self._record = record
        self._visible = record.visible()
        self._known: dict[Key, int] = {}
        self.average = lru_cache(None)(self._average)

    def counts(self, queries: Sequence[Query]) -> list[int]:
        """Return how many documents answer each of the queries."""
        found: list[int] = []
        for at in range(0, len(queries), AT_ONCE):
            bodies = [self._counting(query) for query in queries[at : at + AT_ONCE]]
            answers = self._client.searches(self._index, bodies)
            found += [answer["hits"]["total"]["value"] for answer in answers]
        return found

    def frequencies(self, terms: Sequence[ScoringTerm], fields: Sequence[str]) -> list[int]:
        """Return in how many documents each term is, in any of the fields."""
        keys = [(term.kind, term.text, tuple(fields)) for term in terms]
        asked = [key for key in dict.fromkeys(keys) if key not in self._known]
        found = self.counts([holding(kind, text, among) for kind, text, among in asked])
        if len(self._known) > KEPT:
            self._known = {}
        known = dict(zip(asked, found, strict=True))
        answer = [known[key] if key in known else self._known.get(key, -1) for key in keys]
        self._known.update(known)
        if -1 in answer:  # another thread has emptied what was known
            return self.frequencies(terms, fields)
        return answer

    def _average(self, kind: str, text: str) -> float:
        """Return how many words or grams a title or body has on average; never 0."""
        count = self._record.documents
        return self._record.lengths[length_field(kind, text)] / count or 1.0 if count else 1.0

    def aggregated(self, aggregations: Mapping[str, Any], query: Query | None = None) -> Any:
        """Return the aggregations over all documents, or over those that answer a query."""
        queries = [self._visible] if query is None else [self._visible, query]
        body = {"query": all_of(queries), "size": 0, "aggs": dict(aggregations)}
        return self._client.search(self._index, body)["aggregations"]

    def _counting(self, query: Query) -> dict[str, Any]:
        both = all_of([self._visible, query])
        return {"query": both, "size": 0, "track_total_hits": True}


def holding(kind: str, term: str, fields: Sequence[str]) -> Query:
    """Return the query for the documents that hold a term of a kind, in any of the fields."""
    carried = carried_term(term)
    return any_of([{"term": {field(field_kind(kind, term), one): carried}} for one in fields])


def field_kind(kind: str, term: str) -> str:
    """Return the kind of field that counts a term: of one character all grams that it begins.

    >>> field_kind("grams", "角"), field_kind("grams", "三角")
    ('singles', 'grams')
    """
    return SINGLES if kind == GRAMS and is_single(term) else kind
