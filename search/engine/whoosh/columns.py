"""Columns: what articles say of themselves beside title and text, one value a document.

The author, the source, the script and every name in the metadata make a column: its distinct
values, and a number for each document, 0 where it has none. Both are compressed, and read when a
search first asks for them. Folder, format, year and month are told from what is kept (`filters`).
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import zstandard

from search.document import Document
from search.engine.column_names import AUTHOR, SCRIPT, SOURCE, TAKEN
from search.engine.whoosh.sections import Array, Sections, smallest

LEVEL = 6  # of zstd: numbers that repeat, a hundredth of what the texts take


class Column(NamedTuple):
    """Distinct values, and of each document the number of its own, from 1; 0 for none."""

    values: Sequence[str]
    numbers: Array


class ColumnWriter:
    """Collects the columns of one segment."""

    def __init__(self) -> None:
        self._count = 0
        # Of each column: value → its number, and documents with the numbers of their values.
        self._values: dict[str, dict[str, int]] = {}
        self._cells: dict[str, tuple[list[int], list[int]]] = {}

    @property
    def memory(self) -> int:
        """How many bytes all that was added takes, about."""
        cells = sum(len(documents) for documents, _ in self._cells.values())
        return 72 * cells + 160 * sum(map(len, self._values.values()))

    def add(self, documents: Sequence[Document], scripts: Sequence[str] = ()) -> None:
        """Add documents and the scripts of their bodies."""
        for number, document in enumerate(documents, start=self._count):
            if document.author:
                self._put(AUTHOR, number, document.author)
            if document.source:
                self._put(SOURCE, number, document.source)
            for name, value in document.metadata.items():
                if value and name not in TAKEN:
                    self._put(name, number, value)
        for number, script in enumerate(scripts, start=self._count):
            self._put(SCRIPT, number, script)
        self._count += len(documents)

    def sections(self) -> dict[str, Array | bytes]:
        """Return all that was added as the sections that `Columns` reads."""
        names = sorted(self._values)
        compress = zstandard.ZstdCompressor(level=LEVEL).compress
        found: dict[str, Array | bytes] = {"columns.names": _packed(names)}
        for at, name in enumerate(names):
            documents, values = self._cells[name]
            numbers = np.zeros(self._count, np.int64)
            numbers[documents] = values
            numbers = smallest(numbers)
            found[f"columns.{at}.values"] = compress(_packed(list(self._values[name])))
            found[f"columns.{at}.numbers"] = compress(bytes([numbers.itemsize]) + numbers.tobytes())
        return found

    def _put(self, name: str, document: int, value: str) -> None:
        values = self._values.get(name)
        if values is None:
            values = self._values[name] = {}
            self._cells[name] = [], []
        documents, numbers = self._cells[name]
        documents.append(document)
        numbers.append(values.setdefault(value, len(values) + 1))


class Columns:
    """The columns of one segment."""

    def __init__(self, sections: Sections, documents: int) -> None:
        self._sections = sections
        self._documents = documents
        self.names: Sequence[str] = json.loads(bytes(sections.view("columns.names")))
        self.column = lru_cache(None)(self._column)

    def _column(self, name: str) -> Column:
        """Return a column; one without values when no document has any."""
        if name not in self.names:
            return Column((), np.zeros(self._documents, np.uint8))
        at = self.names.index(name)
        decompress = zstandard.ZstdDecompressor().decompress
        values = json.loads(decompress(self._sections.view(f"columns.{at}.values")))
        raw = decompress(self._sections.view(f"columns.{at}.numbers"))
        numbers = np.frombuffer(raw, f"<u{raw[0]}", offset=1)
        return Column(values, numbers)


def _packed(texts: Sequence[str]) -> bytes:
    return json.dumps(texts).encode("ascii")  # halves of surrogate pairs too
