"""The manifest: which sources and files an index was built from, committed with its documents.

It lists every document, so it is read and written in pieces: a source, and in it the documents of a
file, stay the bytes they were stored as until something asks for them. An update of a small source
beside a large one then costs what the small one does.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from search.archive.digest import DIGEST_BYTES
from search.archive.reprints import Copies, Group, Signatures, groups_in
from search.messages import message

SETTLED_NS = 2_000_000_000  # the coarsest file times in use count in two seconds

_MAGIC = b"xunwen manifest 3\n"
_BEFORE = b"xunwen manifest 2\n"  # without copies: of it only the sources are read
_NUMBER = struct.Struct("<I")  # the checksum of all behind it; lengths of what follows them


class Documents:
    """The ids of the documents that a file gave, with their digests; 9 bytes beside each id."""

    __slots__ = ("_count", "packed")

    def __init__(self, packed: bytes = b"", count: int = 0) -> None:
        self.packed = packed
        self._count = count

    @classmethod
    def of(cls, digests: Mapping[str, bytes]) -> "Documents":
        """Return what is packed from id → digest."""
        if not digests:
            return cls()
        ids = "\n".join(
            ["", *digests, ""]
        )  # a mark before and behind each, so that it can be found
        return cls(ids.encode() + b"".join(digests.values()), len(digests))

    def __len__(self) -> int:
        return self._count

    def ids(self) -> list[str]:
        """Return the ids, in the order they were packed in."""
        return self.packed[: self._ids_end].decode().split("\n")[1:-1]

    def digests(self) -> dict[str, bytes]:
        """Return id → digest."""
        starts = range(self._ids_end, len(self.packed), DIGEST_BYTES)
        found = [self.packed[at : at + DIGEST_BYTES] for at in starts]
        return dict(zip(self.ids(), found, strict=True))

    @property
    def packed_digests(self) -> bytes:
        """The digests one after the other, in the order of the ids."""
        return self.packed[self._ids_end :]

    @property
    def _ids_end(self) -> int:
        return len(self.packed) - DIGEST_BYTES * self._count


@dataclass(slots=True)
class FileRecord:
    """A file as it was when it was last read: its state on disk and the documents it gave."""

    size: int
    mtime_ns: int
    digest: str  # of the bytes; empty when something in the file could not be read
    read_ns: int  # when it was read, by the clock that times files
    documents: Documents

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


class SourceRecord:
    """The files of a source by id, unpacked when they are first asked for."""

    __slots__ = ("_files", "stored")

    def __init__(self, stored: bytes = b"") -> None:
        self.stored = stored
        self._files: dict[str, FileRecord] | None = None

    @property
    def files(self) -> dict[str, FileRecord]:
        """File id → record, to be changed in place."""
        if self._files is None:
            self._files = _unpacked(self.stored)
        return self._files

    def to_bytes(self) -> bytes:
        """Return the files packed; what nobody asked for is what was stored."""
        return self.stored if self._files is None else _packed(self._files)


@dataclass(slots=True)
class Manifest:
    """The sources of an archive, by absolute path, and which of its articles are copies."""

    sources: dict[str, SourceRecord] = field(default_factory=dict)
    signatures: Signatures = field(default_factory=Signatures)
    copies: Copies = field(default_factory=Copies)

    def to_bytes(self) -> bytes:
        """Return the manifest for storing, with a checksum; copies come first, with their own."""
        packed = {path: source.to_bytes() for path, source in self.sources.items()}
        lengths = [[path, len(content)] for path, content in packed.items()]
        # Bytes of a path that are not UTF-8 are surrogates.
        header = json.dumps(lengths, ensure_ascii=False).encode("utf-8", "surrogatepass")
        parts = [*map(_with_length, (self.signatures.to_bytes(), header)), *packed.values()]
        rest = b"".join(parts)
        copies = self.copies.to_bytes()
        checksums = map(_NUMBER.pack, (zlib.crc32(copies), zlib.crc32(rest)))
        return b"".join([_MAGIC, *checksums, _with_length(copies), rest])

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Manifest":
        """Return the manifest that `to_bytes` made; a ValueError when it cannot be read."""
        copies, at = _copies_in(stored)
        (checksum,) = _NUMBER.unpack_from(stored, len(_MAGIC) + _NUMBER.size)
        if checksum != zlib.crc32(memoryview(stored)[at:]):
            raise ValueError(message("the manifest is damaged"))
        signatures, at = _piece(stored, at)
        return cls(_sources_in(stored, at), Signatures(signatures), Copies(copies))


def stored_groups(stored: bytes) -> list[Group]:
    """Return the groups of copies in a manifest, of which nothing else is read."""
    return groups_in(_copies_in(stored)[0])


def stored_sources(stored: bytes) -> list[str]:
    """Return the paths of the sources in a manifest, one that an older version wrote included.

    Of such a one nothing else can be used; a ValueError when it cannot be read.
    """
    if stored.startswith(_BEFORE):
        return list(_sources_in(stored, len(_BEFORE) + _NUMBER.size))
    if not stored.startswith(b"{"):
        return list(Manifest.from_bytes(stored).sources)
    try:
        return list(json.loads(stored)["sources"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(message("the manifest is damaged")) from error


def _copies_in(stored: bytes) -> tuple[bytes, int]:
    """Return the copies as they are packed in a manifest, and where what follows them begins."""
    if not stored:
        raise ValueError(message("the manifest is missing"))
    at = len(_MAGIC) + 2 * _NUMBER.size
    if not stored.startswith(_MAGIC) or len(stored) < at + _NUMBER.size:
        raise ValueError(message("the manifest is damaged"))
    copies, end = _piece(stored, at)
    (checksum,) = _NUMBER.unpack_from(stored, len(_MAGIC))
    if checksum != zlib.crc32(copies) or end != at + _NUMBER.size + len(copies):
        raise ValueError(message("the manifest is damaged"))
    return copies, end


def _sources_in(stored: bytes, at: int) -> dict[str, SourceRecord]:
    try:
        header, at = _piece(stored, at)
        lengths = json.loads(header.decode("utf-8", "surrogatepass"))
    except (ValueError, struct.error) as error:
        raise ValueError(message("the manifest is damaged")) from error
    sources = {}
    for path, length in lengths:
        sources[path] = SourceRecord(stored[at : at + length])
        at += length
    return sources


def _with_length(piece: bytes) -> bytes:
    return _NUMBER.pack(len(piece)) + piece


def _piece(stored: bytes, at: int) -> tuple[bytes, int]:
    """Return what `_with_length` made, as it stands at `at`, and where it ends."""
    (length,) = _NUMBER.unpack_from(stored, at)
    at += _NUMBER.size
    return stored[at : at + length], at + length


def _packed(files: Mapping[str, FileRecord]) -> bytes:
    """Return a table of the files, and behind it the documents of each."""
    if not files:
        return b""
    rows = [
        (name, r.size, r.mtime_ns, r.digest, r.read_ns, len(r.documents), len(r.documents.packed))
        for name, r in files.items()
    ]
    table = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join(
        [_NUMBER.pack(len(table)), table, *(record.documents.packed for record in files.values())]
    )


def _unpacked(stored: bytes) -> dict[str, FileRecord]:
    """Return the files that `_packed` packed."""
    if not stored:
        return {}
    (length,) = _NUMBER.unpack_from(stored)
    at = _NUMBER.size + length
    files = {}
    for name, size, mtime_ns, digest, read_ns, count, length in json.loads(
        stored[_NUMBER.size : at]
    ):
        documents = Documents(stored[at : at + length], count)
        files[name] = FileRecord(size, mtime_ns, digest, read_ns, documents)
        at += length
    return files
