"""Places of a text that look broken: glosses, lost characters, and bytes read in a wrong encoding.

They are reported and left as they are. Nothing here guesses what was meant. In code an author shows
what a terminal printed, signs of a font for icons and bytes of no text with it: of lctt's 256
places 141 were such.
"""

import re
from bisect import bisect
from collections.abc import Iterable
from functools import cache

from search.messages import message
from search.text.gloss import Damage, find_damage

# A line's end is none, nor are tabs and page breaks.
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_PRIVATE = "\ue000-\uf8ff"
# What bytes of UTF-8 become, read as Latin-1 or Windows-1252: 中 is ä¸­ there.
_LATIN_LEAD = "\xe3-\xe9\xef"
_LATIN_REST = "\x80-\xbf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
# Read as GBK, nearly all begin with one of these: ， is 锛? there, 。 is 銆?, 的 is 鐨?. In no
# other text are they common. 锟 is half of U+FFFD twice.
_GBK_SIGNS = "锛銆鐨鏄鍦锟"

# One pass of 3 ns a character over texts that have none of it, as nearly all have; two are two.
_may_be_broken = re.compile(f"[{_CONTROL}{_PRIVATE}{_LATIN_LEAD}\ufffd{_GBK_SIGNS}]").search
# Begins with a class and looks back from it: `re` passes over all else ten times faster.
_broken = re.compile(
    f"[{_CONTROL}{_PRIVATE}{_LATIN_LEAD}\ufffd](?:"
    "(?<=\ufffd)(\ufffd*)|"
    f"(?<=[{_LATIN_LEAD}])([{_LATIN_REST}]{{2}}(?:[{_LATIN_LEAD}][{_LATIN_REST}]{{2}})+)|"
    f"(?<=[{_CONTROL}])([{_CONTROL}]*)|"
    f"(?<=[{_PRIVATE}])([{_PRIVATE}]*))"
)
_LOST, _PRIVATE_USE = (
    message("a character that was lost before"),
    message("a private-use character, which has a meaning in its own font only"),
)
_REASONS = (
    _LOST,
    message("UTF-8 that was read as Latin-1"),
    message("a control character"),
    _PRIVATE_USE,
)
_FENCE = r"(?m)^[ \t>]*(?:```|~~~)"


def damage_in(text: str) -> list[Damage]:
    r"""Return the places of `text` that look broken, in their order; no two overlap.

    >>> [damage.reason for damage in damage_in("產(chǎn)業(yè)\ufffd，?shù)")]
    ['a character that was lost before', 'a gloss whose opening bracket is lost']
    """
    found = find_damage(text)
    if not _may_be_broken(text):
        return found
    broken = [
        Damage(match.start(), match.end(), _REASONS[(match.lastindex or 1) - 1])
        for match in _broken.finditer(text)
    ]
    found += _but_in_code(text, broken)
    if any(sign in text for sign in _GBK_SIGNS):
        found += (
            Damage(match.start(), match.end(), message("UTF-8 that was read as GBK"))
            for match in _read_as_gbk().finditer(text)
        )
    return _apart(found)


def _but_in_code(text: str, found: list[Damage]) -> list[Damage]:
    """Return what was found without the signs that stand between backticks or fences of them."""
    if not any(damage.reason in (_LOST, _PRIVATE_USE) for damage in found):
        return found
    fences = [match.start() for match in re.finditer(_FENCE, text)]
    return [
        damage
        for damage in found
        if damage.reason not in (_LOST, _PRIVATE_USE)
        or not (_is_fenced(fences, damage.start) or _is_between_ticks(text, damage))
    ]


def _is_fenced(fences: list[int], at: int) -> bool:
    """Return whether a fence is open at a place, and closed behind it."""
    before = bisect(fences, at)
    return before % 2 == 1 and before < len(fences)


def _is_between_ticks(text: str, damage: Damage) -> bool:
    start = text.rfind("\n", 0, damage.start) + 1
    end = text.find("\n", damage.end)
    after = text.find("`", damage.end, end if end >= 0 else len(text))
    return text.count("`", start, damage.start) % 2 == 1 and after >= 0


def _apart(found: Iterable[Damage]) -> list[Damage]:
    """Return what was found in the order of the text, each place once: a gloss may begin with �."""
    kept: list[Damage] = []
    for damage in sorted(found, key=lambda damage: (damage.start, -damage.end)):
        if not kept or damage.start >= kept[-1].end:
            kept.append(damage)
    return kept


@cache
def _read_as_gbk() -> re.Pattern[str]:
    """Return what finds U+FFFD read as GBK, or four characters of UTF-8 and more.

    Two characters of UTF-8 have six bytes, three pairs. Such a triple comes by chance once in
    100,000 characters of Chinese, two in a row never.
    """
    lead, rest = (*range(0xE3, 0xEA), 0xEF), range(0x80, 0xC0)
    first, second, third = _pairs(lead, rest), _pairs(rest, lead), _pairs(rest, rest)
    return re.compile(f"(?:锟斤拷)+锟?斤?|(?:[{first}][{second}][{third}]){{2,}}[{first}]?")


def _pairs(leads: Iterable[int], trails: Iterable[int]) -> str:
    """Return the characters that GBK has for these pairs of bytes."""
    return "".join(
        bytes((lead, trail)).decode("gbk", "ignore") for lead in leads for trail in trails
    )
