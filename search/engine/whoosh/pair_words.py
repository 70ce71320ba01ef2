"""The words of two characters: kept as marks on the occurrences of their pairs."""

import numpy as np

from search.engine.whoosh.bits import NONE
from search.engine.whoosh.occurrences import Occurrences
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.term_postings import (
    NOTHING,
    TermPostings,
    exceptions_of,
    without_zeros,
)


def pair_word(lists: ListReader, pair: int, whole: TermPostings) -> TermPostings:
    """Return the postings of a pair, `whole`, where it is a word by itself."""
    if not len(whole.documents):
        return NOTHING
    occurrences = Occurrences(lists, pair, whole)
    begins = occurrences.begins()
    if not len(whole.repeats):
        return whole.kept(begins)
    words = np.zeros(len(begins) + 1, np.int64)
    begins.cumsum(out=words[1:])
    starts = occurrences.starts(np.arange(len(whole.documents)))
    starts -= starts[0]
    at_starts = words[starts]
    counts = np.empty_like(starts)
    counts[:-1] = at_starts[1:]
    counts[-1] = words[-1]
    counts -= at_starts
    titles = NONE
    if len(whole.titles):
        places = whole.titles.places
        found = words[starts[places] + whole.titles.numbers] - at_starts[places]
        titles = without_zeros(places, found)
    mask = counts > 0
    return TermPostings(whole.documents, exceptions_of(counts, 1), titles).kept(mask)


def pair_word_frequency(lists: ListReader, start: int, end: int) -> int:
    """Return in how many documents a pair, whose postings are `start:end`, is a word by itself."""
    if end == start:
        return 0
    repeats = lists.repeats(start, end)
    first = lists.first_occurrence(start)
    begins = lists.begins(first, first + end - start + int(repeats.numbers.sum()) - len(repeats))
    found = int(np.count_nonzero(begins))
    if len(repeats):  # all marks in one posting count once
        starts = repeats.places + (repeats.numbers - 1).cumsum() - repeats.numbers + 1
        edges = np.stack((starts, starts + repeats.numbers), axis=1).ravel()
        if edges[-1] == len(begins):
            edges = edges[:-1]
        marks = np.add.reduceat(begins, edges, dtype=np.int64)[::2]
        found -= int(np.maximum(marks - 1, 0).sum())
    return found
