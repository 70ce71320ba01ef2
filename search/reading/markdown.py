"""Markdown: one article a file, its source text kept as the body."""

from collections.abc import Iterator

from search.reading.article import whole_file
from search.reading.format import Place, Reading
from search.reading.title import heading_of, title_of


class MarkdownFormat:
    """Reads `.md` and `.markdown`."""

    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file as one article; a heading at its beginning is its title, however long."""
        return whole_file(raw, place, lambda body: heading_of(body) or title_of(body))
