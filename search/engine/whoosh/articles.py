"""The articles as stored: the authors' texts, what maps their folded forms, and their headings.

Texts are kept as numbers of characters in an alphabet of the segment, the commonest with the
smallest, compressed by the block: a tenth to a quarter smaller than their UTF-8 would be, and read
without decoding it. The folded text is not kept; it is made again from the map.
"""

import json
import struct
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
import zstandard

from search.document import Document
from search.engine.whoosh.ends import Ends
from search.engine.whoosh.kept import Kept
from search.engine.whoosh.sections import Array, Sections
from search.messages import message

CACHED_BYTES = 1 << 24  # of blocks, decompressed: 20 KB each, if articles are not long
MOST_UNPACKED = 1 << 30  # bytes of a block: what says more is none that was written here
STRINGS = 5  # author, date, source, path, metadata
FEW = 64
MANY = 256  # ids: from there on looking for all at once is cheaper than one by one
_COUNT_AND_WIDTH = struct.Struct("=II")
_LENGTH = 4  # bytes, of a text, a map or a string


class Block:
    """The bodies of some documents, or their titles with what else headings show, unpacked."""

    def __init__(self, raw: bytes, alphabet: Array) -> None:
        count, width = _COUNT_AND_WIDTH.unpack_from(raw)
        at = _COUNT_AND_WIDTH.size
        self._raw = raw
        self.size = len(raw)  # bytes
        self._alphabet = alphabet
        self._count = count
        self.ends = _ends(raw, at, count)
        self._foldings = _ends(raw, at + _LENGTH * count, count)
        self._number = np.dtype(np.uint16 if width == 2 else np.uint32)
        self._texts_at = at + 2 * _LENGTH * count
        self._foldings_at = self._texts_at + self._number.itemsize * self.ends[count]
        self._strings_at = self._foldings_at + self._foldings[count]
        self._strings: Sequence[int] | None = None  # where they end, worked out when first needed
        if self._strings_at > len(raw):
            raise ValueError(message("a block of articles is cut short"))

    def text(self, at: int) -> str:
        """Return text `at`."""
        first, last = self.ends[at], self.ends[at + 1]
        start = self._texts_at + self._number.itemsize * first
        numbers = np.frombuffer(self._raw, self._number, last - first, start)
        return str(self._alphabet.take(numbers).data, "utf-32-le", "surrogatepass")

    def texts(self) -> list[str]:
        """Return all texts."""
        every = str(self._alphabet.take(self.numbers()).data, "utf-32-le", "surrogatepass")
        return [every[start:end] for start, end in pairwise(self.ends)]

    def numbers(self) -> Array:
        """Return all texts one behind the other, as places in the alphabet; see `ends`."""
        return np.frombuffer(self._raw, self._number, self.ends[self._count], self._texts_at)

    def folded_apart(self) -> list[int]:
        """Return which of the texts have a packed map: they are not folded each by itself."""
        if self._foldings[self._count] == 0:
            return []
        return [at for at, (start, end) in enumerate(pairwise(self._foldings)) if start < end]

    def folding(self, at: int) -> bytes:
        """Return the packed map of text `at`."""
        start = self._foldings_at
        return self._raw[start + self._foldings[at] : start + self._foldings[at + 1]]

    def strings(self, document: int) -> list[str]:
        """Return author, date, source, path and metadata of a document."""
        count = STRINGS * self._count
        if self._strings is None:
            self._strings = _ends(self._raw, self._strings_at, count)
        strings = memoryview(self._raw)[self._strings_at + _LENGTH * count :]
        ends = self._strings[STRINGS * document : STRINGS * (document + 1) + 1]
        return [str(strings[s:e], "utf-8", "surrogatepass") for s, e in pairwise(ends)]


def _ends(raw: bytes, at: int, count: int) -> Sequence[int]:
    """Return where pieces begin, and the last ends, of which `raw` holds the lengths from `at` on.

    Few, as those of long articles, are added up in a fifth of the time that numpy takes.
    """
    if count < FEW:
        lengths = memoryview(raw)[at : at + _LENGTH * count].cast("I").tolist()
        return list(accumulate(lengths, initial=0))
    ends = np.zeros(count + 1, np.int64)
    np.frombuffer(raw, np.uint32, count, at).cumsum(out=ends[1:])
    return ends.data


class _Decompressing(threading.local):
    """One decompressor for each thread: they let others run while they work, and are not shared."""

    def __init__(self) -> None:
        self.decompress = zstandard.ZstdDecompressor().decompress


class ArticleReader:
    """The articles of one segment."""

    def __init__(self, sections: Sections) -> None:
        self.alphabet = sections.array("articles.alphabet")
        self._sections = sections
        self._heads = sections.by_piece("articles.heads")
        self._head_ends = sections.numbers("articles.head_ends")
        self._bodies = sections.by_piece("articles.bodies")
        self._body_ends = sections.numbers("articles.body_ends")
        self._firsts = sections.numbers("articles.block_firsts")
        self._ids = sections.by_piece("articles.ids")
        self._id_ends = Ends(sections, "articles.id_ends")
        self._decompressing = _Decompressing()
        self._part = Kept(self._read_part, lambda block: block.size, CACHED_BYTES)

    def __len__(self) -> int:
        return len(self._id_ends)

    @cached_property
    def id_order(self) -> Array:
        """The documents in the order of their ids."""
        return self._sections.array("articles.id_order")

    @cached_property
    def dates(self) -> Array:
        """The date of each document, as `date_number` gives it."""
        return self._sections.array("articles.dates")

    @cached_property
    def characters(self) -> Array:
        """The number of characters of each body, as its author wrote it."""
        return self._sections.array("articles.characters")

    def id(self, document: int) -> bytes:
        """Return the id of a document, as UTF-8."""
        start, end = self._id_ends.piece(document)
        return bytes(self._ids.raw(start, end))

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

    def find_all(self, document_ids: Sequence[bytes]) -> Array:
        """Return the document with each id, -1 for none.

        Very many are looked for together, each step of the search for all of them.
        """
        if len(document_ids) < MANY:
            numbers = map(self.find, document_ids)
            return np.array([-1 if number is None else number for number in numbers], np.int64)
        width = max(map(len, document_ids)) + 1  # what is longer differs in the last
        wanted = np.array(document_ids, f"S{width}")
        ends, row = self._id_ends.all(), self._ids[:]
        low, high = np.zeros(len(wanted), np.int64), np.full(len(wanted), len(self))
        while (searched := low < high).any():
            middle = (low + high) // 2
            less = self._cut_ids(middle, ends, row, width) < wanted
            low = np.where(searched & less, middle + 1, low)
            high = np.where(searched & ~less, middle, high)
        equal = (low < len(self)) & (self._cut_ids(low, ends, row, width) == wanted)
        found: Array = self.id_order[np.minimum(low, len(self) - 1)].astype(np.int64)
        found[~equal] = -1
        return found

    def _cut_ids(self, places: Array, ends: Array, row: Array, width: int) -> Array:
        """Return the ids at places of their order, of each at most `width` bytes."""
        documents = self.id_order[np.minimum(places, len(self) - 1)]
        starts = ends[documents]
        lengths = np.minimum(ends[documents + np.int64(1)] - starts, width)
        columns = np.arange(width)
        at = np.minimum(starts[:, None] + columns, len(row) - 1)
        cut = np.where(columns < lengths[:, None], row[at], 0).astype(np.uint8)
        return np.ascontiguousarray(cut).view(f"S{width}")[:, 0]

    def text(self, document: int, body: bool) -> tuple[str, bytes]:
        """Return the title or body of a document and its packed map."""
        number, at = self._place(document)
        part = self._part(number, body)
        return part.text(at), part.folding(at)

    def titles(self) -> Iterator[str]:
        """Yield the title of each document; what is read is not kept."""
        for _, block in self.blocks(False):
            yield from block.texts()

    def blocks(self, body: bool, among: Array | None = None) -> Iterator[tuple[int, Block]]:
        """Yield all titles or bodies by the block, each with its first document; none is kept.

        Of those `among` which documents rise, only the blocks that any of them is in.
        """
        numbers: Iterable[int] = range(len(self._head_ends))
        if among is not None:
            places = np.asarray(self._firsts).searchsorted(among, "right") - 1
            numbers = np.unique(places).tolist()
        for number in numbers:
            yield self._firsts[number], self._read_part(number, body)

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

    def _read_part(self, number: int, body: bool) -> Block:
        ends = self._body_ends if body else self._head_ends
        start = ends[number - 1] if number else 0
        raw = (self._bodies if body else self._heads).raw(start, ends[number])
        if zstandard.get_frame_parameters(raw).content_size > MOST_UNPACKED:
            raise ValueError("a block of articles is too large")
        return Block(self._decompressing.decompress(raw), self.alphabet)
