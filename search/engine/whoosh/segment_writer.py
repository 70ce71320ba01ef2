"""Whoosh's segment writer, with the terms of our fields collected as arrays.

What is merged are whole arrays too: adding ten documents to many merges no posting one by one.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import TOC, clean_files
from whoosh.writing import SegmentWriter

from search.engine.whoosh.codec import ArrayTermsReader
from search.engine.whoosh.inversion import Array, Inverter, PostingLists, merge
from search.engine.whoosh.schema import TERM_FIELDS

Part = tuple[PostingLists, Array]


class ArraySegmentWriter(SegmentWriter):  # type: ignore[misc]  # whoosh ships no types
    """Writes one segment; `add_terms` before each `add_document`."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._inverters = {field: Inverter() for field in TERM_FIELDS}
        self._merged: dict[str, list[Part]] = {field: [] for field in TERM_FIELDS}

    def add_terms(self, terms: Mapping[str, Sequence[str]]) -> None:
        """Add the terms of the document that is added next, by field."""
        for field, found in terms.items():
            self._inverters[field].add(self.docnum, found)

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Any) -> None:
        """Take over the postings of a segment that is merged into this one."""
        terms = reader._terms  # Whoosh gives no other way to the codec's own reader
        assert isinstance(terms, ArrayTermsReader)
        numbers = np.arange(startdoc, startdoc + reader.doc_count_all(), dtype=np.int64)
        if docmap is not None:
            numbers[:] = -1
            numbers[list(docmap)] = list(docmap.values())
        for field, lexicon in terms.lexicons.items():
            self._merged[field].append((lexicon.lists(), numbers))
        items = self._process_posts(_other_postings(reader), startdoc, docmap)
        for item in items:
            self.pool.add(item)

    def _commit_toc(self, segments: Any) -> None:
        """Make the new table of contents, and all that it names, durable before the old one goes.

        Whoosh syncs nothing and removes the old table and its segments at once: after a loss of
        power neither might be whole.
        """
        folder = Path(self.storage.folder)
        for path in folder.glob(f"{self.indexname}_*"):
            sync(path)
        table = TOC(self.schema, segments, self.generation)
        table.write(self.storage, self.indexname)
        sync(folder / TOC._filename(self.indexname, self.generation))
        sync(folder)
        clean_files(self.storage, self.indexname, self.generation, segments)

    def _flush_segment(self) -> None:
        """Hand the posting lists to the codec with the rest."""
        self.fieldwriter.lists = {field: self._lists(field) for field in TERM_FIELDS}
        super()._flush_segment()

    def _lists(self, field: str) -> PostingLists:
        added = self._inverters[field].invert()
        if not self._merged[field]:
            return added
        numbers = np.arange(self.docnum, dtype=np.int64)
        return merge([(added, numbers), *self._merged[field]])


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except (PermissionError, FileNotFoundError):  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _other_postings(reader: Any) -> Iterator[tuple[str, bytes, int, float, bytes]]:
    """Yield the postings of the fields that are not ours, as Whoosh's pool takes them."""
    for field, text in reader._terms.others.terms():
        matcher = reader.postings(field, text)
        while matcher.is_active():
            yield field, text, matcher.id(), matcher.weight(), matcher.value()
            matcher.next()
