"""Width, script and case: every character in its plain form, with the edits that changed length.

Width is NFKC with invisible characters dropped (soft hyphen, zero-width space, variation
selectors), as in Unicode's NFKC_Casefold. Characters that combine with the one before them are
folded together with it as one block, so a hit never parts a letter from its accent.
"""

import re
import sys
import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from search.text.offsets import Edit, Offsets
from search.text.script import simplified

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Default_Ignorable_Code_Point of Unicode 15.1
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ignorable = re.compile(f"[{IGNORABLE}]")

# Starters that compose with the character before them: the second halves of canonical pairs whose
# combining class is 0. A test derives this list from the Unicode data at hand and compares.
COMPOSING = (
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf"
    "\u102e\u1161-\u1175\u11a8-\u11c2\u1b35\U00011127\U0001133e\U00011357\U000114b0\U000114ba"
    "\U000114bd\U000115af\U00011930"
)
_composing = re.compile(f"[{COMPOSING}]")

# Characters from which on an array is faster: for 4,500 of them 8 µs against 136 of str.translate.
LONG = 64

USUAL_BLOCK = 64  # characters; longer ones are found in damaged or hostile files only

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_AS_LINE_FEED = str.maketrans(dict.fromkeys(LINE_BREAKS, "\n"))


def fold_width(text: str) -> tuple[str, Offsets]:
    """Return `text` in half-width, simplified, lower-case form and its map back to `text`.

    >>> fold_width("ＡＩ產業㎏")[0]
    'ai产业kg'
    """
    if "\r\n" not in text and (even := _each_alone(text)) is not None:
        return even, Offsets()
    distinct = set(text)
    extending = {c for c in distinct if extends(c)}
    uneven = {c for c in distinct if len(_TABLE[ord(c)]) != 1} - extending
    parts: list[str] = []
    edits: list[Edit] = []
    done = folded = 0
    for match in _blocks(extending, uneven).finditer(text):
        before = fold_each(text[done : match.start()])
        piece = fold_block(match[0])
        folded += len(before)
        if len(piece) != 1 or match.end() - match.start() != 1:
            edits.append(Edit(folded, folded + len(piece), match.start(), match.end()))
        parts += before, piece
        done, folded = match.end(), folded + len(piece)
    parts.append(fold_each(text[done:]))
    return "".join(parts), Offsets(edits)


def fold_each(text: str) -> str:
    """Return the characters of `text` folded each by itself, whatever stands before it.

    >>> fold_each("ＡＩ產業")
    'ai产业'
    """
    even = _each_alone(text) if len(text) >= LONG else None
    return text.translate(_TABLE) if even is None else even


def fold_block(block: str) -> str:
    """Return the folded form of a character with all that combines with it; may be empty."""
    if block == "\r\n":
        return "\n"
    plain = unicodedata.normalize("NFKC", _ordered(_ignorable.sub("", block)))
    simple = simplified()
    # Lower case character by character: str.lower makes a final sigma depend on its neighbours.
    lower = "".join(simple.get(c, c).lower() for c in plain)
    # Some letters have their accents in one code point in lower case only: J̌ is two, ǰ is one.
    return unicodedata.normalize("NFC", lower).translate(_AS_LINE_FEED)


def _ordered(block: str) -> str:
    """Return `block`, when it is long, with its marks already in canonical order.

    `normalize` sorts them by insertion: 50 seconds for a letter under 300,000 marks.
    """
    if len(block) <= USUAL_BLOCK:
        return block
    decomposed = "".join(unicodedata.normalize("NFKD", character) for character in block)
    ordered: list[str] = []
    for _, stretch in groupby(decomposed, lambda character: unicodedata.combining(character) > 0):
        ordered += sorted(stretch, key=unicodedata.combining)
    return "".join(ordered)


@cache
def extends(character: str) -> bool:
    """Return whether `character` is folded together with the one before it."""
    if character < "\u0300":
        return character == "\u00ad"
    if _ignorable.match(character) or _composing.match(character):
        return True
    head = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.combining(head) != 0 or _composing.match(head) is not None


def _blocks(extending: set[str], uneven: set[str]) -> re.Pattern[str]:
    """Return what finds the stretches of a text that must be folded as one block."""
    patterns = ["\r\n"]
    if extending:
        extend = "".join(map(re.escape, sorted(extending)))
        patterns.append(f"[^{extend}]?[{extend}]+")
    if uneven:
        patterns.append(f"[{''.join(map(re.escape, sorted(uneven)))}]")
    return re.compile("|".join(patterns))


class _Table(dict[int, str]):
    """Code point → folded form, worked out when first met; what str.translate takes."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_block(chr(code))
        return folded


_TABLE = _Table()


def _each_alone(text: str) -> str | None:
    """Return folded `text` if all its characters fold alone and each to one, else None."""
    if len(text) < LONG:
        distinct = set(text)
        if any(map(extends, distinct)) or any(len(_TABLE[ord(c)]) != 1 for c in distinct):
            return None
        return text.translate(_TABLE)
    import numpy as np  # as in `_codes`

    table = _codes()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    folded = table.take(codes)
    if not folded.all():
        for code in set(codes[folded == 0].tolist()):
            if len(_TABLE[code]) == 1 and not extends(chr(code)):
                table[code] = ord(_TABLE[code])
        folded = table.take(codes)
        if not folded.all():
            return None
    return str(folded.data, "utf-32-le", "surrogatepass")


@cache
def _codes() -> "npt.NDArray[np.uint32]":
    """Return code point → code point of its folded form, 0 where not known yet or not so simple.

    Of its 4 MB only the pages in use are ever touched.
    """
    import numpy as np  # 60 ms: not for commands that fold a few words

    return np.zeros(sys.maxunicode + 1, "<u4")
