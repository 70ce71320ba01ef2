"""Files whose lines are in two encodings, one of them UTF-8: what joining files makes of them.

No encoding explains such a file, and the one that explains it least badly, byte by byte, is
Windows-1252. So it is asked for before any encoding is chosen.
"""

import io
import re
from dataclasses import dataclass

from search.reading.evidence import BIG5, GB18030, weigh

_UTF8 = rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2})"
# At the beginning of a file four characters of it are no chance. Further down an article in GBK may
# cite what was read in a wrong encoding, and eight are what `other_part` asks for as well.
_BEGINNING = re.compile(_UTF8 + b"{4}")
_PART = re.compile(_UTF8 + b"{8}")
_LEAST_BYTES = 12  # in the other encoding, beyond ASCII; fewer are damage
_ASCII = bytes(range(0x80))
_SAMPLE_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Mixture:
    """Where one encoding ends and the other begins."""

    line: int  # the last one, from 1, before the other encoding begins
    offset: int  # of the first byte of what follows
    is_utf8_first: bool
    other: str  # what the other looks like, as people call it


def mixture_of(raw: bytes) -> Mixture | None:
    r"""Return how UTF-8 and GB18030 or Big5 are mixed in `raw`, or nothing when they are not.

    >>> mixture_of("床前明月光\n".encode() + "疑是地上霜，举头望明月".encode("gbk"))
    Mixture(line=1, offset=16, is_utf8_first=True, other='GB18030')
    """
    fault = _fault(raw)
    if fault is None:
        return None
    is_utf8_first = _BEGINNING.search(raw, 0, fault) is not None
    if is_utf8_first:
        border = _border(raw, fault)
        other = _looks_like(_not_utf8(raw[border:]))
    else:
        utf8 = _PART.search(raw)
        if utf8 is None:
            return None
        border = raw.rfind(b"\n", 0, utf8.start()) + 1
        border = border if border > fault else utf8.start()
        other = _looks_like(_not_utf8(raw[:border]))
    if not other:
        return None
    return Mixture(max(raw.count(b"\n", 0, border), 1), border, is_utf8_first, other)


def holds_utf8(raw: bytes) -> bool:
    """Whether a part of `raw` is surely UTF-8: of no alphabet of single bytes is it text."""
    return _PART.search(raw) is not None


def _fault(raw: bytes) -> int | None:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _border(raw: bytes, fault: int) -> int:
    """Return the start of the line that is not UTF-8, or the fault where its line begins as such.

    What is written in GB18030 may be valid UTF-8 up to the middle of its first line.
    """
    line = raw.rfind(b"\n", 0, fault) + 1
    return fault if _BEGINNING.search(raw, line, fault) else line


def _not_utf8(raw: bytes) -> bytes:
    """Return the lines that are not UTF-8, as many as tell what they are."""
    found = []
    size = 0
    for line in io.BytesIO(raw):
        if not line.isascii() and _fault(line) is not None:
            found.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return b"".join(found)


def _looks_like(raw: bytes) -> str:
    """Return which of the other encodings of Chinese bytes look like, or nothing for neither."""
    if len(raw.translate(None, _ASCII)) < _LEAST_BYTES:
        return ""
    likeliest = weigh(raw)[0].candidate
    if likeliest.encoding == GB18030.encoding:
        return GB18030.label
    return BIG5.label if likeliest.label == BIG5.label else ""
