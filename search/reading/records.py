"""JSON Lines: one article a line, each with the id it carries."""

import codecs
import io
from collections.abc import Iterator

from search.errors import UnreadableArticleError
from search.reading.beginning import long_line
from search.reading.decode import (
    binary_file,
    decode_utf8,
    empty_file,
    mostly_control,
    refuse_utf16,
)
from search.reading.format import Limit, Place, Reading
from search.reading.record import document_of


class RecordsFormat:
    """Reads `.jsonl`."""

    name = "JSON Lines"
    suffixes: tuple[str, ...] = (".jsonl",)
    limit: Limit = "records_mb"
    line_limit: Limit = "file_mb"  # a line is an article

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield each record as it is reached; a bad line gives an error and the next is read."""
        _refuse(raw, place.source)
        most_mb = place.settings.limits.file_mb
        for number, line in enumerate(io.BytesIO(raw), start=1):
            if not line.isspace():
                at = f"{place.source}:{number}"
                if len(line) > most_mb << 20:
                    yield long_line(at, most_mb)
                    continue
                reading = _reading(line, place, at)
                if reading is not None:
                    yield reading


def _refuse(raw: bytes, source: str) -> None:
    """Raise for a file that is no list of records at all, instead of an error for each line."""
    bare = raw.removeprefix(codecs.BOM_UTF8)
    if not bare or bare.isspace():
        raise empty_file(source)
    refuse_utf16(raw, source)
    if mostly_control(raw):
        raise binary_file(source)


def _reading(line: bytes, place: Place, at: str) -> Reading | None:
    """Return what a line gives; nothing when it is blank."""
    try:
        text = decode_utf8(line, at).strip()
        return document_of(text, place, at) if text else None
    except UnreadableArticleError as err:
        return err
