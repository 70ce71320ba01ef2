"""Writing the articles of a segment, as `ArticleReader` reads them."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import zstandard

from search.analysis.classes import code_points
from search.document import Document
from search.engine.whoosh.articles import date_number
from search.engine.whoosh.ends import Ends
from search.engine.whoosh.sections import Array, smallest
from search.engine.whoosh.spool import Spool

BLOCK_CHARACTERS = 1 << 13
LEVEL = 3  # of zstd; 9 takes five times as long for a thirtieth less


class ArticleWriter:
    """Collects the articles of one segment, compressed."""

    def __init__(self, folder: Path) -> None:
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._numbers = np.zeros(0x110000, np.uint32)  # of each code point, from 1
        self._alphabet = [0]
        self._heads, self._bodies = Spool(folder, np.uint8), Spool(folder, np.uint8)
        self._head_ends: list[int] = []
        self._body_ends: list[int] = []
        self._firsts: list[int] = [0]
        self._ids: list[str] = []
        self._dates: list[int] = []
        self._characters: list[int] = []

    @property
    def memory(self) -> int:
        """How many bytes the ids and dates take, about; the texts wait in a file."""
        return 200 * len(self._ids)

    def add(self, documents: Sequence[Document], foldings: Sequence[bytes]) -> None:
        """Add documents and the packed maps of their titles and bodies in turn."""
        self._meet(code_points("".join([text for d in documents for text in (d.title, d.body)])))
        at = size = 0
        for end, document in enumerate(documents, start=1):
            size += len(document.title) + len(document.body)
            if size >= BLOCK_CHARACTERS or end == len(documents):
                self._add_block(documents[at:end], foldings[2 * at : 2 * end])
                at, size = end, 0

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
        }

    def _add_block(self, documents: Sequence[Document], foldings: Sequence[bytes]) -> None:
        """Compress documents: their headings and their bodies apart, since lists need no bodies."""
        strings = [text.encode("utf-8", "surrogatepass") for d in documents for text in _strings(d)]
        lengths = np.fromiter(map(len, strings), np.uint32, len(strings))
        self._add_part(
            self._heads,
            self._head_ends,
            [d.title for d in documents],
            foldings[::2],
            lengths.tobytes() + b"".join(strings),
        )
        bodies = [d.body for d in documents]
        self._add_part(self._bodies, self._body_ends, bodies, foldings[1::2], b"")
        self._firsts.append(self._firsts[-1] + len(documents))
        self._ids += [d.id for d in documents]
        self._dates += [date_number(d.date) for d in documents]
        self._characters += [len(d.body) for d in documents]

    def _add_part(
        self,
        part: Spool,
        ends: list[int],
        texts: Sequence[str],
        foldings: Sequence[bytes],
        rest: bytes,
    ) -> None:
        numbers = self._numbers[code_points("".join(texts))]
        wide = np.uint32 if len(self._alphabet) > 1 << 16 else np.uint16
        raw = (
            np.array([len(texts), wide().itemsize], np.uint32).tobytes(),
            np.fromiter(map(len, texts), np.uint32, len(texts)).tobytes(),
            np.fromiter(map(len, foldings), np.uint32, len(foldings)).tobytes(),
            numbers.astype(wide).tobytes(),
            b"".join(foldings),
            rest,
        )
        part.append(np.frombuffer(self._compressor.compress(b"".join(raw)), np.uint8))
        ends.append(len(part))

    def _meet(self, points: Array) -> None:
        """Number the characters that are new, the commonest first: small numbers compress well."""
        new = points[self._numbers[points] == 0]
        if len(new):
            distinct, counts = np.unique(new, return_counts=True)
            distinct = distinct[np.argsort(-counts, kind="stable")]
            self._numbers[distinct] = np.arange(len(distinct)) + len(self._alphabet)
            self._alphabet += distinct.tolist()


def _strings(document: Document) -> tuple[str, str, str, str, str]:
    metadata = document.metadata
    kept = json.dumps(dict(metadata), ensure_ascii=False) if metadata else ""
    return document.author, document.date, document.source, document.path, kept
