"""Which encoding explains bytes best: each candidate is weighed by the text that it makes of them.

Being valid says little: most Big5 is valid GB18030, and any two bytes are UTF-16. What tells is
whether the text is one that somebody would write. Candidates that are not read stand here too, so
that Japanese is not taken for rare Chinese characters.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import lgamma, log

from search.messages import message
from search.reading.character_costs import CHINESE, JAPANESE, KOREAN, CharacterCosts

_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_CONTROL_SHARE = 0.3  # of the bytes; random ones have 0.1 and fail as UTF-8, texts have none
_HEAD_BYTES = 8192
_PIECE_BYTES = 1024  # some 500 characters; 40 are enough
_WHOLE_BYTES = 3 * _PIECE_BYTES  # up to here all bytes are weighed
_PART_BYTES = 512
_OTHER_PART_BITS = 100  # 20 characters of the wrong encoding in a part; chance gives no 10
_UTF8_HAN = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){8}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding that bytes may be in."""

    encoding: str  # as Python calls it; empty when it is not one encoding but a family
    label: str  # as people call it
    bits_before: float = 0  # against it before anything is read: the less usual, the more
    is_read: bool = True
    unit: int = 1  # bytes that its characters are a multiple of
    costs: CharacterCosts = field(default_factory=lambda: CHINESE, repr=False, compare=False)


UTF8 = Candidate("utf-8", "UTF-8")
GB18030 = Candidate("gb18030", "GB18030")
BIG5 = Candidate("big5hkscs", "Big5")
CANDIDATES = (
    UTF8,
    GB18030,
    BIG5,
    # They differ from HKSCS in a few signs and in where kana stand.
    Candidate("big5", "Big5", 3),
    Candidate("cp950", "Big5", 4),
    Candidate("utf-16-le", "UTF-16LE", 16, unit=2),
    Candidate("utf-16-be", "UTF-16BE", 16, unit=2),
    Candidate("shift_jis", "Shift_JIS", 20, is_read=False, costs=JAPANESE),
    Candidate("euc_jp", "EUC-JP", 20, is_read=False, costs=JAPANESE),
    Candidate("cp949", "EUC-KR", 20, is_read=False, costs=KOREAN),
)
SINGLE_BYTE = Candidate(
    "", message("a single-byte encoding such as Windows-1252"), 20, is_read=False
)
NOISE = Candidate("", "", 16, is_read=False)  # bytes of which each is as likely as any


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a candidate makes of a sample: the text, U+FFFD for broken bytes, and its cost."""

    candidate: Candidate
    bits: float
    text: str


def weigh(raw: bytes) -> list[Weighed]:
    """Return all candidates for `raw`, the likeliest first."""
    samples = {unit: _sample(raw, unit) for unit in (1, 2)}
    size = sum(map(len, samples[1]))
    is_whole = size == len(raw)
    found = [_weighed(one, samples[one.unit], size, is_whole) for one in CANDIDATES]
    found.append(Weighed(SINGLE_BYTE, SINGLE_BYTE.bits_before + _single_byte_bits(samples[1]), ""))
    against_noise = 0 if looks_binary(raw) else NOISE.bits_before
    found.append(Weighed(NOISE, against_noise + 8 * size, ""))
    return sorted(found, key=lambda one: one.bits)


def looks_binary(raw: bytes) -> bool:
    """Whether `raw` has bytes that no text has, unless it is UTF-16."""
    return b"\0" in raw or mostly_control(raw)


def mostly_control(raw: bytes) -> bool:
    """Whether the beginning of `raw` has so many control bytes that it cannot be a text."""
    head = raw[:_HEAD_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls > _CONTROL_SHARE * len(head)


def confidence(chosen: Weighed, weighed: list[Weighed]) -> float:
    """Return how sure it is that `chosen` of `weighed` is the right one, from 0 to 1.

    Candidates that make the same text of the bytes do not speak against each other. Characters
    are no independent witnesses, a rare one comes again in its text: bits count for a quarter.
    """
    others = (
        one for one in weighed if one is not chosen and (one.text != chosen.text or not one.text)
    )
    odds = sum(2 ** max(-200, min((chosen.bits - one.bits) / 4, 200)) for one in others)
    return 1 / (1 + odds)


def other_part(raw: bytes, encoding: str) -> tuple[str, int] | None:
    """Return a second encoding that a part of `raw` is in, and the offset of that part.

    Such files come of joining others; each part is often valid in the encoding of the other.
    """
    if encoding not in (GB18030.encoding, BIG5.encoding):
        return None
    utf8 = _UTF8_HAN.search(raw)
    if utf8:
        return UTF8.label, utf8.start()
    mine, other = (GB18030, BIG5) if encoding == GB18030.encoding else (BIG5, GB18030)
    for start, part in _parts(raw):
        bits = [_weighed(one, [part], len(part)).bits for one in (mine, other)]
        if bits[0] - bits[1] > _OTHER_PART_BITS:
            return other.label, start
    return None


def _parts(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield up to eight parts from all over `raw`, each with its offset."""
    for at in range(0, len(raw), max(_PART_BYTES, len(raw) // 8)):
        start = _character_from(raw, at)
        if start < len(raw):
            yield start, raw[start : start + _PART_BYTES]


def _weighed(
    candidate: Candidate, pieces: list[bytes], size: int, is_whole: bool = False
) -> Weighed:
    """Return what `candidate` makes of `pieces`, its bits as if these were `size` bytes long.

    Where pieces are not whole texts, a character cut off at the end of one is left out.
    """
    decoder = codecs.getincrementaldecoder(candidate.encoding)
    text = "".join(decoder("replace").decode(piece, final=is_whole) for piece in pieces)
    bits = candidate.costs.of(text) * size / sum(map(len, pieces))
    return Weighed(candidate, candidate.bits_before + bits, text)


def _sample(raw: bytes, unit: int) -> list[bytes]:
    """Return all of `raw`, or of a long one a part near its beginning, middle and end."""
    if len(raw) <= _WHOLE_BYTES:
        return [raw]
    pieces = []
    for at in (0, len(raw) // 2, len(raw) - 2 * _PIECE_BYTES):
        start = at // 4 * 4 if unit > 1 else _character_from(raw, at)
        pieces.append(raw[start : start + _PIECE_BYTES])
    return [piece for piece in pieces if piece] or [raw[:_WHOLE_BYTES]]


def _character_from(raw: bytes, at: int) -> int:
    """Return where a character starts from `at` on, what is ASCII passed over, or the end.

    A byte beyond ASCII starts one when two that are not stand before it, since only the second
    byte of a character can be ASCII; and a line's end is never a part of one.
    """
    found = _BEYOND_ASCII.search(raw, at)
    if found is None:
        return len(raw)
    if at == 0 or found.start() >= at + 2:
        return found.start()
    return raw.find(b"\n", at, at + _PIECE_BYTES) + 1 or len(raw)


def _single_byte_bits(pieces: list[bytes]) -> float:
    """Return what `pieces` cost when each byte is a character.

    An alphabet is known by its few letters that come again and again: bytes beyond ASCII are
    priced by how often they came before, as in adaptive compression, without knowing a language.
    """
    raw = b"".join(pieces)
    counts = Counter(raw)
    high = [count for byte, count in counts.items() if byte >= 0x80]
    ascii_bits = CHINESE.of(re.sub(rb"[\x80-\xff]+", b"", raw).decode("ascii"))
    start, total = 0.25, sum(high)
    nats = lgamma(128 * start + total) - lgamma(128 * start)
    nats -= sum(lgamma(start + count) - lgamma(start) for count in high)
    return ascii_bits + nats / log(2) + total  # one bit more: not ASCII
