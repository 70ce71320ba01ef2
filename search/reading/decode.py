"""Bytes to text: in the encoding that is set, marked or most likely, strictly.

No character is ever made up for bytes that mean none: a text is whole or refused. How likely an
encoding is, `evidence` says.
"""

import codecs
from dataclasses import dataclass

from search.messages import message
from search.reading.evidence import (
    NOISE,
    SINGLE_BYTE,
    UTF8,
    Weighed,
    confidence,
    looks_binary,
    mostly_control,
    other_part,
    weigh,
)
from search.reading.format import Place
from search.reading.identity import surrogate_fault
from search.reading.mixture import holds_utf8, mixture_of
from search.reading.undecodable import (
    binary_file,
    damaged,
    empty_file,
    fault_of,
    foreign,
    mixed,
    not_as_marked,
    not_as_set,
    not_utf8,
    partly_utf8,
)

__all__ = [
    "Decoded",
    "binary_file",
    "decode",
    "decode_utf8",
    "empty_file",
    "encoding_metadata",
    "mostly_control",
    "refuse_utf16",
]

# Below it, one text in ten or more would be wrong; it is indexed, and what it was taken for is kept
# with it. Measured on passages of 5 to 40 characters, all that were wrong lay below.
SURE = 0.9

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32LE"),  # before UTF-16LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32BE"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE"),
    ("\ufeff".encode("gb18030"), "gb18030", "GB18030"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, byte order mark off, every newline as it is there."""

    text: str
    encoding: str  # as Python calls it
    confidence: float  # from 0 to 1


def decode(raw: bytes, place: Place) -> Decoded:
    """Return the text of `raw` and what it was encoded in.

    An empty or binary file, and one that no encoding explains whole, is an
    `UnreadableArticleError`; a text that comes back never holds a character that the file does not.
    """
    if not raw or raw.isspace():
        raise empty_file(place.source)
    decoded = (
        _as_set(raw, place) or _as_marked(raw, place) or _as_utf8(raw) or _as_likeliest(raw, place)
    )
    if not decoded.text or decoded.text.isspace():
        raise empty_file(place.source)
    return decoded


def encoding_metadata(decoded: Decoded) -> dict[str, str]:
    """Return what an article's metadata should say of its encoding: nothing when it is UTF-8.

    >>> encoding_metadata(Decoded("正文", "big5hkscs", 0.71))
    {'encoding': 'big5hkscs', 'encoding_confidence': '0.71'}
    """
    if decoded.encoding == "utf-8":
        return {}
    found = {"encoding": decoded.encoding}
    if decoded.confidence < SURE:
        found["encoding_confidence"] = f"{decoded.confidence:.2f}"
    return found


def _as_set(raw: bytes, place: Place) -> Decoded | None:
    """Return `raw` in the encoding that search.toml sets for the file, if it sets one."""
    encoding = place.settings.encoding_of(place.id)
    if not encoding:
        return None
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
    except LookupError:  # or a codec that makes no text, such as hex
        raise not_as_set(message("there is no such encoding"), encoding, place.source) from None
    except UnicodeError as err:
        raise not_as_set(fault_of(err), encoding, place.source) from None
    if fault := surrogate_fault(text):
        raise not_as_set(message("it {fault}", fault=fault), encoding, place.source)
    return Decoded(text, codecs.lookup(encoding).name, 1.0)


def _as_marked(raw: bytes, place: Place) -> Decoded | None:
    """Return `raw` in the encoding that its byte order mark names, if it has one."""
    for mark, encoding, label in _MARKS:
        if not raw.startswith(mark):
            continue
        try:
            text = raw.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as err:
            if encoding == "utf-32-le":
                continue
            raise not_as_marked(fault_of(err), label, encoding, place.source) from None
        return Decoded(_with_text(text, place), encoding, 1.0)
    return None


def _as_utf8(raw: bytes) -> Decoded | None:
    """Return `raw` as UTF-8 if it is: what was written in another encoding is not, by chance."""
    if looks_binary(raw):
        return None
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", 1.0)
    except UnicodeDecodeError:
        return None


def _as_likeliest(raw: bytes, place: Place) -> Decoded:
    """Return `raw` in the encoding in which it looks most like a text, or raise."""
    if not looks_binary(raw) and (mixture := mixture_of(raw)):
        raise partly_utf8(mixture, place.source)
    weighed = weigh(raw)
    chosen = _chosen(weighed, raw, place)
    encoding, label = chosen.candidate.encoding, chosen.candidate.label
    if part := other_part(raw, encoding):
        raise mixed(label, *part, place.source)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as err:
        raise damaged(fault_of(err), label, encoding, place.source) from None
    return Decoded(_with_text(text, place), encoding, confidence(chosen, weighed))


def _chosen(weighed: list[Weighed], raw: bytes, place: Place) -> Weighed:
    """Return the likeliest of what is read, or raise when something else is surely likelier."""
    best = weighed[0]
    if best.candidate.is_read:
        return best
    readable = (one for one in weighed if one.candidate.is_read)
    if best.candidate == NOISE:
        if looks_binary(raw):
            raise binary_file(place.source)
        # Any bytes are UTF-16, so that they can be read as such says nothing.
        return next(one for one in readable if one.candidate.unit == 1)
    if best.candidate == SINGLE_BYTE and holds_utf8(raw):
        return next(one for one in weighed if one.candidate == UTF8)
    if confidence(best, weighed) >= SURE:
        raise foreign(best.candidate.label, best.candidate.encoding, place.source, place.id)
    return next(readable)


def _with_text(text: str, place: Place) -> str:
    """Return `text` unless it holds what no text does."""
    if looks_binary(text.encode("utf-8")):
        raise binary_file(place.source)
    return text


def decode_utf8(raw: bytes, source: str) -> str:
    """Return `raw` as UTF-8 without its byte order mark, whatever it says, or raise."""
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as err:
        raise not_utf8(raw[err.start], err.start, source, "GB18030") from None


def refuse_utf16(raw: bytes, source: str) -> None:
    """Raise when `raw` starts with UTF-16's mark: its NUL bytes would make it look binary."""
    if raw.startswith(_UTF16_MARKS):
        raise not_utf8(raw[0], 0, source, "UTF-16")
