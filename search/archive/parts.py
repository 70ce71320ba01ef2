"""A build that several runs share: what they have agreed on, and who of them is at work.

The plan is a document beside the lease of the archive, and is only changed by whoever has read what
it is. Each part has a lease of its own; any other run that writes has that of the archive. Each
takes its own first and then looks at the others', so that never both go on.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from search.archive.lease import FREE, LEASE, Lease
from search.config.cluster import Cluster
from search.engine.opensearch.client import ConflictError, client_of
from search.errors import ClusterName, IndexWriteError
from search.messages import message

PLAN = "parts"  # the document
MOMENT = 10.0  # seconds: so long a run may hold the lease that is then refused itself

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What all parts of a build have in common, and which of them are done."""

    generation: str  # that is being built
    of: int  # parts
    rules: Mapping[str, str]  # by which all of them are built: name → version
    sources: Sequence[str]  # absolute paths, on the machine that began
    known: Sequence[str]  # those that the archive had when the build began
    dictionary: str = ""  # the file of the user's words, there too
    dictionary_file: str = ""
    done: Sequence[int] = ()

    @property
    def is_done(self) -> bool:
        """Whether all parts are done, and only what makes them one index is still to do."""
        return len(self.done) == self.of


class Parts:
    """The parts in which an archive is being built, if it is, as one run sees them."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._client = client_of(cluster)
        self._index = f"{cluster.name}-lock"
        self._is_part = False  # whether this run is one

    def plan(self) -> Plan | None:
        """Return what was agreed on last; its generation may not be there any more, or be live."""
        return self._found()[0]

    @contextmanager
    def at_work(self, number: int, wait: float = 0) -> Iterator[None]:
        """Hold the lease of a part; an IndexLockedError where it or the archive is another's."""
        Lease(self._cluster).await_free(wait)
        with self._lease(number).held(wait):
            self._is_part = True
            try:
                yield
            finally:
                self._is_part = False

    def check_archive_free(self) -> None:
        """Raise an IndexLockedError where a run has begun that writes to the archive."""
        Lease(self._cluster).await_free(MOMENT)

    def await_none(self, wait: float = 0) -> None:
        """Return when no part is at work; an IndexLockedError where one is for so long.

        A part itself does not wait: it writes to the archive when all are done, and no other does.
        """
        plan = None if self._is_part else self.plan()
        until = time.monotonic() + wait
        for number in range(1, plan.of + 1) if plan else ():
            self._lease(number).await_free(max(0.0, until - time.monotonic()))

    def begin(self, plan: Plan, before: Plan | None) -> bool:
        """Put a plan in the place of the one before; return whether that was still there."""
        found, version = self._found()
        if found != before:
            return False
        if self._put(plan, version):
            return True
        found = self.plan()  # it is this one where only the answer was lost
        return found is not None and found.generation == plan.generation

    def note_done(self, generation: str, number: int) -> Plan:
        """Note that a part is done, and return the plan as it is then."""
        while True:
            plan, version = self._found()
            if plan is None or plan.generation != generation:
                cause = message("the build in parts was given up meanwhile")
                raise IndexWriteError(ClusterName(self._cluster), cause)
            if number in plan.done:
                return plan
            after = replace(plan, done=sorted([*plan.done, number]))
            if self._put(after, version):
                return after

    def end(self) -> None:
        """Take the plan away: the build is complete, or was given up. For the archive's writer."""
        plan, version = self._found()
        if plan is not None:
            self._put(None, version)

    def _lease(self, number: int) -> Lease:
        return Lease(self._cluster, name=f"{LEASE}-{number}")

    def _put(self, plan: Plan | None, after: Version) -> bool:
        """Write a plan; return whether it was of that version still."""
        # Paths that are not UTF-8 are escaped in it.
        body = {"plan": json.dumps(asdict(plan))} if plan else {}
        with suppress(ConflictError):
            self._client.put(self._index, PLAN, body, after)
            return True
        return False

    def _found(self) -> tuple[Plan | None, Version]:
        found = self._client.get(self._index, PLAN)
        if found is None:
            return None, FREE
        told: Mapping[str, Any] = found["_source"]
        plan = Plan(**json.loads(told["plan"])) if told else None
        return plan, (found["_seq_no"], found["_primary_term"])
