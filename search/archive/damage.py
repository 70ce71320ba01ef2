"""What looks broken in an article, for the report of an index run."""

from search.archive.report import DamageNote
from search.document import Document
from search.text import damage_in

_SHOWN_CHARS = 40


def damage_notes(document: Document) -> list[DamageNote]:
    """Return a note for each place that looks broken, a date that cannot be read included."""
    body = document.body
    notes = []
    if written := document.metadata.get("date"):
        reason = "a date that cannot be read, so the article has none"
        place = document.place
        notes.append(DamageNote(document.id, 1, written[:_SHOWN_CHARS], reason, place))
    line, counted = 1, 0
    for damage in damage_in(body):
        line, counted = line + body.count("\n", counted, damage.start), damage.start
        text = body[damage.start : min(damage.end, damage.start + _SHOWN_CHARS)]
        place = document.at or f"{document.source}:{line}"
        notes.append(DamageNote(document.id, line, _visible(text), damage.reason, place))
    return notes


def _visible(text: str) -> str:
    r"""Return `text` as it can be shown on any terminal, what cannot as `\x1b`."""
    return text if text.isprintable() else ascii(text)[1:-1]
