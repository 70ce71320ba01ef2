"""The manifest: which sources and files an index was built from, committed with its documents."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SETTLED_NS = 2_000_000_000  # the coarsest file times in use count in two seconds


@dataclass(slots=True)
class FileRecord:
    """A file as it was when it was last read: its state on disk and the documents it gave."""

    size: int
    mtime_ns: int
    digest: str  # of the bytes; empty when something in the file could not be read
    read_ns: int  # when it was read, by the clock that times files
    documents: dict[str, str]  # document id → digest of the document

    def is_unchanged(self, size: int, mtime_ns: int) -> bool:
        """Return whether a file of this size and time needs no second look.

        A file that changed in the same moment as it was read may bear the same time again, so one
        that was that young is never trusted.
        """
        return (
            bool(self.digest)
            and (size, mtime_ns) == (self.size, self.mtime_ns)
            and mtime_ns < self.read_ns - SETTLED_NS
        )

    def note_unchanged(self, size: int, mtime_ns: int, read_ns: int) -> None:
        """Take note that the file was read again and held the same.

        Nothing is noted of a file that is as young as before: one dated in the future always is,
        and would cost a commit a run.
        """
        settled = mtime_ns < read_ns - SETTLED_NS
        if settled or (size, mtime_ns) != (self.size, self.mtime_ns):
            self.size, self.mtime_ns, self.read_ns = size, mtime_ns, read_ns


class Owner(NamedTuple):
    """Where a document came from. Two sources may hold files of the same id."""

    source: str  # absolute path
    file: str  # id


@dataclass(slots=True)
class Manifest:
    """The sources of an archive, by absolute path, and under each its files by id."""

    sources: dict[str, dict[str, FileRecord]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON."""
        return json.dumps(
            {
                "version": 1,
                "sources": {
                    path: {
                        file: [r.size, r.mtime_ns, r.digest, r.read_ns, r.documents]
                        for file, r in files.items()
                    }
                    for path, files in self.sources.items()
                },
            },
            ensure_ascii=False,
        ).encode("utf-8", "surrogatepass")  # bytes of a path that are not UTF-8

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Manifest":
        """Return the manifest that `to_bytes` made; a ValueError when it cannot be read."""
        if not stored:
            raise ValueError("the manifest is missing")
        try:
            read: dict[str, Any] = json.loads(stored)
            sources = {
                path: {file: FileRecord(*row) for file, row in files.items()}
                for path, files in read["sources"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError("the manifest is damaged") from error
        return cls(sources)

    def owners(self) -> Iterable[tuple[str, Owner]]:
        """Yield for each document its id and where it came from."""
        for source, files in self.sources.items():
            for file_id, record in files.items():
                for document_id in record.documents:
                    yield document_id, Owner(source, file_id)
