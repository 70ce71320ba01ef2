"""Bytes to text: UTF-8 and nothing else, strictly, so that no character is ever guessed."""

import codecs
from dataclasses import dataclass

from search.errors import UnreadableArticleError
from search.reading.format import Place

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_CONTROL_SHARE = 0.3  # of the bytes; random ones have 0.1 and fail as UTF-8, texts have none
_HEAD_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, byte order mark off, every newline as it is there."""

    text: str
    encoding: str  # as Python calls it
    confidence: float  # from 0 to 1


def decode(raw: bytes, place: Place) -> Decoded:
    """Return the text of `raw` and what it was encoded in.

    An empty, binary or otherwise encoded file is an `UnreadableArticleError`; a text that comes
    back never holds a character that the file does not.
    """
    source = place.source
    if not raw or raw.isspace():
        raise empty_file(source)
    refuse_utf16(raw, source)
    if b"\0" in raw or mostly_control(raw):
        raise binary_file(source)
    text = decode_utf8(raw, source)
    if not text or text.isspace():
        raise empty_file(source)
    return Decoded(text, "utf-8", 1.0)


def decode_utf8(raw: bytes, source: str) -> str:
    """Return `raw` as UTF-8 without its byte order mark, whatever it says, or raise."""
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as err:
        raise _not_utf8(raw[err.start], err.start, source, "GB18030") from None


def refuse_utf16(raw: bytes, source: str) -> None:
    """Raise when `raw` starts with UTF-16's mark: its NUL bytes would make it look binary."""
    if raw.startswith(_UTF16_MARKS):
        raise _not_utf8(raw[0], 0, source, "UTF-16")


def mostly_control(raw: bytes) -> bool:
    """Whether the beginning of `raw` has so many control bytes that it cannot be a text."""
    head = raw[:_HEAD_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls > _CONTROL_SHARE * len(head)


def empty_file(source: str) -> UnreadableArticleError:
    """Return the error for a file of no bytes, or of nothing but white space."""
    return UnreadableArticleError(source, "empty file", "fill it or remove it, and index again")


def binary_file(source: str) -> UnreadableArticleError:
    """Return the error for a file that is no text in any encoding."""
    return UnreadableArticleError(
        source, "binary file", "move it elsewhere or give it the suffix of its kind"
    )


def _not_utf8(byte: int, offset: int, source: str, encoding: str) -> UnreadableArticleError:
    return UnreadableArticleError(
        source,
        f"not UTF-8: byte 0x{byte:02x} at offset {offset}",
        f"convert it, e.g. with 'iconv -f {encoding} -t UTF-8 OLD > NEW', and index again",
    )
