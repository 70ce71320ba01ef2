"""Terms of documents → posting lists, as arrays: collected, sorted at once, merged at once.

A posting list is the documents that hold a term, rising, and how often each does. All lists of a
field lie one after another in two arrays; `starts` says where each term's begins.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

MOST_COUNTED = np.iinfo(np.uint16).max  # a count beyond is kept as this: scores are long saturated


@dataclass(frozen=True, slots=True)
class PostingLists:
    """All posting lists of one field of one segment."""

    terms: Sequence[bytes]  # UTF-8, sorted
    starts: Array  # one more than terms
    documents: Array
    counts: Array


class _Vocabulary(dict[str, int]):
    """Term → number, given out when first asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


class Inverter:
    """Collects the terms of one field, document by document."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._terms = array("I")
        self._documents = array("I")
        self._lengths = array("I")

    def add(self, document: int, terms: Sequence[str]) -> None:
        """Add the terms of a document, with repetition; documents come in rising order."""
        self._terms.extend(map(self._vocabulary.__getitem__, terms))
        self._documents.append(document)
        self._lengths.append(len(terms))

    def invert(self) -> PostingLists:
        """Return the posting lists of all that was added."""
        numbers = np.frombuffer(self._terms, np.uint32)
        documents = np.repeat(
            np.frombuffer(self._documents, np.uint32), np.frombuffer(self._lengths, np.uint32)
        )
        terms = sorted(self._vocabulary)  # code points sort as their UTF-8 does
        ranks = np.empty(len(terms), np.uint32)
        ranks[[self._vocabulary[term] for term in terms]] = np.arange(len(terms), dtype=np.uint32)
        keys = _keys(ranks[numbers], documents)
        keys.sort()
        first = np.flatnonzero(np.append(len(keys) > 0, keys[1:] != keys[:-1]))
        counts = np.diff(np.append(first, len(keys)))
        return _listed([term.encode("utf-8") for term in terms], keys[first], counts)


def _keys(ranks: Array, documents: Array) -> Array:
    """Return one number a posting that sorts by term, then by document."""
    keys: Array = (ranks.astype(np.uint64) << np.uint64(32)) | documents.astype(np.uint64)
    return keys


def _listed(terms: Sequence[bytes], keys: Array, counts: Array) -> PostingLists:
    """Return postings, sorted by their distinct keys, as lists; terms without any go."""
    held = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(terms))
    kept = np.flatnonzero(held)
    if len(kept) < len(terms):
        terms = [terms[at] for at in kept.tolist()]
    starts = np.concatenate(([0], np.cumsum(held[kept])))
    documents = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return PostingLists(terms, starts, documents, np.minimum(counts, MOST_COUNTED))


def merge(parts: Iterable[tuple[PostingLists, Array]]) -> PostingLists:
    """Return the lists of several segments as one.

    Each part comes with the new number of each of its documents, -1 for those that are deleted.
    """
    lists = list(parts)
    terms = sorted(set().union(*(part.terms for part, _ in lists)))
    rank = {term: at for at, term in enumerate(terms)}
    ranks, documents, counts = [], [], []
    for part, numbers in lists:
        mine = np.fromiter((rank[term] for term in part.terms), np.uint32, len(part.terms))
        moved = numbers[part.documents]
        kept = moved >= 0
        ranks.append(np.repeat(mine, np.diff(part.starts))[kept])
        documents.append(moved[kept])
        counts.append(part.counts[kept].astype(np.int64))
    keys = _keys(np.concatenate(ranks), np.concatenate(documents))
    order = np.argsort(keys)  # no key twice: a document is in one part only
    return _listed(terms, keys[order], np.concatenate(counts)[order])
