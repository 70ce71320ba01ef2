"""An index run that reads everything and takes up its own part of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from search.archive.indexing import IndexRun
from search.archive.manifest import Owner
from search.archive.part import Part
from search.document import Document
from search.errors import UnreadableArticleError
from search.reading import SourceFile


class PartRun(IndexRun):
    """Of equal ids all are of one part, so each tells by itself whose the document is.

    A source that lies elsewhere on this machine is noted as lying where it does for all parts.
    """

    remembers_empty = True  # other parts have its documents, and are compared with this one

    def __init__(self, part: Part, places: Mapping[str, str], *given: Any) -> None:
        super().__init__(*given)
        self._part = part
        self._places = places  # of sources: where they lie for all parts → where on this machine

    def _read(
        self, file: SourceFile, raw: bytes, owner: Owner
    ) -> Iterator[Document | UnreadableArticleError]:
        here = self._places[owner.source]
        for found in super()._read(file, raw, owner):
            if not isinstance(found, Document):
                yield found
            elif self._part.holds(found.id):
                path = found.path
                if here != owner.source:
                    path = owner.source + path.removeprefix(here)
                yield replace(found, path=path)
