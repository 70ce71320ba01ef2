"""Writing the articles of a segment, as `ArticleReader` reads them."""

import json
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import zstandard

from search.analysis.classes import code_points
from search.document import Document
from search.engine.dates import date_number
from search.engine.scripts import scripts_of
from search.engine.whoosh.columns import ColumnWriter
from search.engine.whoosh.ends import Ends
from search.engine.whoosh.sections import Array, smallest
from search.engine.whoosh.spool import Spool

BLOCK_CHARACTERS = 1 << 13
LEVEL = 3  # of zstd; 9 takes five times as long for a thirtieth less


class ArticleWriter:
    """Collects the articles of one segment, compressed."""

    def __init__(self, folder: Path) -> None:
        self._compressed = zstandard.ZstdCompressor(level=LEVEL).compress
        self._numbers = np.zeros(0x110000, np.uint32)  # of each code point, from 1
        self._alphabet = [0]
        self._heads, self._bodies = Spool(folder, np.uint8), Spool(folder, np.uint8)
        self._head_ends: list[int] = []
        self._body_ends: list[int] = []
        self._firsts: list[int] = [0]
        self._columns = ColumnWriter()
        self._ids: list[str] = []
        self._dates: list[int] = []
        self._characters: list[int] = []

    @property
    def memory(self) -> int:
        """How many bytes ids, dates and columns take, about; the texts wait in a file."""
        return 200 * len(self._ids) + self._columns.memory

    def add(self, documents: Sequence[Document], foldings: Sequence[bytes]) -> None:
        """Add documents and the packed maps of their titles and bodies in turn."""
        titles = _Texts([d.title for d in documents], foldings[::2])
        bodies = _Texts([d.body for d in documents], foldings[1::2])
        self._number([titles, bodies])
        sizes = np.cumsum(titles.lengths + bodies.lengths, dtype=np.int64).tolist()
        heads: list[bytes] = []
        rest: list[bytes] = []
        at = before = 0
        for end, size in enumerate(sizes, start=1):
            if size - before >= BLOCK_CHARACTERS or end == len(documents):
                heads.append(self._compressed(titles.part(at, end, _headings(documents[at:end]))))
                rest.append(self._compressed(bodies.part(at, end, b"")))
                self._firsts.append(self._firsts[-1] + end - at)
                at, before = end, size
        self._head_ends += _write(self._heads, heads)
        self._body_ends += _write(self._bodies, rest)
        self._columns.add(documents, scripts_of(bodies.points, bodies.lengths))
        self._ids += [d.id for d in documents]
        self._dates += [date_number(d.date) for d in documents]
        self._characters += bodies.lengths.tolist()

    def sections(self) -> dict[str, Array | bytes]:
        """Return all that was added as the sections that `ArticleReader` reads."""
        raw = [i.encode("utf-8", "surrogatepass") for i in self._ids]
        lengths = np.fromiter(map(len, raw), np.int64, len(raw))
        order = sorted(range(len(raw)), key=raw.__getitem__)
        return {
            "articles.alphabet": np.array(self._alphabet, np.uint32),
            "articles.heads": self._heads.array(),
            "articles.head_ends": smallest(np.array(self._head_ends, np.int64)),
            "articles.bodies": self._bodies.array(),
            "articles.body_ends": smallest(np.array(self._body_ends, np.int64)),
            "articles.block_firsts": smallest(np.array(self._firsts, np.int64)),
            "articles.ids": b"".join(raw),
            **Ends.sections("articles.id_ends", np.append(0, np.cumsum(lengths))),
            "articles.id_order": smallest(np.array(order, np.int64)),
            "articles.dates": smallest(np.array(self._dates, np.int64)),
            "articles.characters": smallest(np.array(self._characters, np.int64)),
            **self._columns.sections(),
        }

    def _number(self, texts: Sequence["_Texts"]) -> None:
        """Number the characters of texts: those that are new, the commonest first.

        Small numbers compress well.
        """
        for some in texts:
            some.numbers = self._numbers[some.points]
        new = np.concatenate([some.points[some.numbers == 0] for some in texts])
        if len(new):
            counts = np.bincount(new)
            distinct = np.flatnonzero(counts)
            distinct = distinct[np.argsort(-counts[distinct], kind="stable")]
            self._numbers[distinct] = np.arange(len(distinct)) + len(self._alphabet)
            self._alphabet += distinct.tolist()
        wide = np.uint32 if len(self._alphabet) > 1 << 16 else np.uint16
        for some in texts:
            is_new = np.flatnonzero(some.numbers == 0)
            some.numbers[is_new] = self._numbers[some.points[is_new]]
            some.numbers = some.numbers.astype(wide)


class _Texts:
    """The titles or the bodies of some documents, with their packed maps."""

    def __init__(self, texts: Sequence[str], foldings: Sequence[bytes]) -> None:
        self.points = code_points("".join(texts))
        self.numbers: Array = self.points  # in the alphabet, once they are known
        self.lengths = np.fromiter(map(len, texts), np.uint32, len(texts))
        self._ends = [0, *np.cumsum(self.lengths, dtype=np.int64).tolist()]
        self._foldings = foldings

    def part(self, first: int, last: int, rest: bytes) -> bytes:
        """Return the texts `first:last` as `ArticleReader` reads them, `rest` behind them."""
        numbers = self.numbers[self._ends[first] : self._ends[last]]
        foldings = self._foldings[first:last]
        parts = (
            np.array([last - first, numbers.itemsize], np.uint32).tobytes(),
            self.lengths[first:last].tobytes(),
            np.fromiter(map(len, foldings), np.uint32, len(foldings)).tobytes(),
            numbers.tobytes(),
            b"".join(foldings),
            rest,
        )
        return b"".join(parts)


def _write(spool: Spool, parts: Sequence[bytes]) -> list[int]:
    """Write parts to the end of `spool` and return where each of them ends."""
    ends = list(accumulate(map(len, parts), initial=len(spool)))
    spool.append(np.frombuffer(b"".join(parts), np.uint8))
    return ends[1:]


def _headings(documents: Sequence[Document]) -> bytes:
    """Return what headings show beside titles, apart from bodies: lists need no bodies."""
    strings = [text.encode("utf-8", "surrogatepass") for d in documents for text in _strings(d)]
    return np.fromiter(map(len, strings), np.uint32, len(strings)).tobytes() + b"".join(strings)


def _strings(document: Document) -> tuple[str, str, str, str, str]:
    metadata = document.metadata
    kept = json.dumps(dict(metadata), ensure_ascii=False) if metadata else ""
    return document.author, document.date, document.source, document.path, kept
