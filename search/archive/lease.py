"""The lease that keeps a second writer out of an archive on a cluster, and who holds it.

It is a document that its holder renews. Nobody frees it when its holder dies: where it was not
renewed for a minute, another may take it. What keeps two from having it is the version of the
document alone, which each write names; clocks only say when to try.
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from search.archive.write_lock import holder_named
from search.config.cluster import Cluster
from search.engine.opensearch.client import (
    ConflictError,
    NotFoundError,
    OpenSearchException,
    client_of,
)
from search.errors import OUTAGES, ClusterName, IndexLockedError, SearchError

RENEWED_SECONDS = 10.0  # between two renewals
LASTING_SECONDS = 60.0  # without one, after which another may take it
# One that ran out is watched for so long: where only a clock is wrong, its holder renews it.
WATCHED_SECONDS = 15.0
ASKED_SECONDS = 1.0  # between two tries of who waits for it
LEASE = "lease"  # the document
FREE = (-1, 0)  # the version of a document that is not there
# Tokens of runs of this process that have ended where the cluster could not be told: nobody has to
# wait until their leases run out.
_ended: set[str] = set()
_SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-all"}


class Lease:
    """The lease of one archive, as one run may hold it. Safe across threads."""

    def __init__(
        self,
        cluster: Cluster,
        clock: Callable[[], float] = time.time,
        pause: Callable[[float], object] = time.sleep,
        name: str = LEASE,
    ) -> None:
        self._client = client_of(cluster)
        self._shown = ClusterName(cluster)
        self._index = f"{cluster.name}-lock"
        self._clock = clock
        self._pause = pause
        self._name = name  # of the document
        self._token = secrets.token_hex(8)
        self._since = clock()
        self._lock = threading.Lock()
        self._version: tuple[int, int] | None = None  # of the document, while this run holds it
        self._holder: Mapping[str, Any] = {}  # the other one that has it

    @contextmanager
    def held(self, wait: float = 0) -> Iterator[None]:
        """Hold the lease and renew it; an IndexLockedError where another does so long."""
        try:
            self.take(wait)
        except OUTAGES:
            _ended.add(self._token)  # it may have been written all the same
            raise
        ended = threading.Event()
        thread = threading.Thread(target=self._renew_until, args=[ended], daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            self.free()

    def take(self, wait: float = 0) -> None:
        """Take the lease; an IndexLockedError where another has it for `wait` seconds."""
        self._try(self._taken, wait)

    def await_free(self, wait: float = 0) -> None:
        """Return when nobody has the lease; an IndexLockedError where one does `wait` seconds."""
        self._try(self._is_free, wait)

    def renew(self) -> bool:
        """Write that this run is still at it; return whether it has the lease."""
        with self._lock:
            return self._version is not None and self._written(self._version)

    def check(self) -> None:
        """Raise an IndexLockedError where another run has taken the lease meanwhile."""
        if not self.renew():
            raise self._locked()

    def free(self) -> None:
        """Let another have it; one that cannot be told will see it run out."""
        with self._lock:
            if self._version is not None:
                _ended.add(self._token)
                with suppress(SearchError, OpenSearchException):
                    self._client.put(self._index, self._name, {}, self._version)
                    _ended.discard(self._token)
            self._version = None

    def _try(self, is_done: Callable[[], bool], wait: float) -> None:
        until = self._clock() + wait
        while not is_done():
            left = until - self._clock()
            if left <= 0:
                raise self._locked()
            self._pause(min(ASKED_SECONDS, left))

    def _is_free(self) -> bool:
        """Return whether nobody has the lease; of one who died it is taken."""
        found = self._found()
        self._holder = found["_source"] if found else {}
        if not (found and self._holder) or self._holder.get("token") in _ended:
            return True
        if not self._has_run_out():
            return False
        self._pause(WATCHED_SECONDS)
        with suppress(ConflictError, NotFoundError):  # its holder lives, or another has taken it
            self._client.put(self._index, self._name, {}, _version(found))
        found = self._found()
        return not (found and found["_source"])

    def _taken(self) -> bool:
        """Return whether the lease could be taken."""
        found = self._found()
        if found is None:
            self._make_index()
            return self._written(FREE)
        self._holder = found["_source"]
        if self._holder and self._holder.get("token") not in _ended:
            if not self._has_run_out():
                return False
            self._pause(WATCHED_SECONDS)
        return self._written(_version(found))

    def _has_run_out(self) -> bool:
        try:
            return self._clock() - float(self._holder["renewed"]) > LASTING_SECONDS
        except (KeyError, TypeError, ValueError):
            return True

    def _written(self, after: tuple[int, int]) -> bool:
        """Write this run into the document, if it still has that version; return whether it had."""
        said = {
            "token": self._token,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": self._since,
            "renewed": self._clock(),
        }
        version: tuple[int, int] | None = None
        try:
            version = self._client.put(self._index, self._name, said, after)
        except (ConflictError, NotFoundError):
            found = self._found()
            self._holder = found["_source"] if found else {}
            if found and self._holder.get("token") == self._token:
                version = _version(found)  # a write that was answered too late, and repeated
        self._version = version  # as before where the cluster did not tell: it may be held still
        return version is not None

    def _found(self) -> dict[str, Any] | None:
        return self._client.get(self._index, self._name)

    def _make_index(self) -> None:
        body = {"settings": {"index": _SETTINGS}, "mappings": {"dynamic": False}}
        there = {"ignore": 400}  # another run was quicker
        self._client.call(lambda c: c.indices.create(index=self._index, body=body, params=there))

    def _renew_until(self, ended: threading.Event) -> None:
        while not ended.wait(RENEWED_SECONDS):
            with suppress(SearchError, OpenSearchException):  # it may answer again in time
                self.renew()

    def _locked(self) -> IndexLockedError:
        return IndexLockedError(self._shown, holder_named(self._holder, self._clock()))


def _version(found: Mapping[str, Any]) -> tuple[int, int]:
    return found["_seq_no"], found["_primary_term"]
