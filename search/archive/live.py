"""The live generation, followed as it changes: what answers searches."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from search.analysis.dictionary import Dictionary
from search.archive.generations import generations_in
from search.archive.manifest import Manifest, stored_groups
from search.archive.meta import Meta
from search.archive.reprints import Groups
from search.config.cluster import Cluster
from search.engine import DamageError, Engine, IndexReader, Stats
from search.engine.registry import open_engine
from search.errors import IndexDamagedError
from search.messages import said_by
from search.query.sounding import Sounding

if TYPE_CHECKING:
    from search.archive.examples import Examples
    from search.archive.suggesting import Suggesting


KNOWN_FREQUENCIES = 1 << 15  # words


class _Kept:
    """The state that one thread keeps to, from when it first asks; none outside of `one_state`."""

    __slots__ = ("depth", "snapshot")

    def __init__(self) -> None:
        self.depth = 0
        self.snapshot: Snapshot | None = None


class _Threads(threading.local):
    """What each thread keeps to."""

    def __init__(self) -> None:
        self.kept = _Kept()


class Snapshot(NamedTuple):
    """What answers a search: a committed state, and the words by which it and a query are cut."""

    reader: IndexReader
    name: str  # of its generation
    meta: Meta
    dictionary: Dictionary


class LiveIndex:
    """The generation that answers. Safe across threads; notices new generations and commits."""

    def __init__(self, index: str | Path | Cluster) -> None:
        self.generations = generations_in(index)
        self._lock = threading.Lock()
        self._damage_named = _DamageNamed(self.generations.shown)
        self._open: tuple[object, Engine, Meta, Dictionary] | None = None
        self._copies: tuple[IndexReader, Groups] | None = None
        self._sounding: tuple[IndexReader, Sounding] | None = None
        self._frequency: tuple[IndexReader, Callable[[str], int]] | None = None
        self._stats: tuple[IndexReader, Stats] | None = None
        self._threads = _Threads()

    def reader(self) -> IndexReader:
        """Return the newest committed state of the live generation."""
        return self.snapshot().reader

    def snapshot(self) -> Snapshot:
        """Return the newest committed state, with what its generation was built by.

        Inside `one_state` that which was the newest when this thread first asked.
        """
        kept = self._threads.kept
        if not kept.depth:
            return self._newest()
        if kept.snapshot is None:
            kept.snapshot = self._newest()
        return kept.snapshot

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Have this thread answered by one committed state, whatever is committed meanwhile."""
        kept = self._threads.kept  # also where another thread comes to end it
        kept.depth += 1
        try:
            yield
        finally:
            kept.depth -= 1
            if not kept.depth:
                kept.snapshot = None

    @contextmanager
    def as_it_changes(self) -> Iterator[None]:
        """Have this thread see each commit at once, inside `one_state` too: for who writes."""
        kept = self._threads.kept
        depth, kept.depth, kept.snapshot = kept.depth, 0, None
        try:
            yield
        finally:
            kept.depth = depth

    def kept(self) -> Snapshot | None:
        """Return the state that this thread keeps to, if it has asked for one."""
        return self._threads.kept.snapshot

    def _newest(self) -> Snapshot:
        while True:
            name = self.generations.current()
            try:
                with self.damage_named():
                    engine, meta, dictionary = self._follow(name)
                    return Snapshot(engine.reader(), name, meta, dictionary)
            except IndexDamagedError:
                # Rebuilds may have taken it away since its name was read; then there is another.
                if self.generations.current() == name:
                    raise

    def engine(self) -> Engine:
        """Return the engine of the live generation, to write to it."""
        with self.damage_named():
            return self._follow(self.generations.current())[0]

    def manifest(self, reader: IndexReader) -> Manifest:
        """Return the manifest of a committed state; an IndexDamagedError when there is none."""
        try:
            return Manifest.from_bytes(reader.manifest())
        except ValueError as error:
            raise IndexDamagedError(self.generations.shown, said_by(error)) from error

    def copies(self, reader: IndexReader) -> Groups:
        """Return the groups of copies of a committed state, read once; none of a lost manifest."""
        known = self._copies
        if known is None or known[0] is not reader:
            try:
                known = reader, Groups(stored_groups(reader.manifest()))
            except ValueError:  # the documents still answer
                known = reader, Groups(())
            self._copies = known
        return known[1]

    def sounding(self, reader: IndexReader) -> Sounding:
        """Return the words of a committed state by their sound; each length is read once."""
        known = self._sounding
        if known is None or known[0] is not reader:
            known = self._sounding = reader, Sounding(reader)
        return known[1]

    def frequency(self, reader: IndexReader) -> Callable[[str], int]:
        """Return what tells how many documents of a committed state hold a word, kept in mind."""
        known = self._frequency
        if known is None or known[0] is not reader:
            known = self._frequency = reader, lru_cache(KNOWN_FREQUENCIES)(reader.frequency)
        return known[1]

    def stats(self, reader: IndexReader) -> Stats:
        """Return how much a committed state holds, counted once: a reader that works is not asked.

        So that who watches a site is answered while a long search goes on.
        """
        known = self._stats
        if known is None or known[0] is not reader:
            with self.damage_named():
                known = self._stats = reader, reader.stats()
        return known[1]

    @cached_property
    def suggesting(self) -> "Suggesting":
        """What suggests queries, of the newest state that was asked for."""
        from search.archive.suggesting import Suggesting  # searches do without

        return Suggesting()

    @cached_property
    def examples(self) -> "Examples":
        """What makes examples of queries."""
        from search.archive.examples import Examples  # searches do without

        return Examples()

    def damage_named(self) -> "_DamageNamed":
        """Return what, around reading a generation, says of damage found which index it is."""
        return self._damage_named

    def _follow(self, name: str) -> tuple[Engine, Meta, Dictionary]:
        with self._lock:
            identity = self.generations.identity(name)
            if self._open is None or self._open[0] != identity:
                meta, dictionary = self.generations.check(name)
                engine = open_engine(meta.engine, self.generations.place(name))
                # The engine before is not closed: other threads may still be reading from it.
                self._open = identity, engine, meta, dictionary
            return self._open[1:]


class _DamageNamed(AbstractContextManager[None]):
    """Makes each DamageError raised inside an IndexDamagedError.

    Without the generators of `contextlib`, which take four times as long: each hit is read inside.
    """

    def __init__(self, index: str) -> None:
        self._index = index

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, DamageError):
            raise IndexDamagedError(self._index, said_by(error)) from error
