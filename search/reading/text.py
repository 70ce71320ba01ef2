"""Plain text: one article a file."""

from collections.abc import Iterator

from search.reading.article import whole_file
from search.reading.format import Place, Reading
from search.reading.title import title_of


class TextFormat:
    """Reads `.txt`."""

    suffixes: tuple[str, ...] = (".txt",)

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file as one article."""
        return whole_file(raw, place, title_of)
