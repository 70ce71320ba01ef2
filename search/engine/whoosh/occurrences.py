"""Where terms occur in the documents of their posting lists."""

import numpy as np

from search.deadline import check_deadline
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.sections import Array
from search.engine.whoosh.term_postings import TermPostings


class Occurrences:
    """The occurrences of the postings that begin with those of term `first`."""

    def __init__(self, lists: ListReader, first: int, postings: TermPostings) -> None:
        self._lists = lists
        self._postings = postings
        self._first = lists.first_occurrence(lists.starts[first])

    def starts(self, postings: Array) -> Array:
        """Return the number of the first occurrence of each of the postings."""
        found = postings + self._first
        repeats = self._postings.repeats
        if len(repeats):
            added = np.zeros(len(repeats) + 1, np.int64)
            (repeats.numbers - 1).cumsum(out=added[1:])
            found += added[repeats.places.searchsorted(postings)]
        return found

    def begins(self) -> Array:
        """Return the marks of all occurrences: of pairs, where a word of two characters begins."""
        repeats = self._postings.repeats
        count = len(self._postings.documents) + int(repeats.numbers.sum()) - len(repeats)
        return self._lists.begins(self._first, self._first + count)

    def places(
        self, postings: Array | None, field: str = "", spaced: bool | None = None
    ) -> tuple[Array, Array]:
        """Return document and ordinal of each occurrence of the postings; of all for None.

        `field` leaves only those in the title or in the body, `spaced` only units so marked or not.
        """
        whole = self._postings
        if postings is None:
            postings = np.arange(len(whole.documents))
        documents = whole.documents[postings]
        starts = self.starts(postings)
        within = np.zeros(1, np.int64)
        if len(whole.repeats):
            counts = whole.counts()[postings]
            ends = counts.cumsum()
            within = np.arange(int(ends[-1]) if len(ends) else 0)
            within -= (ends - counts).repeat(counts)
            starts = starts.repeat(counts)
            starts += within
            documents = documents.repeat(counts)
        check_deadline()
        if field:
            in_title = within < self._title_counts(postings)
            kept = in_title if field == "title" else ~in_title
            starts, documents = starts[kept], documents[kept]
        if spaced is not None and len(starts):
            check_deadline()
            marks = self._lists.begins(int(starts[0]), int(starts[-1]) + 1)
            kept = marks[starts - starts[0]] == spaced
            starts, documents = starts[kept], documents[kept]
        return documents, self._lists.ordinals(starts)

    def _title_counts(self, postings: Array) -> Array:
        """Return, for each occurrence of the postings, how many of its posting are in a title."""
        row = np.zeros(len(self._postings.documents), np.int64)
        row[self._postings.titles.places] = self._postings.titles.numbers
        if not len(self._postings.repeats):
            return row[postings]
        return row[postings].repeat(self._postings.counts()[postings])


def posting_ordinals(
    lists: ListReader, posting: int, field: str = "", spaced: bool | None = None
) -> list[int]:
    """Return the ordinals of one posting, of those that `Occurrences.places` would give."""
    count, titles = lists.counts_at(posting)
    first = lists.first_occurrence(posting)
    start = titles if field == "body" else 0
    end = titles if field == "title" else count
    found: list[int] = lists.ordinals(np.arange(first + start, first + end)).tolist()
    if spaced is None:
        return found
    marks = lists.begins(first + start, first + end).tolist()
    return [ordinal for ordinal, mark in zip(found, marks, strict=True) if mark == spaced]
