"""Plain text: one article a file."""

from collections.abc import Iterator

from search.reading.article import Hints, article
from search.reading.decode import decode, encoding_metadata
from search.reading.format import Limit, Place, Reading


class TextFormat:
    """Reads `.txt`."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)
    limit: Limit = "file_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file as one article."""
        decoded = decode(raw, place)
        yield article(decoded.text, place, Hints(metadata=encoding_metadata(decoded)))
