"""The live generation, followed as it changes: what answers searches."""

import threading
from pathlib import Path

from search.archive.generations import Generations, Meta
from search.engine import Engine, IndexReader
from search.engine.whoosh import WhooshEngine
from search.errors import IndexDamagedError, SearchError

ATTEMPTS = 3  # a rebuild may take a generation away between reading its name and opening it


class LiveIndex:
    """The index that `CURRENT` names. Safe across threads; notices new generations and commits."""

    def __init__(self, index: Path) -> None:
        self.generations = Generations(index)
        self._lock = threading.Lock()
        self._open: tuple[str, Engine, Meta] | None = None

    def reader(self) -> IndexReader:
        """Return the newest committed state of the live generation."""
        return self.snapshot()[0]

    def snapshot(self) -> tuple[IndexReader, str, Meta]:
        """Return the newest committed state, its generation's name and what that was built by."""
        for attempt in range(ATTEMPTS):
            try:
                name, engine, meta = self._follow()
                return engine.reader(), name, meta
            except OSError as error:
                self._open = None
                if attempt == ATTEMPTS - 1:
                    raise self._damaged(error) from error
        raise AssertionError("unreachable")

    def engine(self) -> Engine:
        """Return the engine of the live generation, to write to it."""
        try:
            return self._follow()[1]
        except OSError as error:
            raise self._damaged(error) from error

    def _follow(self) -> tuple[str, Engine, Meta]:
        name = self.generations.current()
        with self._lock:
            if self._open is None or self._open[0] != name:
                meta = self.generations.check(name)
                # The engine before is not closed: other threads may still be reading from it.
                self._open = name, WhooshEngine.open(self.generations.folder(name)), meta
            return self._open

    def _damaged(self, error: Exception) -> SearchError:
        return IndexDamagedError(str(self.generations.index), str(error))
