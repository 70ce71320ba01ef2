"""Whoosh's segment writer over our segments: documents by the batch, merges by whole arrays.

Segments are written when what waits has grown to the memory that is allowed, and at the commit.
Then small ones are merged: a segment is of a tier by its documents, each tier eight times as large
as the one before, and a tier that has eight is merged. So adding ten articles to any archive costs
what the last few additions cost, and each document is written again at most once a tier.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.writing import SegmentWriter

from search.analysis.batch import Batch
from search.engine.whoosh.allocation import keep_memory
from search.engine.whoosh.article_writer import ArticleWriter
from search.engine.whoosh.codec import opened
from search.engine.whoosh.committing import publish, tidy
from search.engine.whoosh.inversion import Inverted, Inverter
from search.engine.whoosh.lengths import LengthWriter
from search.engine.whoosh.merging import merge
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segment import EXTENSION
from search.engine.whoosh.segment_file import inverted, write_segment

MEMORY = 512 << 20  # bytes that may wait before a segment is written
TIER = 8
SMALLEST_TIER = 64  # documents
MOST_MERGED = 256 << 20  # bytes of the segments that are made one: it is done in memory


class ArraySegmentWriter(SegmentWriter):  # type: ignore[misc]  # whoosh ships no types
    """Writes segments; changes are visible after `commit`."""

    def __init__(
        self, *arguments: Any, memory: int = MEMORY, threads: int = 1, **named: Any
    ) -> None:
        super().__init__(*arguments, compound=False, **named)
        if threads > 1:
            keep_memory()
        self._memory = memory
        self._threads = threads
        self.written: list[Any] = []  # segments of this writer
        self._begin()

    def add_batch(self, batch: Batch) -> None:
        """Add the documents of a batch."""
        self._inverter.add(batch)
        self._articles.add(batch.documents, batch.foldings)
        self._lengths.add(batch)
        if self._inverter.memory + self._articles.memory > self._memory:
            self._write_waiting()

    def commit(self, manifest: bytes | None = None, optimize: bool = False) -> None:
        """Make all changes and the manifest durable, and visible at once.

        `optimize` merges all segments into one.
        """
        self._check_state()
        self._write_waiting()
        segments = [*self.segments, *self.written]
        segments = [s for s in segments if s.doc_count()]
        for group in [segments] if optimize and segments else groups_to_merge(segments, self._size):
            segments = [s for s in segments if s not in group]
            segments.append(self._merged(group))
        # The largest first: a merge keeps the order of its segments.
        segments.sort(key=lambda segment: -segment.doc_count_all())
        self._close_segment()
        folder = Path(self.storage.folder)
        made = publish(folder, self.generation, segments, manifest)
        self._finish()
        tidy(folder, made)

    def _begin(self) -> None:
        folder = Path(self.storage.folder)
        self._inverter = Inverter(folder)
        self._articles = ArticleWriter(folder)
        self._lengths = LengthWriter()

    def _write_waiting(self) -> None:
        count = self._inverter.documents
        if count:
            others = {**self._articles.sections(), **self._lengths.sections()}
            terms = self._inverter.invert(self._threads)
            self._begin()  # first: what was collected need not stay while a segment is written
            self._write(terms, others, count)

    def _write(self, inverted: Inverted, others: dict[str, Any], documents: int) -> Any:
        segment = self.codec.new_segment(self.storage, self.indexname)
        segment.set_doc_count(documents)
        self.written.append(segment)  # first: a write that fails leaves a part to take away
        segment.seal = write_segment(
            self._path(segment), inverted, others, documents, self._threads
        )
        return segment

    def _merged(self, segments: Sequence[Any]) -> Any:
        """Return a new segment of all documents of others that are not deleted."""
        articles, lengths = ArticleWriter(Path(self.storage.folder)), LengthWriter()
        parts: list[tuple[Inverted, Array]] = []
        count = 0
        for segment in segments:
            read = opened(self.storage, segment)
            live = np.ones(read.documents, bool)
            live[list(segment.deleted_docs())] = False
            kept = np.flatnonzero(live).tolist()
            numbers = np.where(live, np.cumsum(live) - 1 + count, -1)
            parts.append((inverted(read), numbers))
            lengths.add_lengths({name: row[live] for name, row in read.lengths().items()})
            for at in range(0, len(kept), 4096):
                some = kept[at : at + 4096]
                foldings = [f for number in some for f in read.articles.foldings(number)]
                articles.add([read.articles.document(number) for number in some], foldings)
            count += len(kept)
        return self._write(merge(parts), {**articles.sections(), **lengths.sections()}, count)

    def _size(self, segment: Any) -> int:
        return self._path(segment).stat().st_size

    def _path(self, segment: Any) -> Path:
        return Path(self.storage.folder) / str(segment.make_filename(EXTENSION))


def groups_to_merge(segments: Sequence[Any], size_of: Callable[[Any], int]) -> list[list[Any]]:
    """Return the groups of segments that are to become one each; `size_of` tells their bytes."""
    tiers = defaultdict(list)
    for segment in segments:
        tier, size = 0, SMALLEST_TIER
        while segment.doc_count() > size:
            tier, size = tier + 1, size * TIER
        tiers[tier].append(segment)
    groups = []
    for found in tiers.values():
        if len(found) >= TIER or any(map(_mostly_deleted, found)):
            group = _within_bounds(found, size_of)
            # One alone would be written again as it is, at every commit.
            if len(group) > 1 or _mostly_deleted(group[0]):
                groups.append(group)
    return groups


def _mostly_deleted(segment: Any) -> bool:
    return bool(segment.deleted_count() * 2 > segment.doc_count_all())


def _within_bounds(segments: Sequence[Any], size_of: Callable[[Any], int]) -> list[Any]:
    """Return the smaller of the segments, as many as one may be made of."""
    chosen: list[Any] = []
    size = 0
    for segment in sorted(segments, key=size_of):
        size += size_of(segment)
        if chosen and size > MOST_MERGED:
            break
        chosen.append(segment)
    return chosen
