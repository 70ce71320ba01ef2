"""Plain text: one article a file."""

from collections.abc import Iterator

from search.reading.article import article
from search.reading.decode import decode
from search.reading.format import Limit, Place, Reading


class TextFormat:
    """Reads `.txt`."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)
    limit: Limit = "file_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file as one article."""
        yield article(decode(raw, place).text, place)
