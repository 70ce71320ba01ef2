"""Markdown: one article a file, its source text kept as the body."""

import re
from collections.abc import Iterator

from search.reading.article import Hints, article
from search.reading.decode import decode
from search.reading.format import Place, Reading
from search.reading.title import heading_of, title_of

_front_matter = re.compile(r"\A\s*---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*(?:\r?\n|\Z)")


class MarkdownFormat:
    """Reads `.md` and `.markdown`."""

    name = "Markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file as one article; a heading at its beginning is its title, however long."""
        body = decode(raw, place).text
        yield article(body, place, Hints(title=_title(body)))


def _title(body: str) -> str:
    """Return the title of a Markdown body, looked for behind the front matter if there is one."""
    text = _front_matter.sub("", body, count=1)
    return heading_of(text) or title_of(text) or title_of(body)
