"""Width, script and case: every character in its plain form, with the edits that changed length.

Width is NFKC with invisible characters dropped (soft hyphen, zero-width space, variation
selectors), as in Unicode's NFKC_Casefold. Characters that combine with the one before them are
folded together with it as one block, so a hit never parts a letter from its accent.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import groupby

from search.text.offsets import UNCHANGED, Edit, Offsets, Span
from search.text.script import simplified

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

USUAL_HAN = range(0x4E00, 0xA000)  # unlike other Han none of them has another width or is composed

USUAL_BLOCK = 64  # characters; longer ones are found in damaged or hostile files only

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_AS_LINE_FEED = str.maketrans(dict.fromkeys(LINE_BREAKS, "\n"))


NOT_EVEN = "\0"  # stands for a character that may be folded together with others, or to more
SHORT = 32  # characters; up to here a dictionary is faster than an array, and needs no numpy


def fold_width(text: str) -> tuple[str, Offsets]:
    """Return `text` in half-width, simplified, lower-case form and its map back to `text`.

    >>> fold_width("ＡＩ產業㎏")[0]
    'ai产业kg'
    """
    even = text.translate(_EVEN) if len(text) < SHORT else _fold_long()(text)
    return (even, UNCHANGED) if NOT_EVEN not in even else _fold_blocks(text, even)


def fold_each(text: str) -> str:
    """Return the characters of `text` folded each by itself, whatever stands before it.

    >>> fold_each("ＡＩ產業")
    'ai产业'
    """
    even = text.translate(_EVEN) if len(text) < SHORT else _fold_long()(text)
    if NOT_EVEN not in even:
        return even
    pairs = zip(text, even, strict=True)
    return "".join(_fold_usual(c) if folded == NOT_EVEN else folded for c, folded in pairs)


def fold_alone(characters: str) -> str:
    """Return each of the characters folded by itself, NOT_EVEN where it becomes none or several.

    >>> fold_alone("Ａ，…") == "a," + NOT_EVEN
    True
    """
    even = characters.translate(_EVEN)
    pairs = zip(characters, even, strict=True)
    alone = (_fold_usual(c) if folded == NOT_EVEN else folded for c, folded in pairs)
    return "".join(folded if len(folded) == 1 else NOT_EVEN for folded in alone)


def source(folded: str) -> str:
    """Return what is in `sources_of` each character of which `folded` can have been made.

    >>> source("≠")
    '='
    """
    return unicodedata.normalize("NFD", folded)[0]


def sources_of(character: str) -> frozenset[str]:
    """Return the `source` of each character that may stand in what `character` is folded to.

    Whatever stands beside it: = and a stroke that combines are ≠ together, so = is a source of it.

    >>> sorted(sources_of("⑴"))
    ['(', ')', '1']
    """
    return frozenset(unicodedata.normalize("NFD", fold_block(character)))


def _fold_blocks(text: str, even: str) -> tuple[str, Offsets]:
    """Return `even` with the blocks of `text` that are not even folded, and the map to `text`."""
    parts: list[str] = []
    edits: list[Edit] = []
    done = folded = 0
    while (at := even.find(NOT_EVEN, done)) >= 0:
        start, end = _block(text, at, done)
        block = text[start:end]
        piece = _fold_usual(block) if len(block) < USUAL_BLOCK else fold_block(block)
        folded += start - done
        if len(piece) != 1 or len(block) != 1:
            edits.append(Edit(folded, folded + len(piece), start, end))
        parts += even[done:start], piece
        done, folded = end, folded + len(piece)
    parts.append(even[done:])
    return "".join(parts), Offsets(edits) if edits else UNCHANGED


def _block(text: str, at: int, done: int) -> Span:
    """Return the block that the character `at`, which is not even, is in; it begins from `done`."""
    if text.startswith("\r\n", at):
        return at, at + 2
    start = at - 1 if at > done and extends(text[at]) else at
    end = at + 1
    while end < len(text) and extends(text[end]):
        end += 1
    return start, end


def visible(block: str) -> str:
    """Return `block` without the characters that take no room."""
    return _ignorable.sub("", block)


def fold_block(block: str) -> str:
    """Return the folded form of a character with all that combines with it; may be empty."""
    if block == "\r\n":
        return "\n"
    plain = unicodedata.normalize("NFKC", _ordered(visible(block)))
    simple = simplified()
    # Lower case character by character: str.lower makes a final sigma depend on its neighbours.
    lower = "".join(simple.get(c, c).lower() for c in plain)
    # Some letters have their accents in one code point in lower case only: J̌ is two, ǰ is one.
    return unicodedata.normalize("NFC", lower).translate(_AS_LINE_FEED)


@lru_cache(4096)
def _fold_usual(block: str) -> str:
    return fold_block(block)


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


def _fold_even(character: str) -> str:
    """Return the folded form of a character that folds alone and to one; of others NOT_EVEN."""
    if ord(character) in USUAL_HAN and character not in simplified():
        return character
    folded = fold_block(character)
    if len(folded) != 1 or extends(character) or character == "\r":  # a line feed may follow
        return NOT_EVEN
    # Half a surrogate pair, from a damaged file, is no code point of any encoding.
    return NOT_EVEN if "\ud800" <= character <= "\udfff" else folded


class _Even(dict[int, str]):
    """Code point → what `_fold_even` gives, worked out when first met; for str.translate."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_even(chr(code))
        return folded


_EVEN = _Even()


@cache
def _fold_long() -> Callable[[str], str]:
    from search.text.even import EvenTable  # with numpy, which short texts do without

    return EvenTable(_fold_even, USUAL_HAN, simplified()).fold
