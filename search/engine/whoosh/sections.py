"""A file of named arrays, memory-mapped: what a segment keeps beside Whoosh's own files.

Sections begin at multiples of 64 bytes; the table of contents (JSON: dtype, place, CRC-32) stands
at the end, its length, its CRC-32 and a magic number last. Opening reads only that table; `verify`
reads every byte.
"""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO, Literal

import numpy as np
import numpy.typing as npt

MAGIC = b"XWSECT01"
ALIGNMENT = 64
_FORMATS: Mapping[str, Literal["B", "H", "I", "Q"]] = {
    "|u1": "B",
    "<u2": "H",
    "<u4": "I",
    "<u8": "Q",
}  # of struct, by numpy's names
_FOOTER = struct.Struct("<QI8s")

Array = npt.NDArray[Any]


def smallest(numbers: Array) -> Array:
    """Return the numbers, none below 0, in the smallest unsigned type that holds them."""
    most = int(numbers.max(initial=0))
    kinds = (np.uint8, np.uint16, np.uint32, np.uint64)
    return numbers.astype(next(kind for kind in kinds if most <= np.iinfo(kind).max), copy=False)


class SectionsError(ValueError):
    """The file is not what was written."""


def write_sections(file: BinaryIO, sections: Mapping[str, Array | bytes]) -> None:
    """Write the sections to `file`, in the order given."""
    contents = {}
    at = 0
    for name, section in sections.items():
        array = np.frombuffer(section, np.uint8) if isinstance(section, bytes) else section
        raw = np.ascontiguousarray(array).data.cast("B") if array.size else b""
        padding = -at % ALIGNMENT
        file.write(b"\0" * padding)
        at += padding
        file.write(raw)
        contents[name] = [array.dtype.str, at, len(raw), zlib.crc32(raw)]
        at += len(raw)
    table = json.dumps(contents).encode("ascii")
    file.write(table)
    file.write(_FOOTER.pack(len(table), zlib.crc32(table), MAGIC))


class Sections:
    """The arrays of a file, each a view of `buffer` without copying."""

    def __init__(self, buffer: memoryview | bytes) -> None:
        self._buffer = memoryview(buffer)
        size = len(self._buffer)
        if size < _FOOTER.size:
            raise SectionsError("the file is cut off")
        length, checksum, magic = _FOOTER.unpack(self._buffer[size - _FOOTER.size :])
        table = bytes(self._buffer[max(size - _FOOTER.size - length, 0) : size - _FOOTER.size])
        if magic != MAGIC or len(table) != length or zlib.crc32(table) != checksum:
            raise SectionsError("the table of contents is damaged")
        self._contents: dict[str, tuple[str, int, int, int]] = json.loads(table)

    def __contains__(self, name: str) -> bool:
        return name in self._contents

    def array(self, name: str) -> Array:
        """Return the section `name` as an array."""
        dtype, start, length, _ = self._contents[name]
        return np.frombuffer(self._buffer[start : start + length], np.dtype(dtype))

    def numbers(self, name: str) -> "memoryview[int]":
        """Return the section `name` to take single numbers from, faster than from an array."""
        return self.view(name).cast(_FORMATS[self._contents[name][0]])

    def view(self, name: str) -> memoryview:
        """Return the bytes of the section `name`."""
        _, start, length, _ = self._contents[name]
        return self._buffer[start : start + length]

    def verify(self) -> list[str]:
        """Return the names of the sections whose bytes are not those that were written."""
        return [
            name
            for name, (_, start, length, checksum) in self._contents.items()
            if zlib.crc32(self._buffer[start : start + length]) != checksum
        ]
