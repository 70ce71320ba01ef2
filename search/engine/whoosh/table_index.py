"""A Whoosh index whose tables of contents are read as `table` reads them: nothing is unpickled."""

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, EmptyIndexError, FileIndex

from search.engine.whoosh import table
from search.engine.whoosh.schema import schema


class TableIndex(FileIndex):  # type: ignore[misc]  # whoosh ships no types
    """The index in a folder, as it was last committed."""

    def __init__(self, folder: Path) -> None:  # not Whoosh's: it reads the table, and pickles
        self.storage = _Folder(str(folder))
        self.indexname = table.NAME
        self._schema = None
        self._path = folder

    def latest_generation(self) -> int:
        """Return the number of the newest commit, -1 where there is none."""
        return table.newest(self._path)

    def _read_toc(self) -> TOC:
        number = self.latest_generation()
        if number < 0:
            raise EmptyIndexError(str(self._path))
        return TOC(schema(), table.read(self._path, number).segments, number)


class _Folder(FileStorage):  # type: ignore[misc]  # whoosh ships no types
    """The files of an index; what Whoosh's writer wants to put beside them is not needed."""

    def temp_storage(self, name: str | None = None) -> Any:  # noqa: ARG002 - Whoosh's signature
        """Return what keeps nothing in the folder."""
        return RamStorage()
