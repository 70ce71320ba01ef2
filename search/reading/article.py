"""An article made of its text and of what its file says about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.document import Document
from search.reading.format import Place
from search.reading.title import title_of


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file says of its article outside the text; nothing where it says nothing."""

    title: str = ""
    author: str = ""
    date: str = ""  # as it is written there
    url: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)


NO_HINTS = Hints()


def article(body: str, place: Place, hints: Hints = NO_HINTS) -> Document:
    """Return the article of a text, what the hints leave open taken from the text itself."""
    return Document(
        id=place.id,
        title=hints.title or title_of(body),
        body=body,
        author=hints.author,
        source=place.source,
        path=place.path,
        metadata=hints.metadata,
    )
