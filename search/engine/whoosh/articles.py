"""The articles as stored: the authors' texts, what maps their folded forms, and their headings.

Texts are kept as numbers of characters in an alphabet of the segment, the commonest with the
smallest, compressed by the block: a tenth to a quarter smaller than their UTF-8 would be, and read
without decoding it. The folded text is not kept; it is made again from the map.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import zstandard

from search.analysis.classes import code_points
from search.document import Document
from search.engine.whoosh.ends import Ends
from search.engine.whoosh.sections import Array, Sections, smallest
from search.engine.whoosh.spool import Spool

BLOCK_CHARACTERS = 1 << 14
LEVEL = 3  # of zstd; 9 takes four times as long for a twentieth less
CACHED_PARTS = 64  # decompressed, of those read last: 40 KB each, if articles are not long
_STRINGS = 5  # author, date, source, path, metadata


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
        strings = [text for d in documents for text in _strings(d)]
        lengths = np.fromiter(map(len, strings), np.uint32, len(strings))
        self._add_part(
            self._heads,
            self._head_ends,
            [d.title for d in documents],
            foldings[::2],
            lengths.tobytes() + "".join(strings).encode("utf-8", "surrogatepass"),
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


def date_number(date: str) -> int:
    """Return an ISO date, whole or cut, as year, month and day in digits; 0 for none.

    >>> date_number("2024-06")
    20240600
    """
    digits = date.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdecimal() and len(digits) <= 8 else 0


def last_day(date: str) -> int:
    """Return the last day that an ISO date, whole or cut, can mean, as `date_number` does.

    >>> last_day("2024-06")
    20240699
    """
    return int(date.replace("-", "").ljust(8, "9"))


class _Part:
    """The titles of a block with what else its headings show, or its bodies, decompressed."""

    def __init__(self, raw: bytes, alphabet: Array) -> None:
        count, width = np.frombuffer(raw, np.uint32, 2).tolist()
        table = np.frombuffer(raw, np.uint32, 2 * count, 8)
        self._alphabet = alphabet
        self._texts = [0, *table[:count].cumsum().tolist()]
        self._foldings = [0, *table[count:].cumsum().tolist()]
        at = 8 + 8 * count
        size = self._texts[-1]
        self._numbers = np.frombuffer(raw, np.uint16 if width == 2 else np.uint32, size, at)
        at += size * width
        self._folding = raw[at : at + self._foldings[-1]]
        self._rest = raw[at + self._foldings[-1] :]
        self._count = count

    def text(self, at: int) -> str:
        """Return text `at`."""
        numbers = self._numbers[self._texts[at] : self._texts[at + 1]]
        raw: bytes = self._alphabet[numbers].tobytes()
        return raw.decode("utf-32-le", "surrogatepass")

    def folding(self, at: int) -> bytes:
        """Return the packed map of text `at`."""
        return self._folding[self._foldings[at] : self._foldings[at + 1]]

    def strings(self, document: int) -> list[str]:
        """Return author, date, source, path and metadata of a document."""
        text, ends = self._strings
        mine = ends[_STRINGS * document : _STRINGS * (document + 1) + 1]
        return [text[start:end] for start, end in pairwise(mine)]

    @cached_property
    def _strings(self) -> tuple[str, list[int]]:
        count = _STRINGS * self._count
        lengths = np.frombuffer(self._rest, np.uint32, count)
        text = self._rest[4 * count :].decode("utf-8", "surrogatepass")
        return text, [0, *lengths.cumsum().tolist()]


class ArticleReader:
    """The articles of one segment."""

    def __init__(self, sections: Sections) -> None:
        self._alphabet = sections.array("articles.alphabet")
        self._heads = sections.view("articles.heads")
        self._head_ends = sections.numbers("articles.head_ends")
        self._bodies = sections.view("articles.bodies")
        self._body_ends = sections.numbers("articles.body_ends")
        self._firsts = sections.numbers("articles.block_firsts")
        self._ids = sections.view("articles.ids")
        self._id_ends = Ends(sections, "articles.id_ends")
        self.id_order = sections.array("articles.id_order")
        self.dates = sections.array("articles.dates")
        self.characters = sections.array("articles.characters")
        self._decompressor = zstandard.ZstdDecompressor()
        self._part = lru_cache(CACHED_PARTS)(self._read_part)

    def __len__(self) -> int:
        return len(self._id_ends)

    def id(self, document: int) -> bytes:
        """Return the id of a document, as UTF-8."""
        start, end = self._id_ends.piece(document)
        return bytes(self._ids[start:end])

    def find(self, document_id: bytes) -> int | None:
        """Return the document with this id, or None."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.id(int(self.id_order[middle])) < document_id:
                low = middle + 1
            else:
                high = middle
        found = int(self.id_order[low]) if low < len(self) else -1
        return found if found >= 0 and self.id(found) == document_id else None

    def text(self, document: int, body: bool) -> tuple[str, bytes]:
        """Return the title or body of a document and its packed map."""
        number, at = self._place(document)
        part = self._part(number, body)
        return part.text(at), part.folding(at)

    def document(self, document: int, text: bool = True) -> Document:
        """Return a document as it was added; without `text`, with an empty body."""
        number, at = self._place(document)
        head = self._part(number, False)
        author, date, source, path, kept = head.strings(at)
        metadata: Mapping[str, str] = json.loads(kept) if kept else {}
        return Document(
            self.id(document).decode("utf-8", "surrogatepass"),
            head.text(at),
            self._part(number, True).text(at) if text else "",
            author,
            date,
            source,
            path,
            metadata,
        )

    def foldings(self, document: int) -> tuple[bytes, bytes]:
        """Return the packed maps of a document's title and body."""
        number, at = self._place(document)
        return self._part(number, False).folding(at), self._part(number, True).folding(at)

    def _place(self, document: int) -> tuple[int, int]:
        number = bisect_right(self._firsts, document) - 1
        return number, document - self._firsts[number]

    def _read_part(self, number: int, body: bool) -> _Part:
        ends = self._body_ends if body else self._head_ends
        start = ends[number - 1] if number else 0
        raw = (self._bodies if body else self._heads)[start : ends[number]]
        return _Part(self._decompressor.decompress(raw), self._alphabet)
