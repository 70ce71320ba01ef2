"""A file that is one article, whatever its format: its text is the body."""

from collections.abc import Callable, Iterator

from search.document import Document
from search.errors import UnreadableArticleError
from search.reading.decode import decode
from search.reading.format import Place, Reading


def whole_file(raw: bytes, place: Place, title_of: Callable[[str], str]) -> Iterator[Reading]:
    """Yield the one article of the file, the file's text its body, or why there is none."""
    try:
        body = decode(raw, place.source)
    except UnreadableArticleError as err:
        yield err
    else:
        yield Document(
            id=place.id, title=title_of(body), body=body, source=place.source, path=place.path
        )
