"""Markdown: one article a file, its source text kept as the body, front matter and all."""

import re
from collections.abc import Iterator

from search.reading.article import Hints, article
from search.reading.byline import without_note
from search.reading.decode import decode, encoding_metadata
from search.reading.format import Limit, Place, Reading
from search.reading.front_matter import front_matter
from search.reading.labels import plain
from search.reading.names import listed, people
from search.reading.title import heading_of

# What generators of sites and writers call the same things, in the order of trust.
_NAMES = {
    "title": ("title", "标题", "標題"),
    "author": ("author", "authors", "作者", "by"),
    "date": ("date", "日期", "publishdate", "pubdate", "published", "created", "发布时间"),
    "url": ("url", "permalink", "link"),
}
_NAME_CHARS = 80
_ADDRESS = re.compile(r"\s*[<(]?(https?://[^\s>)]+)[>)]?.*\Z")


class MarkdownFormat:
    """Reads `.md` and `.markdown`."""

    name = "Markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")
    limit: Limit = "file_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file as one article; a heading at its beginning is its title, however long."""
        decoded = decode(raw, place)
        yield article(decoded.text, place, _hints(decoded.text, encoding_metadata(decoded)))


def _hints(body: str, metadata: dict[str, str]) -> Hints:
    values, start = front_matter(body)
    values |= metadata
    found = {name: _taken(values, spellings) for name, spellings in _NAMES.items()}
    author, author_url = _person(found["author"])
    if author_url:
        values["author_url"] = author_url
    if len(author) > _NAME_CHARS:  # what its author is and does
        values["author"], author = author, ""
    return Hints(
        title=found["title"] or heading_of(body, start),
        author=author,
        date=found["date"],
        url=found["url"],
        metadata=values | ({"url": found["url"]} if found["url"] else {}),
        start=start,
    )


def _taken(values: dict[str, str], spellings: tuple[str, ...]) -> str:
    """Return the first value of one of these names and take it, and the others alike, out."""
    there = {name.lower(): name for name in values}
    for spelling in spellings:
        if spelling in there:
            return values.pop(there[spelling])
    return ""


def _person(written: str) -> tuple[str, str]:
    """Return a name without its address, and the address.

    >>> _person("Dimitrios Savvopoulos https://itsfoss.com/author/dimitrios/")
    ('Dimitrios Savvopoulos', 'https://itsfoss.com/author/dimitrios/')
    """
    found = _ADDRESS.search(written)
    name = without_note(plain(written[: found.start()] if found else written))
    names = people(name)
    return listed(names) if names else name, found[1] if found else ""
