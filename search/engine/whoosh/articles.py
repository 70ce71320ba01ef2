"""The articles as stored: the authors' texts, what maps their folded forms, and their headings.

Texts are kept as numbers of characters in an alphabet of the segment, the commonest with the
smallest, compressed by the block: a tenth to a quarter smaller than their UTF-8 would be, and read
without decoding it. The folded text is not kept; it is made again from the map.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
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
CACHED_BLOCKS = 64  # decompressed, of those read last: some 100 KB each
_COLUMNS = 9
_BODY = 1  # columns of a block's table; title, then body
_FOLDINGS = 2
_STRINGS = 4  # author, date, source, path, metadata


class ArticleWriter:
    """Collects the articles of one segment, compressed."""

    def __init__(self, folder: Path) -> None:
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._numbers = np.zeros(0x110000, np.uint32)  # of each code point, from 1
        self._alphabet = [0]
        self._blocks = Spool(folder, np.uint8)
        self._ends: list[int] = []
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
            "articles.blocks": self._blocks.array(),
            "articles.block_ends": smallest(np.array(self._ends, np.int64)),
            "articles.block_firsts": smallest(np.array(self._firsts, np.int64)),
            "articles.ids": b"".join(raw),
            **Ends.sections("articles.id_ends", np.append(0, np.cumsum(lengths))),
            "articles.id_order": smallest(np.array(order, np.int64)),
            "articles.dates": smallest(np.array(self._dates, np.int64)),
            "articles.characters": smallest(np.array(self._characters, np.int64)),
        }

    def _add_block(self, documents: Sequence[Document], foldings: Sequence[bytes]) -> None:
        texts = [text for d in documents for text in (d.title, d.body)]
        strings = [text for d in documents for text in _strings(d)]
        table = np.empty((len(documents), _COLUMNS), np.uint32)
        table[:, :_FOLDINGS] = np.fromiter(map(len, texts), np.uint32).reshape(-1, 2)
        table[:, _FOLDINGS:_STRINGS] = np.fromiter(map(len, foldings), np.uint32).reshape(-1, 2)
        table[:, _STRINGS:] = np.fromiter(map(len, strings), np.uint32).reshape(-1, 5)
        numbers = self._numbers[code_points("".join(texts))]
        wide = np.uint32 if len(self._alphabet) > 1 << 16 else np.uint16
        parts = (
            np.array([len(documents), wide().itemsize], np.uint32).tobytes(),
            np.ascontiguousarray(table.T).tobytes(),
            numbers.astype(wide).tobytes(),
            b"".join(foldings),
            "".join(strings).encode("utf-8", "surrogatepass"),
        )
        self._blocks.append(np.frombuffer(self._compressor.compress(b"".join(parts)), np.uint8))
        self._ends.append(len(self._blocks))
        self._firsts.append(self._firsts[-1] + len(documents))
        self._ids += [d.id for d in documents]
        self._dates += [date_number(d.date) for d in documents]
        self._characters += [len(d.body) for d in documents]

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


class _Block:
    """A block decompressed."""

    def __init__(self, raw: bytes, alphabet: Array) -> None:
        documents, width = np.frombuffer(raw, np.uint32, 2).tolist()
        table = np.frombuffer(raw, np.uint32, documents * _COLUMNS, 8).reshape(_COLUMNS, documents)
        self._alphabet = alphabet
        self._texts = _ends(table[:_FOLDINGS])
        self._foldings = _ends(table[_FOLDINGS:_STRINGS])
        self._strings = _ends(table[_STRINGS:])
        at = 8 + 4 * documents * _COLUMNS
        size = int(self._texts[-1])
        self._numbers = np.frombuffer(raw, np.uint16 if width == 2 else np.uint32, size, at)
        at += size * width
        size = int(self._foldings[-1])
        self._folding = raw[at : at + size]
        self._string = raw[at + size :].decode("utf-8", "surrogatepass")

    def text(self, at: int) -> str:
        """Return text `at`: titles and bodies in turn."""
        numbers = self._numbers[self._texts[at] : self._texts[at + 1]]
        raw: bytes = self._alphabet[numbers].tobytes()
        return raw.decode("utf-32-le", "surrogatepass")

    def folding(self, at: int) -> bytes:
        """Return the packed map of text `at`."""
        return self._folding[self._foldings[at] : self._foldings[at + 1]]

    def strings(self, document: int) -> list[str]:
        """Return author, date, source, path and metadata of a document."""
        ends = self._strings[5 * document : 5 * document + 6].tolist()
        return [self._string[s:e] for s, e in pairwise(ends)]


def _ends(table: Array) -> Array:
    """Return where each piece begins, and where the last ends, by document."""
    return np.append(0, np.cumsum(table.T, dtype=np.int64))


class ArticleReader:
    """The articles of one segment."""

    def __init__(self, sections: Sections) -> None:
        self._alphabet = sections.array("articles.alphabet")
        self._blocks = sections.view("articles.blocks")
        self._block_ends = sections.numbers("articles.block_ends")
        self._firsts = sections.array("articles.block_firsts")
        self._ids = sections.view("articles.ids")
        self._id_ends = Ends(sections, "articles.id_ends")
        self.id_order = sections.array("articles.id_order")
        self.dates = sections.array("articles.dates")
        self.characters = sections.array("articles.characters")
        self._decompressor = zstandard.ZstdDecompressor()
        self._block = lru_cache(CACHED_BLOCKS)(self._read_block)

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
        block, at = self._place(document)
        return block.text(2 * at + body), block.folding(2 * at + body)

    def document(self, document: int, text: bool = True) -> Document:
        """Return a document as it was added; without its body where only `text` is not wanted."""
        block, at = self._place(document)
        author, date, source, path, kept = block.strings(at)
        metadata: Mapping[str, str] = json.loads(kept) if kept else {}
        return Document(
            self.id(document).decode("utf-8", "surrogatepass"),
            block.text(2 * at),
            block.text(2 * at + 1) if text else "",
            author,
            date,
            source,
            path,
            metadata,
        )

    def foldings(self, document: int) -> tuple[bytes, bytes]:
        """Return the packed maps of a document's title and body."""
        block, at = self._place(document)
        return block.folding(2 * at), block.folding(2 * at + 1)

    def _place(self, document: int) -> tuple[_Block, int]:
        number = int(np.searchsorted(self._firsts, document, side="right")) - 1
        return self._block(number), document - int(self._firsts[number])

    def _read_block(self, number: int) -> _Block:
        start = self._block_ends[number - 1] if number else 0
        raw = self._decompressor.decompress(self._blocks[start : self._block_ends[number]])
        return _Block(raw, self._alphabet)
