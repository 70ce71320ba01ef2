"""The embedded engine: a folder of Whoosh segments."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from search.analysis.dictionary import NONE, Dictionary
from search.engine.port import DamageError
from search.engine.whoosh import table
from search.engine.whoosh.committing import names, publish
from search.engine.whoosh.damage import damage_named
from search.engine.whoosh.manifest import read_manifest
from search.engine.whoosh.reader import WhooshReader
from search.engine.whoosh.schema import schema
from search.engine.whoosh.table_index import TableIndex
from search.messages import message

if TYPE_CHECKING:
    from search.analysis.batching import Aside
    from search.engine.whoosh.writer import WhooshWriter

# A commit may take a table of contents away after its name was read; then there is a newer one.
ATTEMPTS = 10


class WhooshEngine:
    """An `Engine` over one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = TableIndex(folder)
        self._reader: WhooshReader | None = None
        self._identity: table.Identity | None = None  # of the commit that it reads
        self._lock = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> "WhooshEngine":
        """Return a new, empty index in `folder`, which is there and empty."""
        publish(folder, 0, [])
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> "WhooshEngine":
        """Return the index in `folder`; a DamageError when there is none, or no whole one."""
        engine = cls(folder)
        engine.reader()
        return engine

    @classmethod
    def fork(cls, folder: Path, new: Path) -> "WhooshEngine":
        """Return an index in the empty folder `new` with what the one in `folder` holds.

        Its files are never changed once they are written, so both share them where the system can.
        """
        with damage_named(folder.name):
            newest = table.read(folder, table.newest(folder))
        for name in names(newest):
            _link(folder / name, new / name)
        return cls.open(new)

    def reader(self) -> WhooshReader:
        """Return the newest committed state; the same object as long as nothing changes."""
        with self._lock:
            with damage_named(self._folder.name):
                if self._reader is None or self._identity != self._newest_identity():
                    self._identity, self._reader = self._open_reader()
            return self._reader

    def writer(
        self, jobs: int = 1, aside: "Aside | None" = None, dictionary: Dictionary = NONE
    ) -> "WhooshWriter":
        """Begin changes; `jobs` processes analyse documents, and do `aside` with them.

        Texts are cut with the words of `dictionary`. One writer at a time.
        """
        from search.analysis.batching import Batching  # searches do without
        from search.engine.whoosh.writer import WhooshWriter

        return WhooshWriter(self._index, self._folder, Batching(jobs, aside, dictionary))

    def close(self) -> None:
        """Let go of what is open."""
        if self._reader is not None:
            self._reader.close()
        self._index.close()

    def _newest(self) -> int:
        """Return the number of the newest commit; a DamageError when there is none."""
        with damage_named(self._folder.name):
            number = table.newest(self._folder)
        if number < 0:
            raise DamageError(message("no table of contents in '{name}'", name=self._folder.name))
        return number

    def _newest_identity(self) -> table.Identity | None:
        """Return what tells the newest commit from others; None when it goes at this moment."""
        try:
            return table.identity(self._folder, self._newest())
        except FileNotFoundError:
            return None

    def _open_reader(self) -> tuple[table.Identity, WhooshReader]:
        for _ in range(ATTEMPTS):
            number = self._newest()
            with damage_named(self._folder.name):
                try:
                    # Looked at first: what takes its place while it is read is read next time.
                    return table.identity(self._folder, number), self._read(number)
                except FileNotFoundError:
                    if table.newest(self._folder) == number:
                        raise
        name = self._folder.name
        raise DamageError(message("a segment in '{folder}' is missing or damaged", folder=name))

    def _read(self, number: int) -> WhooshReader:
        """Return what reads a commit; a FileNotFoundError when it has been taken away meanwhile."""
        contents = table.read(self._folder, number)
        index = self._index
        reader = index._reader(index.storage, schema(), contents.segments, number)
        manifest = read_manifest(self._folder, number, contents.manifest)
        state = f"{number}-{contents.checksum:08x}"
        return WhooshReader(reader, manifest, self._folder.name, state)


def _link(path: Path, new: Path) -> None:
    """Make a file appear under another name as well; copy it where the system knows no links."""
    try:
        os.link(path, new)
    except OSError:
        import shutil  # searches do without

        shutil.copy2(path, new)
