"""An article made of its text and of what its file says about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.document import Document
from search.reading.dateline import date_of_address, date_of_path, with_year
from search.reading.dates import date_in
from search.reading.format import Place
from search.reading.frame import Frame, frame_of
from search.reading.title import found_title

# Of a query only what is wholly a date is one of the page, as in ?issue=20131007: the rest has
# numbers of many kinds, dates of newsletters among them, as in ?cmp=newsltr_20161130.
_OTHER_PARAMETER = re.compile(
    r"[?&#][^=&#]*(?:=(?!(?:19|20)[0-9]{2}[-_./]?[0-9]{1,2}[-_./]?[0-9]{1,2}(?:[&#]|\Z))[^&#]*"
    r"|(?=[&#]|\Z))"
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file says of its article outside the text; nothing where it says nothing."""

    title: str = ""
    author: str = ""
    date: str = ""  # as it is written there
    url: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    created: str = ""  # when the file was made: the date only where nothing else gives one
    start: int = 0  # where in the body the article begins, behind its front matter


NO_HINTS = Hints()


def article(body: str, place: Place, hints: Hints = NO_HINTS) -> Document:
    """Return the article of a text, what the hints leave open taken from the text itself.

    `metadata["inferred"]` names what is a guess: the title that is a first sentence, the author
    and the date that no label, header or front matter calls so.
    """
    frame = frame_of(body, hints.start)
    guesses = set()
    metadata = {**frame.metadata, **hints.metadata}
    title = hints.title or frame.title
    if not title:
        found = found_title(body, hints.start)
        title = found.text
        guesses |= {"title"} if found.is_sentence else set()
    if not hints.author:
        guesses |= frame.guessed & {"author"}
    date = date_in(hints.date)
    if hints.date and not date:
        metadata.setdefault("date", hints.date)
    if not date:
        date, is_guess = _dated(frame, hints.url, metadata, place)
        if not date and (date := date_in(hints.created)):
            is_guess = True
        guesses |= {"date"} if is_guess else set()
    if guesses:
        metadata["inferred"] = ",".join(sorted(guesses))
    return Document(
        id=place.id,
        title=title,
        body=body,
        author=hints.author or frame.author,
        date=date,
        source=place.source,
        path=place.path,
        metadata=metadata,
    )


def _dated(frame: Frame, url: str, metadata: Mapping[str, str], place: Place) -> tuple[str, bool]:
    """Return the date that the text, else the place of an article gives, and if it is a guess."""
    if frame.date:
        return frame.date, "date" in frame.guessed
    known = _date_of_place(place, (url, metadata.get("url", ""), metadata.get("via", "")))
    date = with_year(frame.month_day, known) if frame.month_day else known
    return date, bool(date)


def _date_of_place(place: Place, addresses: Iterable[str]) -> str:
    """Return the date in an address, else that in the file's name, or that if it says more."""
    pages = (_OTHER_PARAMETER.sub("", address) for address in addresses)
    addressed = next(filter(None, map(date_of_address, pages)), "")
    of_path = date_of_path(place.id)
    return of_path if of_path.startswith(addressed) else addressed
