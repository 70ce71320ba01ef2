"""From a file that was found to the documents in it."""

from collections.abc import Iterator
from pathlib import Path

from search.config import ReadingSettings
from search.errors import UnreadableArticleError
from search.reading.failures import failure_of, unknown_kind
from search.reading.formats import Place, Reading, format_of
from search.reading.walk import SourceFile

USUAL = ReadingSettings()


def load(file: SourceFile) -> bytes:
    """Return the bytes of `file`, or raise an `UnreadableArticleError` with a plain cause."""
    try:
        return Path(file.path).read_bytes()
    except OSError as err:
        raise failure_of(file.id, err) from None


def documents(file: SourceFile, raw: bytes, settings: ReadingSettings = USUAL) -> Iterator[Reading]:
    """Yield the articles in `raw`, the bytes of `file`, and an error for each that is none."""
    reader = format_of(file.path)
    if reader is None:
        yield unknown_kind(file.id)
        return
    try:
        yield from reader.read(raw, Place(file.id, file.id, file.path, settings))
    except UnreadableArticleError as error:
        yield error
