"""What is refused by its first bytes, before gigabytes of it are read or unpacked.

A file of zeros is what a full disk or a cut-off download leaves; packed, it is a bomb.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from search.config import Limits
from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.failures import size_limit
from search.reading.format import Format
from search.reading.undecodable import binary_file

LOOKED_AT = 1 << 20
_MB = 1 << 20
_NO_TEXT = b"\0 \t\n\v\f\r"


def checked(
    pieces: Iterable[bytes], reader: Format, source: str, limits: Limits
) -> Iterator[bytes]:
    """Yield the pieces of a file as they come, or raise when there cannot be an article in it.

    Its first MB must hold something, and the first line of a file of lines must end within what
    an article may be large.
    """
    most = getattr(limits, getattr(reader, "line_limit", ""), 0) * _MB
    size = 0
    is_blank = is_one_line = True
    for piece in pieces:
        is_blank = is_blank and not piece.strip(_NO_TEXT)
        is_one_line = is_one_line and b"\n" not in piece
        size += len(piece)
        if is_blank and size >= LOOKED_AT:
            raise _nothing_in(piece, source)
        if most and is_one_line and size > most:
            raise long_line(source, most // _MB)
        yield piece


def refuse_unread(path: Path, reader: Format, source: str, limits: Limits) -> None:
    """Raise for a file in which there cannot be an article, having read no more than tells so."""
    most = max(LOOKED_AT, getattr(limits, getattr(reader, "line_limit", ""), 0) * _MB + 1)
    size = 0
    with path.open("rb") as file:
        for piece in checked(iter(lambda: file.read(LOOKED_AT), b""), reader, source, limits):
            size += len(piece)
            if size >= most or b"\n" in piece:
                return


def long_line(source: str, most_mb: int) -> UnreadableArticleError:
    """Return the failure of a line that is larger than an article may be."""
    return size_limit(
        source, message("a line of it is longer than {most_mb:,} MB", most_mb=most_mb), "file_mb"
    )


def _nothing_in(piece: bytes, source: str) -> UnreadableArticleError:
    if b"\0" in piece:
        return binary_file(source)
    return UnreadableArticleError(
        source,
        message("its first MB is nothing but white space"),
        message("remove that, and index again"),
    )
