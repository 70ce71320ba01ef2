"""What an index run looks for in an article beside its terms, where its terms are made."""

from collections.abc import Sequence
from typing import NamedTuple

from search.archive.damage import damage_notes
from search.archive.report import DamageNote
from search.archive.reprint_run import is_record
from search.archive.signatures import signature
from search.document import Document


class Examined(NamedTuple):
    """What was found in a document."""

    id: str
    signature: bytes  # nothing of a record, nor of a text without characters
    damage: list[DamageNote]


def examine(documents: Sequence[Document]) -> list[Examined]:
    """Return of each document its signature and what looks broken in it."""
    return [Examined(d.id, _signature(d), damage_notes(d)) for d in documents]


def _signature(document: Document) -> bytes:
    if is_record(document.id, document.source):
        return b""
    return signature(document.title, document.body)
