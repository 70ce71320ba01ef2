"""Phrases near each other, in any order → the documents of one segment that hold them so."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from search.analysis import Literal
from search.analysis.runs import elements
from search.deadline import checked
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.phrases import Placed, by_extent, holders, phrase_places
from search.engine.whoosh.sections import Array

AT_ONCE = 1 << 16  # places that are compared
_NOWHERE = np.iinfo(np.int64).max >> 1  # behind every place, with room for the length of a phrase


def near(
    phrases: Sequence[Sequence[Placed]],
    lengths: Sequence[int],
    room: int,
    sets: DocumentSets,
    field: str,
    may_overlap: bool,
) -> Documents:
    """Return the documents in whose field the phrases stand within so many places.

    `lengths` are those of the phrases in elements. `may_overlap` says that they could share some,
    which they must not.
    """
    grams = by_extent({id(term): (term, step) for part in phrases for term, step in part}.values())
    common = holders(grams[0][0], sets)
    for term, _ in checked(grams[1:]):
        common = common[sets.among(common, holders(term, sets))]
    rows = []
    for part in checked(phrases):
        if not len(common):
            return common
        places = phrase_places(by_extent(part), common, sets, field)
        rows.append(places)
        common = _documents(places)
    if not len(common):
        return common
    found = [
        _near(some, lengths, room, may_overlap) for some in checked(_parted(rows, common, AT_ONCE))
    ]
    return np.concatenate([common[:0], *found])


def _near(rows: Sequence[Array], lengths: Sequence[int], room: int, may_overlap: bool) -> Documents:
    """Return the documents in which places of all the rows, one for each phrase, are near."""
    starts = np.unique(np.concatenate(rows))
    ends = [_end(row, length, starts) for row, length in zip(rows, lengths, strict=True)]
    starts = starts[np.max(ends, axis=0) - starts <= room]
    if may_overlap and len(starts):
        starts = starts[_end_of_all(rows, lengths, starts) - starts <= room]
    return _documents(starts)


def _parted(rows: Sequence[Array], documents: Documents, at_once: int) -> Iterator[Sequence[Array]]:
    """Yield the rows in parts, a document's places all in one; most parts hold so many places.

    Eight common characters have ten million places: all at once took 0.7 s, and half a gigabyte.
    """
    parts = sum(map(len, rows)) // at_once + 1
    edges = documents[np.arange(1, parts) * len(documents) // parts] << 32
    cuts = [[0, *row.searchsorted(edges).tolist(), len(row)] for row in rows]
    for part in range(parts):
        yield [row[cut[part] : cut[part + 1]] for row, cut in zip(rows, cuts, strict=True)]


def overlap(literals: Sequence[Literal]) -> bool:
    """Return whether any two of the literals have an element in common."""
    held = [
        {piece for text, _, is_cjk in elements(one.text) for piece in (text if is_cjk else [text])}
        for one in literals
    ]
    return any(one & other for one, other in combinations(held, 2))


def _end(row: Array, length: int, starts: Array) -> Array:
    """Return where a phrase ends that begins first of those from each of `starts` on."""
    return np.append(row, _NOWHERE)[row.searchsorted(starts)] + length


def _end_of_all(rows: Sequence[Array], lengths: Sequence[int], starts: Array) -> Array:
    """Return where all phrases, one behind the other, end that begin from each of `starts` on.

    As `search.analysis.nearness` does it for one text: of some of the phrases the least end is that
    of all these but one, with that one behind.
    """
    ends: list[Array] = [starts]
    for some in range(1, 1 << len(rows)):
        ways = [
            _end(row, length, ends[some & ~(1 << at)])
            for at, (row, length) in enumerate(checked(zip(rows, lengths, strict=True)))
            if some >> at & 1
        ]
        ends.append(np.min(ways, axis=0))
    return ends[-1]


def _documents(places: Array) -> Documents:
    held = places >> 32
    found: Documents = held[np.append(True, held[1:] != held[:-1])[: len(held)]]
    return found
