"""How likely a text is as Chinese, Japanese or Korean: the bits that its characters cost.

A character of cost n comes about once in 2^n. What counts is only that the same bytes, read in the
right encoding, cost far less than in a wrong one: 10 bits for a Han character against 15 to 20.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

from search.reading.han_costs import HAN_COSTS
from search.text.script import simplified

_BROKEN_BITS = 40  # U+FFFD stands for bytes that an encoding cannot explain
_HAN_BITS = {character: bits for bits, row in HAN_COSTS.items() for character in row}
_RARE_HAN_BITS = 17
# Written in Hong Kong, in none of the books that were counted.
_CANTONESE = dict.fromkeys("嘅喺咗啲冇佢唔嗰哋嚟畀咁喎嘢乜噉瞓睇攞諗搵靚嘥啱氹攰曱甴", 12)
_PUNCTUATION = {
    **dict.fromkeys("，。", 5),
    **dict.fromkeys("、\u3000：；“”「」（）《》", 7),
    **dict.fromkeys("？！…—『』‘’〈〉【】", 9),
    # Kinds of Big5 read one for the other; which one was meant, no frequency can tell.
    **dict.fromkeys("·‧•～∼､﹑", 9),
    **dict.fromkeys("‾¯♁⊕☉⊙∕﹨¥￥¢￠£￡", 12),
    **dict.fromkeys("％／＼－．〔〕○●■□▲△◆◇★☆※→①②③④⑤℃°×＋＝", 11),
}
_PINYIN = dict.fromkeys("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ", 11)
_ASCII = {
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 5.5),
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 7),
    **dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", 8),
    **dict.fromkeys("\n\r \t", 5),
}
_ASCII_RUN_BITS = 4  # each word or number costs so much more: letters alone among Han are rare
_ASCII_RUN = re.compile("[!-~]+")
_WITHIN_WORD_BITS = 6  # and a Han character inside a word: caf閙, once café, in a wrong encoding
_WITHIN_WORD = re.compile(r"(?<=[A-Za-z])[\u3400-\u9fff](?=[A-Za-z ,.])")

# The commonest of Korean; with them and the spaces it is told from names in Chinese letters.
_SYLLABLES = dict.fromkeys(
    "이다는을의에가고하지로기도사은나서인한리대자어시정들부일라수해있그전제과보아만스원주", 7
)

# The first code point of each stretch, and what a character from there on costs.
_STRETCHES: tuple[tuple[int, float], ...] = (
    (0x0000, 20),  # control characters
    (0x0080, 24),
    (0x00A0, 12),
    (0x0100, 16),
    (0x0300, 14),  # marks above letters; Greek, Cyrillic
    (0x0530, 18),
    (0x2000, 12),  # punctuation and symbols
    (0x2800, 18),
    (0x3000, 12),
    (0x3040, 12),  # kana
    (0x3100, 14),
    (0x31C0, 16),
    (0x3400, 19),
    (0x4E00, _RARE_HAN_BITS),
    (0xA000, 18),
    (0xAC00, 17),  # Hangul: any two bytes that no other encoding has are Hangul in UTF-16
    (0xD7B0, 18),
    (0xD800, _BROKEN_BITS),  # half a surrogate pair
    (0xE000, 20),  # private use
    (0xF900, 18),
    (0xFE30, 12),
    (0xFE70, 18),
    (0xFF00, 11),  # full width
    (0xFF66, 16),
    (0xFFE0, 12),
    (0xFFE7, 24),
    (0xFFFD, _BROKEN_BITS),
    (0xFFFE, 24),
    (0x10000, 20),
    (0x1F300, 14),
    (0x1FB00, 20),
    (0x20000, 19),
    (0x323B0, 24),
)
_STARTS = [start for start, _ in _STRETCHES]
_UNASSIGNED_BITS = 24


class CharacterCosts(dict[str, float]):
    """Character → bits in the texts of one language, worked out when first met."""

    def __init__(
        self,
        stretches: Mapping[int, float] | None = None,
        characters: Mapping[str, float] | None = None,
    ) -> None:
        """`stretches`, by their first code points, and `characters` cost otherwise than usual."""
        super().__init__({**_ASCII, **_PUNCTUATION, **_CANTONESE, **_PINYIN, **(characters or {})})
        self._stretches = stretches or {}

    def __missing__(self, character: str) -> float:
        han = _HAN_BITS.get(simplified().get(character, character))
        self[character] = bits = self._by_stretch(character) if han is None else float(han)
        return bits

    def _by_stretch(self, character: str) -> float:
        start, bits = _STRETCHES[bisect_right(_STARTS, ord(character)) - 1]
        if unicodedata.category(character) == "Cn":
            return _UNASSIGNED_BITS
        return self._stretches.get(start, bits)

    def of(self, text: str) -> float:
        """Return the bits that `text` costs."""
        counts = Counter(text)
        bits = sum(self[character] * count for character, count in counts.items())
        bits += _ASCII_RUN_BITS * len(_ASCII_RUN.findall(text))
        return bits + _WITHIN_WORD_BITS * len(_WITHIN_WORD.findall(text))


CHINESE = CharacterCosts()
JAPANESE = CharacterCosts({0x3040: 7.5, 0xFF66: 8})
KOREAN = CharacterCosts({0xAC00: 12}, _SYLLABLES)
