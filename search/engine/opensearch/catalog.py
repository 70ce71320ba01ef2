"""The generations of an archive on a cluster: an index each, and an alias on the one that answers.

What a generation was built by is the `_meta` of its index. Names are never used twice, so that a
name tells a generation from any other.
"""

import base64
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from opensearchpy import OpenSearch

from search.config.cluster import Cluster, Generation
from search.engine.opensearch.client import NotFoundError, client_of
from search.engine.opensearch.mapping import BLOB, index_body
from search.errors import ClusterRefusedError

_PIECE = 4 << 20  # bytes of a blob in one document
LARGEST_SEGMENT = 5 << 30  # bytes; as many as an index makes of smaller ones by itself
MERGE_SECONDS = 3_600
_REPLICAS = "index.number_of_replicas"


class Catalog:
    """Tells, makes, switches and drops the generations of one archive."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._client = client_of(cluster)

    def generations(self) -> dict[str, bool]:
        """Return the names of all generations, the oldest first, and whether each is the live one.

        A ClusterUnavailableError, or another, when the cluster cannot tell.
        """
        name = self.cluster.name
        begin = f"{name}-"
        found: Mapping[str, Any] = self._client.call(
            lambda client: client.indices.get_alias(index=f"{name}-gen-*")
        )
        return {
            index.removeprefix(begin): name in found[index]["aliases"] for index in sorted(found)
        }

    def current(self) -> str | None:
        """Return the name of the live generation; None when there is none."""
        return next((name for name, live in self.generations().items() if live), None)

    def create(self, meta: Mapping[str, Any]) -> str:
        """Make the index of a new generation and return the generation's name."""
        name = self._new_name()
        index = self.place(name).index
        body = index_body(self.cluster, dict(meta))
        self._made(lambda client: client.indices.create(index=index, body=body))
        return name

    def clone(self, name: str, meta: Mapping[str, Any]) -> str:
        """Make a new generation that holds what `name` holds, sharing its files; return its name.

        Nothing may be written to `name` meanwhile.
        """
        new = self._new_name()
        index, target = self.place(name).index, self.place(new).index
        block = "index.blocks.write"
        self._client.call(lambda c: c.indices.put_settings(index=index, body={block: True}))
        try:
            self._made(
                lambda c: c.indices.clone(
                    index=index,
                    target=target,
                    body={"settings": {block: None, _REPLICAS: self.cluster.replicas}},
                    params={"wait_for_active_shards": "1"},
                )
            )
        finally:
            self._client.call(lambda c: c.indices.put_settings(index=index, body={block: None}))
        self.put_meta(new, meta)
        return new

    def unblock(self, name: str) -> None:
        """Let a generation be written to: a run that was cut off while it cloned may forbid it."""
        index = self.place(name).index
        body = {"index.blocks.write": None}
        self._client.call(lambda c: c.indices.put_settings(index=index, body=body))

    def meta(self, name: str) -> dict[str, Any] | None:
        """Return what a generation says of itself; None when there is no such generation."""
        index = self.place(name).index
        try:
            found = self._client.call(lambda client: client.indices.get_mapping(index=index))
        except NotFoundError:
            return None
        meta: dict[str, Any] = found[index]["mappings"].get("_meta", {})
        return meta

    def put_meta(self, name: str, meta: Mapping[str, Any]) -> None:
        """Have a generation say this of itself, in place of what it said."""
        index = self.place(name).index
        body = {"_meta": dict(meta)}
        self._client.call(lambda client: client.indices.put_mapping(index=index, body=body))

    def put_blob(self, name: str, key: str, blob: bytes) -> None:
        """Keep bytes with a generation under a key, in place of those that were there."""
        index = self.place(name).index
        pieces = [blob[at : at + _PIECE] for at in range(0, len(blob), _PIECE)]
        for at, piece in enumerate(pieces):
            coded = base64.b64encode(piece).decode("ascii")
            self._client.put(index, f"{key}-{at}", {BLOB: coded})
        self._client.delete(index, f"{key}-{len(pieces)}")  # of a longer one before

    def blob(self, name: str, key: str) -> bytes | None:
        """Return the bytes that are kept under a key; None when there are none."""
        index = self.place(name).index
        parts: list[bytes] = []
        while found := self._client.get(index, f"{key}-{len(parts)}"):
            parts.append(base64.b64decode(found["_source"][BLOB]))
        return b"".join(parts) if parts else None

    def switch(self, name: str) -> None:
        """Make `name` the live generation, in place of any other, at once."""
        actions: list[dict[str, Any]] = [
            {"remove": {"index": self.place(old).index, "alias": self.cluster.name}}
            for old, live in self.generations().items()
            if live and old != name
        ]
        actions.append({"add": {"index": self.place(name).index, "alias": self.cluster.name}})
        self._client.call(lambda c: c.indices.update_aliases(body={"actions": actions}))

    def compact(self, name: str) -> None:
        """Have a generation that was just built in as few segments as it should have.

        A part of it that is larger than an engine makes a segment by itself is left as it is.
        """
        index = self.place(name).index
        shards = self._client.call(lambda c: c.cat.shards(index=index, format="json", bytes="b"))
        largest = max((int(one["store"] or 0) for one in shards if one["prirep"] == "p"), default=0)
        if largest < LARGEST_SEGMENT:
            merging = {"max_num_segments": "1", "request_timeout": MERGE_SECONDS}
            self._client.call(lambda c: c.indices.forcemerge(index=index, params=merging))
            # Whoever reads holds on to the segments of before until then.
            self._client.call(lambda c: c.indices.refresh(index=index))

    def drop(self, name: str) -> None:
        """Take a generation away; nothing happens when it is not there."""
        index = self.place(name).index
        self._client.call(lambda c: c.indices.delete(index=index, params={"ignore": 404}))

    def _new_name(self) -> str:
        """Return a name behind all there are, which nothing else ever has."""
        taken = [int(name.split("-")[1]) for name in self.generations()]
        return f"gen-{max(taken, default=0) + 1:06d}-{secrets.token_hex(3)}"

    def _made(self, make: Callable[[OpenSearch], object]) -> None:
        """Make an index whose name nobody else has: one that is there was made, the answer lost."""
        try:
            self._client.call(make)
        except ClusterRefusedError as error:
            cause = error.__cause__
            if getattr(cause, "error", "") != "resource_already_exists_exception":
                raise

    def place(self, name: str) -> Generation:
        """Return where a generation lies."""
        return self.cluster.generation(name)
