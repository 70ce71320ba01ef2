"""Posting lists of several segments → those of one, whole arrays at a time."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from search.engine.whoosh.inversion import Inverted
from search.engine.whoosh.order import stable_order
from search.engine.whoosh.posting_lists import PostingLists
from search.engine.whoosh.sections import Array

Part = tuple[Inverted, Array]  # a segment, and each document's new number, -1 where deleted
Terms = TypeVar("Terms")


def merge(parts: Sequence[Part]) -> Inverted:
    """Return the segments as one. New numbers rise within a segment and from one to the next."""
    inverted = [part for part, _ in parts]
    numbers = [found for _, found in parts]
    pairs = np.unique(np.concatenate([part.pairs for part in inverted]))
    places = [np.searchsorted(pairs, part.pairs) for part in inverted]
    kept, pair_lists = _lists([part.pair_lists for part in inverted], places, numbers, len(pairs))
    units, unit_lists = _strings(
        [part.units for part in inverted], [part.unit_lists for part in inverted], numbers
    )
    words, word_lists = _strings(
        [part.words for part in inverted], [part.word_lists for part in inverted], numbers
    )
    return Inverted(pairs[kept], pair_lists, units, unit_lists, words, word_lists)


def _strings(
    terms: Sequence[Sequence[bytes]], lists: Sequence[PostingLists], numbers: Sequence[Array]
) -> tuple[list[bytes], PostingLists]:
    every = sorted(set().union(*terms))
    rank = {term: at for at, term in enumerate(every)}
    places = [np.fromiter(map(rank.__getitem__, part), np.int64, len(part)) for part in terms]
    kept, merged = _lists(lists, places, numbers, len(every))
    return [every[at] for at in kept.tolist()], merged


def _lists(
    lists: Sequence[PostingLists],
    places: Sequence[Array],
    numbers: Sequence[Array],
    terms: int,
) -> tuple[Array, PostingLists]:
    """Return which terms are left and their lists; `places` are each segment's terms in `terms`."""
    of_term = np.concatenate(
        [np.repeat(at, np.diff(one.starts)) for at, one in zip(places, lists, strict=True)]
    )
    documents = np.concatenate(
        [to[one.documents] for one, to in zip(lists, numbers, strict=True)]
    ).astype(np.int64)
    # Within a term the postings stand in order already: a stable order by term keeps it.
    order = np.flatnonzero(documents >= 0)
    order = order[stable_order(of_term[order])]
    held = np.bincount(of_term[order], minlength=terms)
    kept = np.flatnonzero(held)
    counts = np.concatenate([one.counts for one in lists]).astype(np.int64)
    ordinals = begins = None
    if all(one.ordinals is not None for one in lists):
        chosen = counts[order]
        first = (np.cumsum(counts) - counts)[order]
        within = np.arange(chosen.sum()) - np.repeat(np.cumsum(chosen) - chosen, chosen)
        at = np.repeat(first, chosen) + within
        ordinals = np.concatenate([one.ordinals for one in lists if one.ordinals is not None])[at]
        begins = np.concatenate([x.begins for x in lists if x.begins is not None])[at]
    merged = PostingLists(
        np.append(0, np.cumsum(held[kept])),
        documents[order],
        counts[order],
        np.concatenate([one.titles for one in lists])[order],
        ordinals,
        begins,
    )
    return kept, merged
