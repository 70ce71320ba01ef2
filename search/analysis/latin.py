"""The Latin terms of many texts at once: the same few make up most, so each is taken apart once.

A *stretch* is letters and digits together: 5g of 5g+, bim and gis of bim+gis. Stretches are found
as arrays, which takes a third of the time that a regular expression of whole terms does; terms of
several stretches, or with signs at their end, are put together afterwards, since few are.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from search.analysis.classes import Array, CodePoints, stretches, text_of
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
        blanked = points * inside
        np.maximum(blanked, _BLANK, out=blanked)
        found = text_of(blanked).split()
        distinct = Vocabulary()
        numbers = map(distinct.__getitem__, found)
        self._numbers = np.fromiter(numbers, np.uint32, len(found))  # of each stretch
        self._distinct = list(distinct)

    def units(self) -> tuple[list[str], Array]:
        """Return the units, each once, and which of them stand in the texts, in order."""
        units = Vocabulary()
        ids, _ = self._parts(unit_texts, units)
        return list(units), ids

    def words(self, terms: Vocabulary) -> tuple[Array, Array]:
        """Return the ids of the words, in no order, and where the term stands that each is of."""
        ids, places = self._parts(_words, terms)
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

    def _parts(
        self, parts_of: Callable[[str], Sequence[str]], terms: Vocabulary
    ) -> tuple[Array, Array]:
        """Return the ids of the parts of each stretch in turn, and where the stretch begins."""
        flat: list[str] = []
        starts: list[int] = []
        for stretch in self._distinct:
            starts.append(len(flat))
            if len(stretch) <= LONGEST_TERM and (stretch.isalpha() or stretch.isdecimal()):
                flat.append(stretch)  # most are one unit
            else:
                flat += parts_of(stretch)
        ids = np.fromiter(map(terms.__getitem__, flat), np.uint32, len(flat))
        first = np.array(starts, np.int64)
        repeats = np.diff(first, append=len(flat))[self._numbers]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        found = ids[np.repeat(first[self._numbers], repeats) + within]
        return found, np.repeat(self._starts, repeats)


def _words(stretch: str) -> Sequence[str]:
    """Return the words of a stretch: 5g, 5, g. What is too long for one is found by its parts."""
    units = unit_texts(stretch)
    words = units if len(units) == 1 else [stretch, *units]
    return [word for word in words if len(word) <= LONGEST_TERM]
