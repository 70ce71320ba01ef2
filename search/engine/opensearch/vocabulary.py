"""The words of an index and in how many documents each is, kept beside the documents.

A cluster has no way to ask for its terms. So each commit keeps the words of what it wrote, counted;
together they are all words there are, those included that only deleted documents had.
"""

import json
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from search.analysis.batch import Batch
from search.engine.latin_words import LatinWords

Array = npt.NDArray[Any]


class WordCounts(Counter[str]):
    """In how many documents each word is."""

    def add(self, batch: Batch) -> None:
        """Count the words of a batch."""
        words = batch.words
        documents = words.texts.astype(np.int64) // 2
        seen = np.unique(documents << 32 | words.ids.astype(np.int64))
        ids, counts = np.unique(seen & 0xFFFFFFFF, return_counts=True)
        for at, count in zip(ids.tolist(), counts.tolist(), strict=True):
            self[words.terms[at]] += count
        self._add_pairs(batch)

    def _add_pairs(self, batch: Batch) -> None:
        """Count the words of two characters, which are marks on their elements."""
        pairs = np.flatnonzero(batch.pair_words)
        if not len(pairs):
            return
        codes = batch.characters.astype(np.int64)
        keys = codes[pairs] << 32 | codes[pairs + 1]
        texts = np.searchsorted(np.cumsum(batch.element_counts), pairs, "right")
        both = np.unique(np.stack((keys, texts // 2)), axis=1)
        keys, counts = np.unique(both[0], return_counts=True)
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            self[chr(key >> 32) + chr(key & 0xFFFFFFFF)] += count

    def to_bytes(self) -> bytes:
        """Return the counts as they are stored."""
        rows = sorted(self.items())
        return zlib.compress(json.dumps([[w for w, _ in rows], [c for _, c in rows]]).encode())

    @classmethod
    def from_bytes(cls, stored: bytes) -> "WordCounts":
        """Return what `to_bytes` made bytes of."""
        words, counts = json.loads(zlib.decompress(stored))
        return cls(dict(zip(words, counts, strict=True)))


class Vocabulary:
    """The words of one state, sorted by their code points."""

    def __init__(self, parts: Iterable[WordCounts]) -> None:
        counts: Counter[str] = Counter()
        for part in parts:
            counts.update(part)
        self.words: Sequence[str] = sorted(counts)
        self._counts = counts

    def beginning(self, prefix: str) -> Iterator[str]:
        """Yield the words that begin so, sorted."""
        for at in range(bisect_left(self.words, prefix), len(self.words)):
            if not self.words[at].startswith(prefix):
                return
            yield self.words[at]

    def count(self, word: str) -> int:
        """Return how many documents hold a word, at most: those deleted since are counted."""
        return self._counts.get(word, 0)

    def han_words(self, length: int) -> tuple[Array, Array]:
        """Return the words of so many Han characters of the Basic Plane, and their counts."""
        found = [word for word in self.words if len(word) == length and _is_han(word)]
        points = np.array([[ord(one) for one in word] for word in found], np.uint16)
        counts = np.array([self._counts[word] for word in found], np.int64)
        return points.reshape(len(found), length), counts

    @cached_property
    def latin(self) -> LatinWords:
        """Its Latin tokens, to be told by how much they are like another."""
        return LatinWords(_Lexicon(self.words))


class _Lexicon:
    """Words as `LatinWords` reads them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def __len__(self) -> int:
        return len(self._words)

    def first_from(self, term: bytes) -> int:
        return bisect_left(self._words, term.decode("utf-8"))

    def term(self, place: int) -> bytes:
        return self._words[place].encode("utf-8")

    def points(self, first: int, last: int) -> tuple[Array, Array]:
        some = self._words[first:last]
        text = "".join(some).encode("utf-32-le")
        starts = np.fromiter(accumulate(map(len, some), initial=0), np.int64, len(some) + 1)
        return np.frombuffer(text, np.uint32), starts


def _is_han(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)
