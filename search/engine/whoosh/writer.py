"""Writing analysed documents into Whoosh segments, the manifest beside them in the same commit."""

import json
import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.reading import IndexReader as WhooshIndexReader

from search.analysis import AnalyzedDocument
from search.engine.whoosh.codec import ArrayCodec
from search.engine.whoosh.damage import damage_told_from_failed_writes
from search.engine.whoosh.schema import KINDS, TEXTS, length_of
from search.engine.whoosh.segment_writer import ArraySegmentWriter


class WhooshWriter:
    """An `IndexWriter`.

    The archive's lock keeps it the only one. Whoosh's own is left out: after a commit that failed
    it would stay held.
    """

    def __init__(self, index: FileIndex, folder: Path) -> None:
        self._index = index
        self._folder = folder
        with damage_told_from_failed_writes(folder.name):
            self._writer = ArraySegmentWriter(index, codec=ArrayCodec(), _lk=False)

    def write(self, documents: Iterable[AnalyzedDocument]) -> None:
        """Add documents; their ids are not in the index, or were deleted by this writer."""
        for analyzed in documents:
            self._writer.add_terms(_terms(analyzed))
            self._writer.add_document(**_fields(analyzed))

    def delete(self, document_ids: Collection[str]) -> None:
        """Take the documents with these ids out; ids that are not there are passed over."""
        with damage_told_from_failed_writes(self._folder.name):
            for document_id in document_ids:
                if ("id", document_id) in self._before:
                    for number in list(self._before.postings("id", document_id).all_ids()):
                        self._writer.delete_document(number)

    @cached_property
    def _before(self) -> WhooshIndexReader:
        """The documents committed so far."""
        return self._index.reader()

    def commit(self, manifest: bytes) -> None:
        """Make all changes and `manifest` visible at once.

        The manifest is written under the number that Whoosh's table of contents is about to take;
        as long as that is not in place, readers go on with the number before.
        """
        generation = self._writer.generation
        _write_durably(manifest_path(self._folder, generation), manifest)
        with damage_told_from_failed_writes(self._folder.name):
            self._writer.commit()
        self._tidy_up(keep=manifest_path(self._folder, generation))

    def cancel(self) -> None:
        """Drop all changes; what a failed commit left half written goes with the next one."""
        with suppress(Exception):  # a writer that failed in the middle may fail at closing too
            self._writer.cancel()
        table = TOC._filename(self._writer.indexname, self._writer.generation)
        if (self._folder / table).exists():
            return  # the commit was made before it failed: its segment is live
        for left in self._folder.glob(f"{self._writer.newsegment.segment_id()}*"):
            with suppress(OSError):
                left.unlink(missing_ok=True)

    def _tidy_up(self, keep: Path) -> None:
        """Take away the manifests before, and what runs that were killed have left."""
        for pattern in ("manifest-*.json", "_MAIN_*.toc.*"):
            for left in self._folder.glob(pattern):
                if left != keep:
                    with suppress(OSError):  # the commit is made; what is left goes with the next
                        left.unlink(missing_ok=True)


def manifest_path(folder: Path, generation: int) -> Path:
    """Return where the manifest of Whoosh's commit number `generation` lies."""
    return folder / f"manifest-{generation}.json"


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _fields(analyzed: AnalyzedDocument) -> dict[str, Any]:
    document = analyzed.document
    heading = {
        "author": document.author,
        "source": document.source,
        "path": document.path,
        "metadata": dict(document.metadata),
    }
    fields: dict[str, Any] = {
        "id": document.id,
        "date": document.date.encode("utf-8"),
        # Paths may hold surrogates: bytes of a name that are not UTF-8.
        "heading": json.dumps(heading, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        "characters": len(document.body),
    }
    for name in TEXTS:
        text = getattr(analyzed, name)
        fields[name] = getattr(document, name).encode("utf-8")
        fields[f"{name}_folded"] = text.folded.text.encode("utf-8")
        fields[f"{name}_offsets"] = text.folded.offsets.to_bytes()
    for name, terms in _terms(analyzed).items():
        fields[length_of(name)] = len(terms)
    return fields


def _terms(analyzed: AnalyzedDocument) -> dict[str, Sequence[str]]:
    """Return the terms of each term field."""
    return {
        f"{name}_{kind}": getattr(getattr(analyzed, name), kind) for name in TEXTS for kind in KINDS
    }
