"""Long arrays kept in temporary files while a segment is made: memory holds what is worked on.

The system writes them out when memory is short and takes the files away with the process.
"""

import tempfile
import weakref
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.engine.whoosh.sections import Array


class Spool:
    """An array that grows at its end."""

    def __init__(self, folder: Path, dtype: npt.DTypeLike) -> None:
        self._dtype = np.dtype(dtype)
        # Unbuffered, since whole arrays are written; an array made of it outlives it.
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - see below
        weakref.finalize(self, self._file.close)  # it lives as long as this object, not a block
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def append(self, row: Array) -> None:
        """Add a row at the end."""
        raw = np.ascontiguousarray(row, self._dtype).data.cast("B") if len(row) else memoryview(b"")
        while len(raw):
            raw = raw[self._file.write(raw) :]  # a disk that is nearly full takes a part
        self._size += len(row)

    def array(self) -> Array:
        """Return all rows as one array, mapped into memory."""
        if not self._size:
            return np.zeros(0, self._dtype)
        return np.memmap(self._file, self._dtype, "r", shape=(self._size,))
