"""The embedded engine: a folder of Whoosh segments."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.index import EmptyIndexError, FileIndex, create_in, open_dir

from search.analysis.dictionary import NONE, Dictionary
from search.engine.port import DamageError
from search.engine.whoosh.damage import damage_named
from search.engine.whoosh.manifest import manifest_path
from search.engine.whoosh.reader import WhooshReader
from search.engine.whoosh.schema import schema
from search.messages import message

if TYPE_CHECKING:
    from search.analysis.batching import Aside
    from search.engine.whoosh.writer import WhooshWriter

# A commit may take a table of contents away after its name was read; then there is a newer one.
ATTEMPTS = 10
FILES = ("MAIN_", "_MAIN_", "manifest-")  # segments, tables of contents, and what goes with them


class WhooshEngine:
    """An `Engine` over one folder."""

    def __init__(self, index: FileIndex, folder: Path) -> None:
        self._index = index
        self._folder = folder
        self._reader: WhooshReader | None = None
        self._generation = -1
        self._lock = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> "WhooshEngine":
        """Return a new, empty index in `folder`, which is there and empty."""
        return cls(create_in(str(folder), schema()), folder)

    @classmethod
    def open(cls, folder: Path) -> "WhooshEngine":
        """Return the index in `folder`; a DamageError when there is none, or no whole one."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return cls(open_dir(str(folder)), folder)
            except EmptyIndexError:
                raise DamageError(
                    message("no table of contents in '{name}'", name=folder.name)
                ) from None
            except Exception as error:  # see damage.py
                if attempt == ATTEMPTS or not isinstance(error, FileNotFoundError):
                    raise DamageError(
                        message("the table of contents in '{name}' is damaged", name=folder.name)
                    ) from error
        raise AssertionError("unreachable")

    @classmethod
    def fork(cls, folder: Path, new: Path) -> "WhooshEngine":
        """Return an index in the empty folder `new` with what the one in `folder` holds.

        Its files are never changed once they are written, so both share them where the system can.
        """
        for path in folder.iterdir():
            if path.name.startswith(FILES):
                _link(path, new / path.name)
        return cls.open(new)

    def reader(self) -> WhooshReader:
        """Return the newest committed state; the same object as long as nothing changes."""
        with self._lock:
            generation = self._index.latest_generation()
            if self._reader is None or generation != self._generation:
                self._reader = self._open_reader()
                self._generation = generation
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

    def _open_reader(self) -> WhooshReader:
        with damage_named(self._folder.name):
            while True:
                generation = self._index.latest_generation()
                reader = self._index.reader()
                path = manifest_path(self._folder, generation)
                try:
                    manifest = path.read_bytes()
                except FileNotFoundError:
                    manifest = b""  # a new index has none; without it the documents still answer
                if self._index.latest_generation() == generation:
                    return WhooshReader(reader, manifest, self._folder.name, generation)


def _link(path: Path, new: Path) -> None:
    """Make a file appear under another name as well; copy it where the system knows no links."""
    try:
        os.link(path, new)
    except OSError:
        import shutil  # searches do without

        shutil.copy2(path, new)
