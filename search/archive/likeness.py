"""Which of many signatures are of reprints: found by bands of slots, then compared.

What comes out depends on the set of signatures alone, not on the order in which they came, nor on
what was there before: so an archive has the same groups however it has come to be.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from search.analysis.classes import Array
from search.archive.signatures import ROW

ALIKE = 0.6  # of the grams of both texts, those that both have: a third may be new
HELD = 0.8  # of the grams of the shorter, those that the longer has too
NUMBERS_HELD = 0.6  # the same for grams with a digit in them: reports of two days differ in these
NUMBERS_FREE = 16  # of which so many may always differ, as those of a date line

BAND = 4  # slots: a pair of likeness 0.6 has one of the 32 bands in common in 99 cases of 100
NEIGHBOURS = 32  # of a signature in a band, with which it is compared


AT_ONCE = 1 << 16  # pairs compared

Pair = tuple[int, int]


def alike(signatures: Sequence[bytes]) -> list[list[int]]:
    """Return the groups of places at which signatures of reprints of one article are.

    All in a group are like one of them, that which was like the most others; none is in two.
    """
    members: dict[bytes, list[int]] = {}
    for place, signature in enumerate(signatures):
        if signature:
            members.setdefault(signature, []).append(place)
    distinct = sorted(members)
    groups = [
        sorted(place for number in star for place in members[distinct[number]])
        for star in _stars(len(distinct), _like_pairs(distinct))
    ]
    return sorted(group for group in groups if len(group) > 1)


def least_likeness(signatures: Sequence[bytes]) -> float | None:
    """Return how like one of the others that article of a group is, from 0 to 1, that is least so.

    None where there is an article without a signature.
    """
    if not all(signatures) or len(signatures) < 2:
        return None
    rows = np.frombuffer(b"".join(signatures), ROW)
    least = 1.0
    for at, row in enumerate(rows):
        others = np.delete(rows, at)["slots"]
        least = min(least, float(_likeness(others, row["slots"]).max()))
    return round(least, 3)


def _stars(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the numbers below `count` in groups: each with what it is paired with, if free."""
    others: list[list[int]] = [[] for _ in range(count)]
    for one, other in pairs:
        others[one].append(other)
        others[other].append(one)
    groups: list[list[int]] = []
    free = [True] * count
    for centre in sorted(range(count), key=lambda number: -len(others[number])):
        if free[centre]:
            group = [centre, *(number for number in others[centre] if free[number])]
            for number in group:
                free[number] = False
            groups.append(group)
    return groups


def _like_pairs(signatures: Sequence[bytes]) -> list[Pair]:
    """Return the pairs of places of signatures that are alike, the lesser place first."""
    rows = np.frombuffer(b"".join(signatures), ROW)
    numbers = np.flatnonzero(rows["grams"])  # the others are short
    rows = rows[numbers]
    found: list[Pair] = []
    pairs = _candidates(np.ascontiguousarray(rows["slots"]))
    for at in range(0, len(pairs), AT_ONCE):
        some = pairs[at : at + AT_ONCE]
        kept = numbers[some[_are_alike(rows[some[:, 0]], rows[some[:, 1]])]]
        found += zip(kept[:, 0].tolist(), kept[:, 1].tolist(), strict=True)
    return found


def _candidates(slots: Array) -> Array:
    """Return the pairs of rows that have a band of slots in common, each once, rising."""
    count = len(slots)
    found = [np.zeros(0, np.int64)]
    bands = slots.view(f"<u{BAND}").T  # a slot is a byte
    for band in bands:
        order = np.argsort(band, kind="stable")
        keys = band[order]
        for step in range(1, min(NEIGHBOURS, count - 1) + 1):
            same = np.flatnonzero(keys[step:] == keys[:-step])
            if not len(same):
                break
            found.append(order[same] * count + order[same + step])
    # In a band of equal keys places rise, so the lesser comes first.
    distinct = np.unique(np.concatenate(found))
    return np.stack((distinct // max(count, 1), distinct % max(count, 1)), axis=1)


def _are_alike(left: Array, right: Array) -> Array:
    """Return of rows, pair by pair, whether they are of reprints of one article."""
    likeness = _likeness(left["slots"], right["slots"])
    shared, fewer = _shared(likeness, left["grams"], right["grams"])
    alike: Array = (likeness >= ALIKE) & (shared >= HELD * fewer)
    likeness = _likeness(left["digits"], right["digits"])
    shared, fewer = _shared(likeness, left["numbers"], right["numbers"])
    other = fewer - shared
    alike &= other <= np.maximum(NUMBERS_FREE, (1 - NUMBERS_HELD) * fewer)
    return alike


def _likeness(left: Array, right: Array) -> Array:
    """Return which part of the grams of both texts both have, as equal slots tell it.

    Of slots that differ one in 256 has the same lowest byte.
    """
    equal: Array = (left == right).mean(axis=1)
    return np.clip((equal - 1 / 256) / (1 - 1 / 256), 0, 1)


def _shared(likeness: Array, left: Array, right: Array) -> tuple[Array, Array]:
    """Return how many grams both texts have, and how many the one has that has fewer."""
    fewer = np.minimum(left, right).astype(float)
    both = likeness * (left.astype(float) + right) / (1 + likeness)
    return np.minimum(both, fewer), fewer
