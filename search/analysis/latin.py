"""The Latin terms of many texts at once: the same few make up most, so each is taken apart once.

A *stretch* is letters and digits together: 5g of 5g+, bim and gis of bim+gis. Stretches are found
as arrays, which takes a third of the time that a regular expression of whole terms does; terms of
several stretches, or with signs at their end, are put together afterwards, since few are.
"""

import re
from collections.abc import Iterable

import numpy as np

from search.analysis.classes import Array, CodePoints, stretches, text_of
from search.analysis.pieces import pieces
from search.analysis.runs import JOINTS, SIGNS, unit_texts
from search.analysis.vocabulary import Vocabulary
from search.analysis.words import LONGEST_TERM

_NONE = 0xFFFFFFFF
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
        distinct = Vocabulary()
        number_of = distinct.__getitem__
        self._numbers = np.empty(len(self._starts), np.uint32)  # of each stretch
        at = 0
        for piece in pieces(text_of(blanked), " "):
            found = piece.split()
            self._numbers[at : at + len(found)] = np.fromiter(map(number_of, found), np.uint32)
            at += len(found)
        self._distinct = list(distinct)
        self._units = Vocabulary()
        flat, starts = self._taken_apart()
        ids = np.fromiter(map(self._units.__getitem__, flat), np.uint32, len(flat))
        self._counts = np.diff(starts, append=len(flat))  # units of each distinct stretch
        repeats = self._counts[self._numbers]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        self._unit_ids = ids[np.repeat(starts[self._numbers], repeats) + within]
        self._unit_places = np.repeat(self._starts, repeats)

    def units(self) -> tuple[list[str], Array]:
        """Return the units, each once, and which of them stand in the texts, in order."""
        return list(self._units), self._unit_ids

    def words(self, terms: Vocabulary) -> tuple[Array, Array]:
        """Return the ids of the words and where the term stands that each is of.

        These are whole terms, stretches of several units, and units. The occurrences of each word
        are in order.
        """
        of_stretch = np.full(len(self._distinct), _NONE, np.uint32)
        mixed = np.flatnonzero(self._counts > 1)
        of_stretch[mixed] = _ids([self._distinct[at] for at in mixed.tolist()], terms)
        of_unit = _ids(self._units, terms)
        starts, ends = self._wholes()
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        wholes = _ids([self._joined[start:end] for start, end in spans], terms)
        ids = np.concatenate((of_unit[self._unit_ids], of_stretch[self._numbers], wholes))
        places = np.concatenate((self._unit_places, self._starts, starts))
        chosen = ids != _NONE
        return ids[chosen], places[chosen]

    def _taken_apart(self) -> tuple[list[str], Array]:
        """Return the units of each distinct stretch in turn, and where those of each begin."""
        flat: list[str] = []
        starts: list[int] = []
        for stretch in self._distinct:
            starts.append(len(flat))
            if stretch.isalpha() or stretch.isdecimal():
                flat.append(stretch)  # as most are
            else:
                flat += unit_texts(stretch)
        return flat, np.array(starts, np.int64)

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
        is_more = ends > self._ends[firsts]
        return starts[is_more], ends[is_more]


def _ids(words: Iterable[str], terms: Vocabulary) -> Array:
    """Return the ids of words, _NONE of what is too long for one: its parts are indexed."""
    numbers = [terms[word] if len(word) <= LONGEST_TERM else _NONE for word in words]
    return np.array(numbers, np.uint32)
