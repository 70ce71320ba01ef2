"""All documents that answer a query, one after the other: as many as there are, in bounded pages.

Read at one point in time, so that nothing that is taken away meanwhile is missed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from search.deadline import check_deadline
from search.engine.opensearch.client import Client, OpenSearchException
from search.engine.opensearch.mapping import NUMBER
from search.errors import SearchError

AT_ONCE = 1_000  # documents of a page, without their texts
TEXTS_AT_ONCE = 200
KEEP = "5m"  # how long the cluster keeps the point in time from one page to the next


def scan(
    client: Client,
    index: str,
    query: Mapping[str, Any],
    source: Sequence[str] | bool = False,
    fields: Sequence[str] = (),
    at_once: int = AT_ONCE,
) -> Iterator[dict[str, Any]]:
    """Yield the hits of a query by their numbers, with what of `source` and `fields` is asked."""
    body = {
        "query": query,
        "size": at_once,
        "sort": [{NUMBER: "asc"}],
        "docvalue_fields": list(fields),
        "track_total_hits": False,
        **without_stored(source),
    }
    first = client.search(index, body)["hits"]["hits"]
    yield from first
    if len(first) == at_once:
        yield from _rest(client, index, body, first[-1]["sort"])


def _rest(
    client: Client, index: str, body: dict[str, Any], after: Sequence[Any]
) -> Iterator[dict[str, Any]]:
    """Yield what follows the first page: few queries have so much that a point in time is made."""
    made = client.call(
        lambda one: one.create_pit(
            index=index,
            params={"keep_alive": KEEP, "allow_partial_pit_creation": "false"},
        )
    )
    point = made["pit_id"]
    try:
        while True:
            check_deadline()
            pit = {"id": point, "keep_alive": KEEP}
            page = client.search_at({**body, "pit": pit, "search_after": list(after)})
            hits = page["hits"]["hits"]
            yield from hits
            if len(hits) < body["size"]:
                return
            after = hits[-1]["sort"]
    finally:
        with suppress(SearchError, OpenSearchException):
            client.call(lambda one: one.delete_pit(body={"pit_id": [point]}))


def without_stored(source: Sequence[str] | bool) -> dict[str, Any]:
    """Return what a search is told so that of each hit `source` is read alone.

    For nothing at all no document is unpacked, not even for its id: ten times as fast.
    """
    return {"_source": source} if source else {"_source": False, "stored_fields": "_none_"}


def number_of(hit: Mapping[str, Any]) -> int:
    """Return the number of the document that a hit of `scan` is."""
    return int(hit["sort"][0])
