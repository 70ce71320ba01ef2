"""Sets of documents as rising arrays of their numbers, and what is made of several.

A short set is looked up in a long one; sets of like length are marked on a row of all documents,
which costs no search at all. Such rows are lent, and kept for the next once they are clear again.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Documents = npt.NDArray[np.int64]  # rising, each once
Mask = npt.NDArray[np.bool_]

LOOKUP = 24  # times as long: then looking up each of the shorter set is cheaper than marking
MARKING = 200  # documents of the row for each of a set: from there on sorting these is cheaper

_NOWHERE = np.zeros(0, np.int64)

Row = TypeVar("Row")


class Rows(Generic[Row]):
    """Clear rows, lent to one thread at a time: there are as many as threads ever asked at once.

    One that is not given back, since what was done with it failed half way, is forgotten; so no
    search ever meets the marks of another.
    """

    def __init__(self, make: Callable[[], Row]) -> None:
        self._make = make
        self._clear: list[Row] = []

    def lend(self) -> Row:
        """Return a clear row."""
        try:
            return self._clear.pop()  # one step: two threads never get the same
        except IndexError:
            return self._make()

    def give_back(self, row: Row) -> None:
        """Take back a row that is clear again."""
        self._clear.append(row)


class DocumentSets:
    """Operations on sets of the documents 0 to `documents`. Safe across threads."""

    def __init__(self, documents: int) -> None:
        self._documents = documents
        self._marks: Rows[Mask] = Rows(lambda: np.zeros(documents, bool))
        self._slots: Rows[Documents] = Rows(lambda: np.full(documents, -1, np.int64))

    def among(self, some: Documents, others: Documents) -> Mask:
        """Return which of `some` are in `others`; `some` may repeat and be in any order."""
        if not len(some) or not len(others):
            return np.zeros(len(some), bool)
        if len(some) * LOOKUP < len(others):
            at = np.minimum(others.searchsorted(some), len(others) - 1)
            mask: Mask = others.take(at) == some
            return mask
        marks = self._marks.lend()
        marks[others] = True
        mask = marks.take(some)
        marks[others] = False
        self._marks.give_back(marks)
        return mask

    @staticmethod
    def held(some: Documents, others: Documents) -> Mask:
        """Return which of `some` are in `others`, whatever they number."""
        if not len(others):
            return np.zeros(len(some), bool)
        at = others.searchsorted(some)
        at[at == len(others)] = 0
        mask: Mask = others[at] == some
        return mask

    def matching(
        self, documents: Documents, holders: Documents
    ) -> tuple[Documents | None, Documents | None]:
        """Return at which places of each set the documents of both are; None for all places."""
        if not len(documents) or not len(holders):
            return _NOWHERE, _NOWHERE
        if len(documents) * LOOKUP < len(holders):
            return _looked_up(documents, holders)
        if len(holders) * LOOKUP < len(documents):
            return _looked_up(holders, documents)[::-1]
        at = self.slots(documents, holders)
        found = at >= 0
        if found.all():
            return (None if len(at) == len(documents) else at), None
        held = found.nonzero()[0]
        return (None if len(held) == len(documents) else at[held]), held

    def distinct(self, documents: Documents) -> Documents:
        """Return each of the documents once, rising; they may come in any order."""
        if len(documents) * MARKING < self._documents:
            found = np.sort(documents)
            if len(found) > 1:
                found = np.concatenate((found[:1], found[1:][found[1:] != found[:-1]]))
            return found
        marks = self._marks.lend()
        marks[documents] = True
        found = marks.nonzero()[0]
        marks[found] = False
        self._marks.give_back(marks)
        return found

    def slots(self, documents: Documents, holders: Documents) -> Documents:
        """Return at which place of `documents` each of `holders` is, -1 for none.

        `holders` may repeat and be in any order.
        """
        slots = self._slots.lend()
        slots[documents] = np.arange(len(documents))
        at = slots.take(holders)
        slots[documents] = -1
        self._slots.give_back(slots)
        return at

    def both(self, left: Documents, right: Documents) -> Documents:
        """Return what is in both sets."""
        if len(left) > len(right):
            left, right = right, left
        return left[self.among(left, right)]

    def without(self, left: Documents, right: Documents) -> Documents:
        """Return what is in `left` and not in `right`."""
        return left[~self.among(left, right)]

    def union(self, sets: Sequence[Documents]) -> Documents:
        """Return what is in any of the sets."""
        held = [one for one in sets if len(one)]
        if len(held) <= 1:
            return held[0] if held else np.zeros(0, np.int64)
        return self.distinct(np.concatenate(held))


def _looked_up(few: Documents, many: Documents) -> tuple[Documents | None, Documents]:
    at = many.searchsorted(few)
    at[at == len(many)] = 0
    found = many.take(at) == few
    if found.all():
        return None, at
    held = found.nonzero()[0]
    return held, at[held]
