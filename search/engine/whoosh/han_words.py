"""The words of an archive by their characters, all of a length at once.

To walk the terms of 7,823 articles one by one takes seven seconds, these arrays half a one.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segment import Segment

HAN = (0x4E00, 0x9FFF)
AT_ONCE = 1 << 20  # postings


def han_words(segment: Segment, length: int) -> tuple[Array, Array]:
    """Return the code points of each word of so many Han characters, and its documents."""
    if length == 2:
        keys = segment.pairs.keys()
        points = np.stack((keys >> np.uint64(32), keys & np.uint64(0xFFFFFFFF)), axis=1)
        counts = _pair_words(segment.pair_lists)
    else:
        places, points = segment.words.of_length(length)
        counts = np.diff(segment.word_lists.starts.all())[places]
    kept = ((points >= HAN[0]) & (points <= HAN[1])).all(axis=1) & (counts > 0)
    return points[kept].astype(np.uint16), counts[kept]


def joined(parts: Sequence[tuple[Array, Array]], length: int) -> tuple[Array, Array]:
    """Return the words of several segments as those of one."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return np.zeros((0, length), np.uint16), np.zeros(0, np.int64)
    every = np.concatenate([points for points, _ in parts])
    points, places = np.unique(every, axis=0, return_inverse=True)
    counts = np.zeros(len(points), np.int64)
    np.add.at(counts, places.reshape(-1), np.concatenate([counts for _, counts in parts]))
    return points, counts


def _pair_words(lists: ListReader) -> Array:
    """Return of each pair in how many documents it is a word by itself.

    Some postings after others: all at once took half a gigabyte for 320,821 poems.
    """
    starts = lists.starts.all()
    found = np.zeros(len(starts) - 1, np.int64)
    edges = starts.searchsorted(np.arange(0, starts[-1], AT_ONCE), side="right") - 1
    for first, last in pairwise([*np.unique(edges).tolist(), len(found)]):
        found[first:last] = _words_of(lists, starts[first : last + 1])
    return found


def _words_of(lists: ListReader, starts: Array) -> Array:
    """Return the same of the pairs whose postings begin at `starts`, but for the last."""
    start, end = int(starts[0]), int(starts[-1])
    if start == end:
        return np.zeros(len(starts) - 1, np.int64)
    counts = np.ones(end - start, np.int64)
    repeats = lists.repeats(start, end)
    counts[repeats.places] = repeats.numbers
    ends = counts.cumsum()
    occurrence = lists.first_occurrence(start)
    begins = lists.begins(occurrence, occurrence + int(ends[-1]))
    is_word = np.logical_or.reduceat(begins, np.subtract(ends, counts, out=ends))
    words = np.append(0, np.cumsum(is_word, dtype=np.int32))
    found: Array = np.diff(words[starts - start])
    return found
