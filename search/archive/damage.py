"""What looks broken in an article, for the report of an index run."""

from search.archive.report import DamageNote
from search.document import Document
from search.text import damage_in


def damage_notes(document: Document) -> list[DamageNote]:
    """Return a note for each place that looks broken, a date that cannot be read included."""
    body = document.body
    notes = []
    if written := document.metadata.get("date"):
        reason = "a date that cannot be read, so the article has none"
        notes.append(DamageNote(document.id, 1, written[:40], reason))
    for place in damage_in(body):
        line = body.count("\n", 0, place.start) + 1
        text = body[place.start : place.end]
        notes.append(DamageNote(document.id, line, text, place.reason))
    return notes
