"""Writing analysed documents into Whoosh segments, the manifest beside them in the same commit."""

import json
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex

from search.analysis import AnalyzedDocument
from search.engine.whoosh.schema import TEXTS, length_of

POOL_MEGABYTES = 256  # of postings held before Whoosh writes a sorted run to disk


class WhooshWriter:
    """An `IndexWriter`; Whoosh's own lock keeps it the only one."""

    def __init__(self, index: FileIndex, folder: Path) -> None:
        self._index = index
        self._folder = folder
        self._writer = index.writer(limitmb=POOL_MEGABYTES)

    def write(self, documents: Iterable[AnalyzedDocument]) -> None:
        """Add documents; their ids are not in the index, or were deleted by this writer."""
        for analyzed in documents:
            self._writer.add_document(**_fields(analyzed))

    def delete(self, document_ids: Collection[str]) -> None:
        """Take the documents with these ids out; ids that are not there are passed over."""
        if not document_ids:
            return
        with self._index.reader() as reader:
            for document_id in document_ids:
                if ("id", document_id) in reader:
                    for number in list(reader.postings("id", document_id).all_ids()):
                        self._writer.delete_document(number)

    def commit(self, manifest: bytes) -> None:
        """Make all changes and `manifest` visible at once.

        The manifest is written under the number that Whoosh's table of contents is about to take;
        as long as that is not in place, readers go on with the number before.
        """
        generation = self._writer.generation
        _write_durably(manifest_path(self._folder, generation), manifest)
        self._writer.commit()
        for old in self._folder.glob("manifest-*.json"):
            if old != manifest_path(self._folder, generation):
                old.unlink(missing_ok=True)

    def cancel(self) -> None:
        """Drop all changes."""
        self._writer.cancel()


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
        "heading": json.dumps(heading, ensure_ascii=False).encode("utf-8"),
        "characters": len(document.body),
    }
    for name in TEXTS:
        text = getattr(analyzed, name)
        fields[name] = getattr(document, name).encode("utf-8")
        fields[f"{name}_folded"] = text.folded.text.encode("utf-8")
        fields[f"{name}_offsets"] = text.folded.offsets.to_bytes()
        for kind in ("words", "grams"):
            terms = getattr(text, kind)
            fields[f"{name}_{kind}"] = terms
            fields[length_of(f"{name}_{kind}")] = len(terms)
    return fields
