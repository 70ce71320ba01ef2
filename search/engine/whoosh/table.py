"""The table of contents of a commit: its segments, what they hold deleted, and its manifest.

The file is Whoosh's own, so that Whoosh opens it, with a record of ours behind it: JSON, its
length, the CRC-32 of all before and a magic number. We read the record alone. Whoosh pickles its
table, and whoever unpickles what a stranger has made runs the stranger's code.

The record has the seal of each file of the commit: one that is cut off, or another than the commit
made, is found when it is opened.
"""

import base64
import json
import os
import re
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from search.engine.port import DamageError
from search.engine.whoosh.codec import ArrayCodec
from search.engine.whoosh.schema import schema
from search.engine.whoosh.seals import Seal
from search.messages import message

NAME = "MAIN"  # which Whoosh gives an index that was given none
MAGIC = b"XWTABLE1"
_FOOTER = struct.Struct("<QI8s")
# What a record that was not written here can lead to, its checksum being right.
_WRONG = (
    *(ValueError, KeyError, TypeError, AttributeError, zlib.error),
    *(RecursionError, OverflowError, MemoryError),
)
_segment_name = re.compile("[a-z0-9]+").fullmatch
_file_name = re.compile(rf"_{NAME}_(\d+)\.toc").fullmatch


Identity = tuple[int, int, int, int]


class Table(NamedTuple):
    """What a commit holds."""

    number: int  # of the commit, from 0 on
    segments: list[W3Segment]  # each with its `seal`
    manifest: Seal | None  # None before anything was committed
    checksum: int = 0  # of the file, when it was read: that of no other commit of the same number


def newest(folder: Path) -> int:
    """Return the number of the newest commit in `folder`, -1 where there is none."""
    names = os.listdir(folder)  # noqa: PTH208 - each search asks, and makes no paths of them
    return max((int(found[1]) for name in names if (found := _file_name(name))), default=-1)


def identity(folder: Path, number: int) -> Identity:
    """Return what tells the file of a commit from another of the same number put in its place."""
    found = path_of(folder, number).stat()
    return number, found.st_dev, found.st_ino, found.st_mtime_ns


def path_of(folder: Path, number: int) -> Path:
    """Return where the table of contents of a commit lies."""
    return folder / f"_{NAME}_{number}.toc"


def to_bytes(table: Table) -> bytes:
    """Return the file of a table of contents."""
    record = {
        "number": table.number,
        "segments": [_packed(segment) for segment in table.segments],
        "manifest": table.manifest,
    }
    raw = json.dumps(record).encode("ascii")
    body = _whoosh_file(table) + raw
    return body + _FOOTER.pack(len(raw), zlib.crc32(body), MAGIC)


def read(folder: Path, number: int) -> Table:
    """Return the table of contents of a commit; a FileNotFoundError when there is none any more.

    A DamageError when it is not what was written.
    """
    content = path_of(folder, number).read_bytes()
    body, footer = content[: -_FOOTER.size], content[-_FOOTER.size :]
    length, checksum, magic = _FOOTER.unpack(footer) if len(footer) == _FOOTER.size else (0, 0, b"")
    try:
        if magic != MAGIC or zlib.crc32(body) != checksum or length > len(body):
            raise ValueError("the checksum is another")
        return _table(json.loads(body[len(body) - length :]), number, checksum)
    except _WRONG as error:
        raise DamageError(
            message("the table of contents in '{name}' is damaged", name=folder.name)
        ) from error


def _table(record: dict[str, Any], number: int, checksum: int) -> Table:
    manifest = record["manifest"]
    segments = [_segment(one) for one in record["segments"]]
    if len({segment.segid for segment in segments}) < len(segments):
        raise ValueError("a segment is named twice")
    return Table(number, segments, Seal(*manifest) if manifest else None, checksum)


def _whoosh_file(table: Table) -> bytes:
    """Return the table of contents as Whoosh writes it."""
    storage = RamStorage()
    TOC(schema(), table.segments, table.number).write(storage, NAME)
    content: bytes = storage.files[TOC._filename(NAME, table.number)]
    return content


def _packed(segment: W3Segment) -> dict[str, Any]:
    return {
        "id": segment.segid,
        "documents": segment.doc_count_all(),
        "deleted": _bits(list(segment.deleted_docs()), segment.doc_count_all()),
        "seal": segment.seal,
    }


def _segment(packed: dict[str, Any]) -> W3Segment:
    count = int(packed["documents"])
    deleted = _set_bits(packed["deleted"], count)
    name = str(packed["id"])
    if not _segment_name(name):
        raise ValueError("a segment is named like no segment")
    segment = W3Segment(ArrayCodec(), NAME, count, name, set(deleted) or None)
    segment.seal = Seal(*packed["seal"])
    return segment


def _bits(places: Sequence[int], count: int) -> str:
    """Return places as bits, compressed, as ASCII; nothing for none."""
    if not places:
        return ""
    row = np.zeros(count, bool)
    row[list(places)] = True
    return base64.b64encode(zlib.compress(np.packbits(row).tobytes())).decode("ascii")


def _set_bits(packed: str, count: int) -> list[int]:
    """Return what `_bits` was given, in order."""
    if not packed:
        return []
    size = (count + 7) // 8
    raw = zlib.decompressobj().decompress(base64.b64decode(packed), size)
    if len(raw) != size:  # before so many bits are made of it
        raise ValueError("deletions are not of so many documents")
    found: list[int] = (
        np.unpackbits(np.frombuffer(raw, np.uint8), count=count).nonzero()[0].tolist()
    )
    return found
