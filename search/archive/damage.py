"""What looks broken in an article, for the report of an index run."""

from search.archive.report import DamageNote
from search.document import Document
from search.messages import message
from search.reading.dates import date_in
from search.text import damage_in

_SHOWN_CHARS = 40


def damage_notes(document: Document) -> list[DamageNote]:
    """Return a note for each place that looks broken, a date that cannot be read included."""
    body = document.body
    notes = []
    if written := _unread_date(document):
        taken = message("the article has none")
        if document.date:
            taken = message("{date} was taken instead", date=document.date)
        reason = message("a date that cannot be read, so {taken}", taken=taken)
        text, place = _visible(written[:_SHOWN_CHARS]), document.place
        notes.append(DamageNote(document.id, 1, text, reason, place))
    line, counted = 1, 0
    for damage in damage_in(body):
        line, counted = line + body.count("\n", counted, damage.start), damage.start
        text = body[damage.start : min(damage.end, damage.start + _SHOWN_CHARS)]
        place = document.at or f"{document.source}:{line}"
        notes.append(DamageNote(document.id, line, _visible(text), damage.reason, place))
    return notes


def _unread_date(document: Document) -> str:
    """Return what was given as the date and is none.

    Where the article's date is another field, one that is called so is not meant as it.
    """
    written = document.metadata.get("date", "")
    is_stated = document.date and "date" not in document.metadata.get("inferred", "").split(",")
    return "" if is_stated or date_in(written) else written


def _visible(text: str) -> str:
    r"""Return `text` as it can be shown on any terminal, what cannot as `\x1b`."""
    return text if text.isprintable() else ascii(text)[1:-1]
