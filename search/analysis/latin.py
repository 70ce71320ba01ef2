"""The Latin terms of many texts at once: the same few make up most, so each is taken apart once.

A *stretch* is letters and digits together: 5g of 5g+, bim and gis of bim+gis. Stretches are found
as arrays, which takes a third of the time that a regular expression of whole terms does; terms of
several stretches, or with signs at their end, are put together afterwards, since few are.
"""

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np

from search.analysis.classes import Array, CodePoints, stretches
from search.analysis.runs import JOINTS, SIGNS, unit_texts
from search.analysis.vocabulary import Vocabulary
from search.analysis.words import LONGEST_TERM

_BLANK = np.uint32(ord(" "))
_joints = np.array([ord(sign) for sign in {*JOINTS} - {"\\"}], np.uint32)
_first_signs = np.array([ord(sign) for sign in "+#"], np.uint32)
_signs = re.compile(SIGNS).match


class Latin:
    """The Latin terms of texts that are `joined`; `inside` says which characters are in units."""

    def __init__(self, joined: str, points: CodePoints, inside: Array) -> None:
        self._joined = joined
        self._points = points
        self._starts, self._ends = stretches(inside)
        found = np.where(inside, points, _BLANK).tobytes().decode("utf-32-le").split()
        distinct = Vocabulary()
        numbers = map(distinct.__getitem__, found)
        self._numbers = np.fromiter(numbers, np.uint32, len(found))  # of each stretch
        self._distinct = list(distinct)
        self._units = list(map(_units, distinct))

    def units(self) -> tuple[list[str], Array]:
        """Return the units, each once, and which of them stand in the texts, in order."""
        units = Vocabulary()
        ids, _ = self._flat(self._units, units)
        return list(units), ids

    def words(self, terms: Vocabulary) -> tuple[Array, Array]:
        """Return the ids of the words, in no order, and where the term stands that each is of."""
        parts = list(map(_words, self._distinct, self._units))
        ids, places = self._flat(parts, terms)
        starts, ends = self._wholes()
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        wholes = map(terms.__getitem__, [self._joined[start:end] for start, end in spans])
        whole_ids = np.fromiter(wholes, np.uint32, len(starts))
        return np.concatenate((ids, whole_ids)), np.concatenate((places, starts))

    def _wholes(self) -> tuple[Array, Array]:
        """Return where the terms begin and end that are more than one stretch."""
        points = self._points[self._ends]  # no stretch is at the end: a mark is
        goes_on = np.append(self._starts[1:] - self._ends[:-1] == 1, False)[: len(points)]
        goes_on &= np.isin(points, _joints)
        lasts = np.flatnonzero(~goes_on)
        firsts = np.append(0, lasts + 1)[: len(lasts)]
        starts, ends = self._starts[firsts], self._ends[lasts]
        for at in np.flatnonzero(np.isin(points[lasts], _first_signs)).tolist():
            signs = _signs(self._joined, ends[at])
            ends[at] += len(signs[0]) if signs else 0
        is_more = (ends > self._ends[firsts]) & (ends - starts <= LONGEST_TERM)
        return starts[is_more], ends[is_more]

    def _flat(self, parts: Sequence[Sequence[str]], terms: Vocabulary) -> tuple[Array, Array]:
        """Return the ids of the parts of each stretch in turn, and where the stretch begins."""
        counts = np.fromiter(map(len, parts), np.int64, len(parts))
        ids_of = map(terms.__getitem__, chain.from_iterable(parts))
        flat = np.fromiter(ids_of, np.uint32, int(counts.sum()))
        starts = np.cumsum(counts) - counts
        repeats = counts[self._numbers]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        ids = flat[np.repeat(starts[self._numbers], repeats) + within]
        return ids, np.repeat(self._starts, repeats)


def _units(stretch: str) -> Sequence[str]:
    if stretch.isascii() and (stretch.isalpha() or stretch.isdecimal()):
        return (stretch,)
    return unit_texts(stretch)


def _words(stretch: str, units: Sequence[str]) -> Sequence[str]:
    """Return the words of a stretch: 5g, 5, g. What is too long for one is found by its parts."""
    words = units if len(units) == 1 else (stretch, *units)
    if len(stretch) <= LONGEST_TERM:
        return words
    return [word for word in words if len(word) <= LONGEST_TERM]
