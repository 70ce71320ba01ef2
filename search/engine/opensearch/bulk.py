"""Writing many documents at once: as fast as the cluster takes them, each counted.

What it refuses because it is busy is sent again, later and later. A document names its own id, so
one that is sent twice is there once.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from opensearchpy import OpenSearch, helpers

from search.engine.opensearch.client import Client
from search.engine.opensearch.mapping import STORED
from search.errors import IndexWriteError
from search.messages import message, plural

SENDERS = 2  # requests on their way at once
AT_ONCE = 500  # documents of one request
MOST_BYTES = 8 << 20  # of one request
ATTEMPTS = 8  # at a document that the cluster is too busy to take
FIRST_WAIT, LONGEST_WAIT = 1, 30  # seconds between them
MOST_NAMED = 5
IS_SO_ALREADY = (404, 409)  # what is to be taken away is gone, what is to be made is there

Action = Mapping[str, Any]


class Bulk:
    """Sends actions to one index from threads of its own; a failure is raised by the next call."""

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self._index = index
        self._pool = ThreadPoolExecutor(SENDERS, "bulk")
        self._running: list[Future[None]] = []
        self._actions: list[Action] = []

    def index(self, bodies: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Write documents under their ids."""
        for document, body in bodies:
            self._add({"_op_type": "create", "_id": document, "_source": body})

    def delete(self, documents: Iterable[str]) -> None:
        """Take documents away, if they are there."""
        for document in documents:
            self._add({"_op_type": "delete", "_id": document})

    def settle(self) -> None:
        """Wait until all has been taken; an error names what was not."""
        self._send()
        while self._running:
            self._running.pop(0).result()

    def close(self) -> None:
        """Give up what was not sent yet."""
        self._actions.clear()
        self._pool.shutdown(cancel_futures=True)

    def _add(self, action: Action) -> None:
        self._actions.append(action)
        if len(self._actions) >= AT_ONCE:
            self._send()

    def _send(self) -> None:
        """Give what waits to a thread, when one is free: who writes is no faster than the rest."""
        if not self._actions:
            return
        while len(self._running) >= SENDERS:
            self._running.pop(0).result()
        self._running.append(self._pool.submit(self._sent, self._actions))
        self._actions = []

    def _sent(self, actions: list[Action]) -> None:
        refused = self._client.call(lambda client: self._refused(client, actions))
        if not refused:
            return
        named = ", ".join(f"{name} ({reason})" for name, reason in refused[:MOST_NAMED])
        raise IndexWriteError(
            str(self._client.cluster),
            plural(
                "{count:,} document was refused: {named}",
                "{count:,} documents were refused: {named}",
                count=len(refused),
                named=named + (", …" if len(refused) > MOST_NAMED else ""),
            ),
        )

    def _refused(self, client: OpenSearch, actions: list[Action]) -> list[tuple[str, str]]:
        """Send actions and return name and reason of those that were not taken."""
        found = []
        names = {action["_id"]: _name(action) for action in actions}
        for is_done, item in helpers.streaming_bulk(
            client,
            actions,
            index=self._index,
            chunk_size=AT_ONCE,
            max_chunk_bytes=MOST_BYTES,
            max_retries=ATTEMPTS,
            initial_backoff=FIRST_WAIT,
            max_backoff=LONGEST_WAIT,
            raise_on_error=False,  # else nothing is tried again
        ):
            (told,) = item.values()
            if not is_done and told["status"] not in IS_SO_ALREADY:
                error = told.get("error", {})
                reason = error.get("reason") if isinstance(error, dict) else error
                found.append(
                    (names[told["_id"]], str(reason or message("status {s}", s=told["status"])))
                )
        return found


def _name(action: Action) -> str:
    """Return what a document is called by whoever wrote it: its id, where that is told."""
    return str(action.get("_source", {}).get(STORED, {}).get("id", action["_id"]))
