"""From a file that was found to the documents in it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search.config import USUAL, ReadingSettings
from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.beginning import LOOKED_AT, refuse_unread
from search.reading.failures import changed, failure_of, too_large, unknown_kind
from search.reading.format import Format
from search.reading.formats import Place, Reading, format_of, suffix_of, suffixes
from search.reading.walk import SourceFile

_MB = 1 << 20


def load(file: SourceFile, settings: ReadingSettings = USUAL) -> bytes:
    """Return the bytes of `file`, or raise an `UnreadableArticleError` with a plain cause.

    One that is larger than its kind may be is not read at all, and one that cannot hold an article
    no further than tells so.
    """
    reader = format_of(file.path)
    limit = getattr(reader, "limit", "file_mb")
    most_mb: int = getattr(settings.limits, limit)
    path = Path(file.path)
    try:
        before = path.stat()
        if before.st_size > most_mb * _MB:
            raise too_large(file.id, -(-before.st_size // _MB), most_mb, limit)
        if reader and before.st_size > LOOKED_AT:
            refuse_unread(path, reader, file.id, settings.limits)
        raw = path.read_bytes()
        after = path.stat()
    except OSError as err:
        raise failure_of(file.id, err) from None
    if not len(raw) == before.st_size == after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise changed(file.id)
    return raw


def documents(
    file: SourceFile,
    raw: bytes,
    settings: ReadingSettings = USUAL,
    skipped: Counter[str] | None = None,
) -> Iterator[Reading]:
    """Yield the articles in `raw`, the bytes of `file`, and an error for each that is none.

    `skipped` counts the files in an archive whose kind is not read, by suffix.
    """
    reader = format_of(file.path)
    if reader is None:
        yield unknown_kind(file.id, suffix_of(file.id), suffixes())
        return
    place = Place(file.id, file.id, file.path, settings, Counter() if skipped is None else skipped)
    try:
        yield from reader.read(raw, place)
    except UnreadableArticleError as error:
        yield error
    except Exception as error:  # a parser's own fault must not end the run of all the others
        yield _fallen(file.id, reader, error)


def _fallen(source: str, reader: Format, error: Exception) -> UnreadableArticleError:
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return UnreadableArticleError(
        source,
        message(
            "the reader of {name} fell over it: {said}", name=reader.name, said=said.splitlines()[0]
        ),
        message("convert it to another format, and tell us of it"),
    )
