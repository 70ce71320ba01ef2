"""What one term holds: documents, rising, with counts where they are not 1, and title counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.engine.whoosh.bits import NONE, Exceptions
from search.engine.whoosh.sections import Array


@dataclass(slots=True, eq=False)
class Special:
    """Postings that are not one occurrence in a body: their places and counts."""

    places: Array
    bodies: Array
    titles: Array | None  # None where all are 0


@dataclass(slots=True, eq=False)  # frozen ones are slow to make
class TermPostings:
    """The postings of a term. Counts are of title and body together.

    Those of a character that begins many grams are the lists of all of these, one after another:
    `documents` may then name a document several times, in any order, and `is_spread` is true.
    """

    documents: Array
    repeats: Exceptions = NONE  # at which postings the count is not 1
    titles: Exceptions = NONE  # at which postings some of the count is of the title
    is_spread: bool = False

    def counts(self) -> Array:
        """Return the count of each posting."""
        found = np.ones(len(self.documents), np.int64)
        found[self.repeats.places] = self.repeats.numbers
        return found

    def special(self) -> "Special | None":
        """Return the counts of the postings that are not one occurrence in a body, if any."""
        repeats, titles = self.repeats, self.titles
        if not len(titles):
            return Special(repeats.places, repeats.numbers, None) if len(repeats) else None
        if not len(repeats):
            return Special(titles.places, 1 - titles.numbers, titles.numbers)
        # Those that are in titles and repeat are told from those that do either.
        at = titles.places.searchsorted(repeats.places)
        at[at == len(titles)] = 0
        both = titles.places[at] == repeats.places
        in_body = 1 - titles.numbers
        in_body[at[both]] += repeats.numbers[both] - 1
        alone = ~both
        return Special(
            np.concatenate((titles.places, repeats.places[alone])),
            np.concatenate((in_body, repeats.numbers[alone])),
            np.concatenate((titles.numbers, np.zeros(int(alone.sum()), np.int64))),
        )

    def kept(self, mask: Array) -> "TermPostings":
        """Return the postings for which the mask is true."""
        if not len(self.repeats) and not len(self.titles):
            return TermPostings(self.documents[mask], is_spread=self.is_spread)
        places = mask.cumsum()
        return TermPostings(
            self.documents[mask],
            _kept(self.repeats, mask, places),
            _kept(self.titles, mask, places),
            self.is_spread,
        )

    def at(self, places: Array | None) -> "TermPostings":
        """Return the postings at the places; all of them for None."""
        if places is None:
            return self
        documents = self.documents.take(places)
        return TermPostings(documents, _at(self.repeats, places), _at(self.titles, places))

    def only(self, field: str) -> "TermPostings":
        """Return the postings of the title, or of the body, alone."""
        if not len(self.titles):
            return self if field == "body" else NOTHING
        counts = np.zeros(len(self.documents), np.int64)
        counts[self.titles.places] = self.titles.numbers
        if field == "body":
            counts = self.counts() - counts
        mask = counts > 0
        of_title = exceptions_of(counts, 0) if field == "title" else NONE
        rows = exceptions_of(counts, 1), of_title
        return TermPostings(self.documents, *rows, is_spread=self.is_spread).kept(mask)

    def moved(self, by: int) -> "TermPostings":
        """Return the postings with other numbers of their documents."""
        if not by:
            return self
        return TermPostings(self.documents + by, self.repeats, self.titles, self.is_spread)


NOTHING = TermPostings(np.zeros(0, np.int64))


def together(parts: Sequence[TermPostings]) -> TermPostings:
    """Return the postings of segments, one after another, as one."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NOTHING
    starts = np.cumsum([0, *(len(part.documents) for part in parts[:-1])]).tolist()
    return TermPostings(
        np.concatenate([part.documents for part in parts]),
        _moved([part.repeats for part in parts], starts),
        _moved([part.titles for part in parts], starts),
        any(part.is_spread for part in parts),
    )


def _moved(rows: Sequence[Exceptions], starts: Sequence[int]) -> Exceptions:
    places = [row.places + start for row, start in zip(rows, starts, strict=True)]
    return Exceptions(np.concatenate(places), np.concatenate([row.numbers for row in rows]))


def exceptions_of(row: Array, usual: int) -> Exceptions:
    """Return where a row is not `usual`, and what it is there."""
    places = (row != usual).nonzero()[0]
    return Exceptions(places, row[places]) if len(places) else NONE


def without_zeros(places: Array, numbers: Array) -> Exceptions:
    """Return the numbers that are not 0, and their places."""
    mask = numbers > 0
    return Exceptions(places[mask], numbers[mask]) if mask.any() else NONE


def _kept(row: Exceptions, mask: Array, places: Array) -> Exceptions:
    """Return the row of the postings that the mask leaves; `places` counts them from 1."""
    if not len(row):
        return NONE
    left = mask[row.places]
    return Exceptions(places[row.places[left]] - 1, row.numbers[left])


def _at(row: Exceptions, places: Array) -> Exceptions:
    """Return the row of the postings at some places."""
    if not len(row):
        return NONE
    if len(row) * 8 < len(places):
        at = places.searchsorted(row.places)
        at[at == len(places)] = 0
        held = places[at] == row.places
        return Exceptions(at[held], row.numbers[held])
    at = row.places.searchsorted(places)
    at[at == len(row)] = 0
    found = (row.places[at] == places).nonzero()[0]
    return Exceptions(found, row.numbers[at[found]]) if len(found) else NONE
