"""A digest of each document: of all that its segment holds of it, whatever segment that is.

Two indexes of the same documents give the same digests, in however many runs, segments and
processes they were made, since nothing here depends on where a document or a term stands. What is
only another way to write down the same is left out: the lists of single characters, columns, dates
as numbers, and where the file lies on this machine.

    document = blake2b(strings, foldings, lengths, sums)

Strings are id, title, body, author, date, source and metadata by name, each behind its length;
foldings the packed maps of title and body; lengths how many words and grams each of the two has.
Sums are, of each kind of terms, two numbers of 64 bits: what its postings and occurrences in the
document are mixed to, added up modulo 2^64 in two lanes.

    posting    = mix(term + C · (count << 32 | count in the title))
    occurrence = mix(term' + C · (ordinal << 1 | mark))            of pairs and units
    lanes      = h, mix(h + D)

`term` is mixed from the code points of a word, the bytes of a unit, the two code points of a pair,
`term'` from `term`; `mark` says where a pair is a word, or a unit is spaced. `mix` is the finalizer
of SplitMix64, which lets no two numbers become one.
"""

import json
from collections.abc import Callable, Iterator
from hashlib import blake2b

import numpy as np

from search.document import Document
from search.engine.whoosh.articles import ArticleReader
from search.engine.whoosh.lengths import KINDS, TEXTS
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segment import Segment
from search.engine.whoosh.segments import Segments

DIGEST_BYTES = 16
AT_ONCE = 1 << 19  # postings: with all that is made of them, some 50 MB

_LANES = 2
_C, _D = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03  # odd, and of no pattern
_SHIFTS_AND_FACTORS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))


def digests(segments: Segments) -> Iterator[tuple[str, bytes]]:
    """Yield id and digest of each document that is not deleted, a segment after the other."""
    for segment, offset, _ in segments.leaves:
        with segments.reading():
            live = np.arange(segment.documents)
            if segments.live is not None:
                live = np.flatnonzero(segments.live[offset : offset + segment.documents])
            rows = _rows(segment)
        for number in live.tolist():
            with segments.reading():
                document = segment.articles.document(number)
                digest = _told(document, segment.articles, number)
            digest.update(rows[number].tobytes())
            yield document.id, digest.digest()


def _told(document: Document, articles: ArticleReader, number: int) -> "blake2b":
    """Return the digest so far: of the strings and the foldings of a document."""
    strings = [document.id, document.title, document.body]
    strings += [document.author, document.date, document.source]
    metadata = json.dumps(sorted(document.metadata.items()))
    raw = [text.encode("utf-8", "surrogatepass") for text in (*strings, metadata)]
    raw += articles.foldings(number)
    digest = blake2b(digest_size=DIGEST_BYTES)
    digest.update(str([*map(len, raw)]).encode())
    for one in raw:
        digest.update(one)
    return digest


def _rows(segment: Segment) -> Array:
    """Return the lengths and sums of each document, a row of numbers each."""
    lengths = segment.lengths()
    rows = [lengths[kind, text].astype("<u8") for kind in KINDS for text in TEXTS]
    rows += _sums(segment.pair_lists, _pairs(segment), segment.documents)
    rows += _sums(segment.unit_lists, _units(segment), segment.documents)
    rows += _sums(segment.word_lists, _words(segment), segment.documents)
    return np.stack(rows, axis=1).astype("<u8")


def _sums(lists: ListReader, terms: Array, documents: int) -> list[Array]:
    """Return the lanes of each document, of all postings and occurrences of these terms."""
    lanes = [np.zeros(documents, np.uint64) for _ in range(_LANES)]
    starts = lists.starts.all()
    low = 0
    while low < len(terms):
        high = int(starts.searchsorted(starts[low] + AT_ONCE, side="right")) - 1
        high = min(max(high, low + 1), len(terms))
        _add(lanes, lists, terms[low:high], starts[low : high + 1], low)
        low = high
    return lanes


def _add(lanes: list[Array], lists: ListReader, terms: Array, starts: Array, first: int) -> None:
    """Add the postings of the terms from place `first` on, which begin at `starts`."""
    start, end = int(starts[0]), int(starts[-1])
    documents = lists.documents(first, first + len(terms))
    counts, titles = np.ones(end - start, np.uint64), np.zeros(end - start, np.uint64)
    for row, found in ((counts, lists.repeats(start, end)), (titles, lists.titles(start, end))):
        row[found.places] = found.numbers
    of_term = np.repeat(terms, np.diff(starts))
    _put(lanes, documents, of_term, (counts << np.uint64(32)) | titles)
    if lists.has_ordinals:
        counts = counts.astype(np.int64)
        at = lists.first_occurrence(start) + np.arange(counts.sum())
        marks = lists.begins(int(at[0]), int(at[-1]) + 1)
        places = (lists.ordinals(at).astype(np.uint64) << np.uint64(1)) | marks
        _put(lanes, documents.repeat(counts), _mixed(of_term).repeat(counts), places)


def _put(lanes: list[Array], documents: Array, terms: Array, numbers: Array) -> None:
    """Add what each term and number are mixed to, to the lanes of its document."""
    mixed = _mixed(terms + np.uint64(_C) * numbers)
    np.add.at(lanes[0], documents, mixed)
    np.add.at(lanes[1], documents, _mixed(mixed + np.uint64(_D)))


def _pairs(segment: Segment) -> Array:
    return _mixed(segment.pairs.keys() + np.uint64(_C))


def _units(segment: Segment) -> Array:
    ends = segment.units.ends()

    def points(first: int, last: int) -> tuple[Array, Array]:
        text = np.frombuffer(segment.units.text, np.uint8)[ends[first] : ends[last]]
        return text, ends[first : last + 1] - ends[first]

    return _strings(len(segment.units), points)


def _words(segment: Segment) -> Array:
    return _strings(len(segment.words), segment.words.points)


def _strings(count: int, points: Callable[[int, int], tuple[Array, Array]]) -> Array:
    """Return a number of each term; `points` gives its elements in a row, and where each begins.

    That is mix(length + C · the sum of mix(place in the term << 32 | element)).
    """
    found = [np.zeros(0, np.uint64)]
    for first in range(0, count, AT_ONCE):
        row, ends = points(first, min(first + AT_ONCE, count))
        lengths = np.diff(ends).astype(np.int64)
        places = np.arange(len(row)) - ends[:-1].repeat(lengths)
        mixed = _mixed((places.astype(np.uint64) << np.uint64(32)) | row.astype(np.uint64))
        sums = np.add.reduceat(mixed, ends[:-1], dtype=np.uint64)
        found.append(_mixed(lengths.astype(np.uint64) + np.uint64(_C) * sums))
    return np.concatenate(found)


def _mixed(numbers: Array) -> Array:
    """Return what SplitMix64 makes of numbers of 64 bits."""
    mixed: Array = numbers.astype(np.uint64)
    for shift, factor in _SHIFTS_AND_FACTORS:
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    return mixed
