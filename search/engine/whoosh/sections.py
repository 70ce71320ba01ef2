"""A file of named arrays, memory-mapped: what a segment keeps beside Whoosh's own files.

Sections begin at multiples of 64 bytes. Behind them stand the CRC-32 of each CHUNK of each section,
then the table of contents (JSON: dtype, place, bytes, number of the first chunk), then a footer:
the table's length, its CRC-32 and a magic number. Opening reads table and checksums. What is read
of a section is compared with its checksums first, once a chunk, so that damage is met as damage
and never as another number; `verify` compares every byte.
"""

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Literal

import numpy as np
import numpy.typing as npt

from search.engine.whoosh.seals import Seal

MAGIC = b"XWSECT02"
ALIGNMENT = 64
CHUNK = 1 << 14  # bytes that one checksum is of: some µs to compare
_CHECKSUMS = ""  # the name under which the table has the checksums
_SHIFT = CHUNK.bit_length() - 1
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
    """The file is not what was written; `section` is where, the table of contents where empty."""

    def __init__(self, file: str, section: str, reason: str) -> None:
        super().__init__(f"{file or 'the file'}: {section or 'the table of contents'} {reason}")
        self.file = file
        self.section = section


def write_sections(file: BinaryIO, sections: Mapping[str, Array | bytes]) -> Seal:
    """Write the sections to `file`, in the order given, and return the file's seal."""
    contents: dict[str, tuple[str, int, int, int]] = {}
    checksums: list[int] = []
    at = 0
    for name, section in sections.items():
        array = np.frombuffer(section, np.uint8) if isinstance(section, bytes) else section
        raw = np.ascontiguousarray(array).data.cast("B") if array.size else memoryview(b"")
        at = _write_aligned(file, raw, at)
        contents[name] = array.dtype.str, at - len(raw), len(raw), len(checksums)
        checksums += _checksums(raw)
    raw = memoryview(np.array(checksums, "<u4").tobytes())
    at = _write_aligned(file, raw, at)
    contents[_CHECKSUMS] = "<u4", at - len(raw), len(raw), zlib.crc32(raw)
    table = json.dumps(contents).encode("ascii")
    checksum = zlib.crc32(table)
    file.write(table)
    file.write(_FOOTER.pack(len(table), checksum, MAGIC))
    return Seal(at + len(table) + _FOOTER.size, checksum)


def _write_aligned(file: BinaryIO, raw: memoryview, at: int) -> int:
    """Write bytes to where the next section may begin, and return where they end."""
    padding = -at % ALIGNMENT
    file.write(b"\0" * padding)
    file.write(raw)
    return at + padding + len(raw)


def _checksums(raw: memoryview) -> Iterator[int]:
    for start in range(0, len(raw), CHUNK):
        yield zlib.crc32(raw[start : start + CHUNK])


class Sections:
    """The arrays of a file, each a view of `buffer` without copying; `file` names it in errors."""

    def __init__(self, buffer: memoryview | bytes, file: str = "") -> None:
        self.file = file
        self._buffer = memoryview(buffer)
        size = len(self._buffer)
        if size < _FOOTER.size:
            raise SectionsError(file, "", "is cut off")
        length, checksum, magic = _FOOTER.unpack(self._buffer[size - _FOOTER.size :])
        table = bytes(self._buffer[max(size - _FOOTER.size - length, 0) : size - _FOOTER.size])
        if magic != MAGIC or len(table) != length or zlib.crc32(table) != checksum:
            raise SectionsError(file, "", "is damaged")
        self.sealed = Seal(size, checksum)  # the checksums of all else are behind this one
        self._contents: dict[str, tuple[str, int, int, int]] = json.loads(table)
        _, start, length, checksum = self._contents.pop(_CHECKSUMS)
        raw = self._buffer[start : start + length]
        if zlib.crc32(raw) != checksum:
            raise SectionsError(file, "", "has damaged checksums")
        self._checksums = raw.cast("I")
        self._is_checked = bytearray(len(self._checksums))  # 1 for each chunk that was compared

    def __contains__(self, name: str) -> bool:
        return name in self._contents

    def array(self, name: str) -> Array:
        """Return the section `name` as an array."""
        dtype, start, length, _ = self._contents[name]
        self._check_all(name)
        return np.frombuffer(self._buffer[start : start + length], np.dtype(dtype))

    def numbers(self, name: str) -> "memoryview[int]":
        """Return the section `name` to take single numbers from, faster than from an array."""
        return self.view(name).cast(_FORMATS[self._contents[name][0]])

    def view(self, name: str) -> memoryview:
        """Return the bytes of the section `name`."""
        _, start, length, _ = self._contents[name]
        self._check_all(name)
        return self._buffer[start : start + length]

    def by_piece(self, name: str) -> "Row":
        """Return the section `name` to read pieces of it, of which alone the chunks are checked."""
        return Row(self, name, *self._contents[name])

    def verify(self) -> list[str]:
        """Return the names of the sections of which bytes are not those that were written."""
        return [name for name in self._contents if self._damaged(name)]

    def chunks(self, start: int, length: int, first: int) -> tuple[memoryview, bytearray, int]:
        """Return the bytes of a section, the marks of all chunks, and behind which its own end."""
        count = (length + CHUNK - 1) >> _SHIFT
        return self._buffer[start : start + length], self._is_checked, first + count

    def check(self, name: str, first: int, last: int) -> None:
        """Compare the chunks `first:last`, which are of `name`; a SectionsError where one is not.

        What is not what was written, that is.
        """
        _, start, length, first_of_all = self._contents[name]
        end = start + length
        for chunk in range(first, last):
            if not self._is_checked[chunk]:
                at = start + ((chunk - first_of_all) << _SHIFT)
                raw = self._buffer[at : min(at + CHUNK, end)]
                if zlib.crc32(raw) != self._checksums[chunk]:
                    raise SectionsError(self.file, name, "is damaged")
                self._is_checked[chunk] = 1

    def _check_all(self, name: str) -> None:
        _, _, length, first = self._contents[name]
        last = first + ((length + CHUNK - 1) >> _SHIFT)
        if self._is_checked.find(0, first, last) >= 0:
            self.check(name, first, last)

    def _damaged(self, name: str) -> bool:
        _, start, length, first = self._contents[name]
        found = list(_checksums(self._buffer[start : start + length]))
        return found != self._checksums[first : first + len(found)].tolist()


class Row:
    """A long section that is read piece by piece; only what is read is compared, once."""

    __slots__ = (
        "_array",
        "_chunks_end",
        "_first",
        "_is_checked",
        "_name",
        "_numbers",
        "_raw",
        "_sections",
        "itemsize",
    )

    def __init__(
        self, sections: Sections, name: str, dtype: str, start: int, length: int, first: int
    ) -> None:
        self._sections = sections
        self._name = name
        self._raw, self._is_checked, self._chunks_end = sections.chunks(start, length, first)
        self._array = np.frombuffer(self._raw, np.dtype(dtype))
        self._numbers = self._raw.cast(_FORMATS[dtype])
        self._first = first
        self.itemsize = int(self._array.itemsize)  # bytes of a number

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, piece: slice) -> Array:
        """Return a piece as an array."""
        start, end, _ = piece.indices(len(self._array))
        self._check(start, end)
        return self._array[start:end]

    def one(self, place: int) -> int:
        """Return a single number."""
        self._check(place, place + 1)
        return self._numbers[place]

    def numbers(self, start: int, end: int) -> "memoryview[int]":
        """Return all numbers, of which those from `start` to `end` may be read."""
        self._check(start, end)
        return self._numbers

    def raw(self, start: int, end: int) -> memoryview:
        """Return the bytes of a piece of a section of bytes."""
        self._check(start, end)
        return self._raw[start:end]

    def take(self, places: Array) -> Array:
        """Return the numbers at places, which are given rising."""
        if len(places):
            self._check(int(places[0]), int(places[-1]) + 1)
        return self._array[places]

    def _check(self, start: int, end: int) -> None:
        first = self._first + (start * self.itemsize >> _SHIFT)
        last = self._first + ((end * self.itemsize + CHUNK - 1) >> _SHIFT)
        if self._is_checked.find(0, first, min(last, self._chunks_end)) >= 0:
            self._sections.check(self._name, first, min(last, self._chunks_end))
