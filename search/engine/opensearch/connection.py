"""A way to one node, which is asked only what it is far enough to answer.

A node that hung goes on with what it knew of the cluster before, and for a moment answers by copies
of which the others have long given up: without what was written meanwhile. So a commit bears what
state of the cluster it was made in, and a node is asked about it that is in that state or a later.
What a node has once come to, it does not fall behind again.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from opensearchpy import Urllib3HttpConnection
from opensearchpy.exceptions import TransportError

Seen = tuple[str, int]  # a cluster, and the version of its state: another with each change of it
NOTHING: Seen = ("", 0)
PATH = "/_cluster/state/version"
PATIENCE_SECONDS = 1.0  # with a node that is some milliseconds behind
ASKED_SECONDS = 0.05


class BehindError(TransportError):
    """A node knows less of the cluster than it is asked about; another is asked then."""


_needed: ContextVar[Seen] = ContextVar("needed", default=NOTHING)


@contextmanager
def needing(seen: Seen) -> Iterator[None]:
    """Have only nodes asked, inside, that have come to this state of the cluster."""
    token = _needed.set(seen)
    try:
        yield
    finally:
        _needed.reset(token)


class Connection(Urllib3HttpConnection):
    """Safe across threads."""

    _seen: Seen = NOTHING

    def perform_request(self, *args: Any, **named: Any) -> Any:
        """Return status, headers and text of an answer; a BehindError from a node behind."""
        self._come_to(_needed.get(), named.get("timeout"))
        return super().perform_request(*args, **named)

    def _come_to(self, needed: Seen, timeout: float | None) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._has_come_to(needed):
            _, _, text = super().perform_request("GET", PATH, {"local": "true"}, timeout=timeout)
            self._seen = seen_in(json.loads(text))
            if self._has_come_to(needed):
                return
            if time.monotonic() > deadline:
                raise BehindError(503, "behind", {})
            time.sleep(ASKED_SECONDS)

    def _has_come_to(self, needed: Seen) -> bool:
        """Return whether the node is so far; of a commit that was restored here nothing is told."""
        cluster, version = self._seen
        if needed == NOTHING:
            return True
        return cluster != "" and (cluster != needed[0] or version >= needed[1])


def seen_in(told: dict[str, Any]) -> Seen:
    """Return what a node tells of its state of the cluster."""
    return told["cluster_uuid"], told["version"]
