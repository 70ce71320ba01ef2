"""Writing analysed documents into Whoosh segments, the manifest beside them in the same commit."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from search.analysis.batch import Batch
from search.analysis.batching import Batching
from search.document import Document
from search.engine.whoosh import table
from search.engine.whoosh.codec import ArrayCodec
from search.engine.whoosh.committing import tidy
from search.engine.whoosh.damage import damage_told_from_failed_writes
from search.engine.whoosh.segment import EXTENSION, Segment
from search.engine.whoosh.segment_writer import ArraySegmentWriter
from search.engine.whoosh.table_index import TableIndex


class WhooshWriter:
    """An `IndexWriter`.

    The archive's lock keeps it the only one. Whoosh's own is left out: after a commit that failed
    it would stay held.
    """

    def __init__(self, index: TableIndex, folder: Path, batching: Batching) -> None:
        self._index = index
        self._folder = folder
        self._batching = batching
        with damage_told_from_failed_writes(folder.name):
            tidy(folder, table.read(folder, index.latest_generation()))
            self._writer = ArraySegmentWriter(
                index, codec=ArrayCodec(), _lk=False, threads=batching.jobs
            )

    def write(self, documents: Iterable[Document]) -> None:
        """Add documents; their ids are not in the index, or were deleted by this writer."""
        self._add(self._batching.add(documents))

    def delete(self, document_ids: Collection[str]) -> None:
        """Take the documents with these ids out; ids that are not there are passed over."""
        with damage_told_from_failed_writes(self._folder.name):
            for document_id in document_ids:
                raw = document_id.encode("utf-8", "surrogatepass")
                for segment, offset in self._before:
                    number = segment.articles.find(raw)
                    if number is not None:
                        self._writer.delete_document(number + offset)

    @cached_property
    def _before(self) -> list[tuple[Segment, int]]:
        """The segments committed so far, and the number of each one's first document."""
        leaves = self._index.reader().leaf_readers()
        return [(leaf._terms.segment, offset) for leaf, offset in leaves if leaf.doc_count_all()]

    def flush(self) -> None:
        """Have all documents analysed that were written so far, and what is done aside with it."""
        self._add(self._batching.rest())

    def commit(self, manifest: bytes) -> None:
        """Make all changes and `manifest` visible at once."""
        self.flush()
        with damage_told_from_failed_writes(self._folder.name):
            self._writer.commit(manifest)

    def _add(self, batches: Iterable[Batch]) -> None:
        """Add batches, and keep none: the last would be in memory beside what a commit makes."""
        for batch in batches:
            self._writer.add_batch(batch)

    def cancel(self) -> None:
        """Drop all changes; what a failed commit left half written goes with the next one."""
        self._batching.close()
        with suppress(Exception):  # a writer that failed in the middle may fail at closing too
            self._writer.cancel()
        if table.path_of(self._folder, self._writer.generation).exists():
            return  # the commit was made before it failed: its segment is live
        for segment in self._writer.written:
            with suppress(OSError):
                (self._folder / segment.make_filename(EXTENSION)).unlink(missing_ok=True)
