"""The engine for several machines: an index of an OpenSearch cluster."""

import threading
from typing import TYPE_CHECKING

from search.analysis.dictionary import NONE, Dictionary
from search.config.cluster import Generation
from search.engine.opensearch.client import Client, ConflictError, client_of
from search.engine.opensearch.reader import ClusterReader
from search.engine.opensearch.record import first_record, read_record, write_record
from search.engine.port import DamageError
from search.messages import message

if TYPE_CHECKING:
    from search.analysis.batching import Aside
    from search.engine.opensearch.writer import ClusterWriter

ABSENT = (-1, 0)  # the version of a document that must not be there


class ClusterEngine:
    """An `Engine` over one index."""

    def __init__(self, generation: Generation) -> None:
        self._index = generation.index
        self._part = generation.part
        self._client: Client = client_of(generation.cluster)
        self._reader: ClusterReader | None = None
        self._lock = threading.Lock()

    @classmethod
    def create(cls, generation: Generation) -> "ClusterEngine":
        """Return a new, empty index where there is one that was just made."""
        engine = cls(generation)
        try:
            first, part = first_record(engine._part), engine._part
            write_record(engine._client, engine._index, first, ABSENT, part)
        except ConflictError:
            engine.reader()  # it is there: the answer to a first try was lost
        return engine

    @classmethod
    def open(cls, generation: Generation) -> "ClusterEngine":
        """Return the index of a generation; a DamageError when there is none, or no commit."""
        engine = cls(generation)
        engine.reader()
        return engine

    def reader(self) -> ClusterReader:
        """Return the newest committed state; the same object as long as nothing changes."""
        found = read_record(self._client, self._index, self._part)
        if found is None:
            raise DamageError(message("the record of the newest commit is missing"))
        record, _ = found
        with self._lock:
            known = self._reader
            if known is None or (known.record.commit, known.record.token) != (
                record.commit,
                record.token,
            ):
                known = self._reader = ClusterReader(self._client, self._index, record)
            return known

    def writer(
        self, jobs: int = 1, aside: "Aside | None" = None, dictionary: Dictionary = NONE
    ) -> "ClusterWriter":
        """Begin changes; `jobs` processes analyse documents, and do `aside` with them.

        Texts are cut with the words of `dictionary`. One writer at a time.
        """
        from search.analysis.batching import Batching  # searches do without
        from search.engine.opensearch.writer import ClusterWriter

        batching = Batching(jobs, aside, dictionary)
        return ClusterWriter(self._client, self._index, batching, self._part)

    def close(self) -> None:
        """Nothing: the connections are those of all engines of this process."""
