"""Classes of characters, as regular-expression ranges over code points.

Python's `re` knows no scripts; these ranges are those of Unicode 15.1's Script property, with the
iteration mark 々 and the zero 〇 counted as Han and the middle dot ・ left out of kana.
"""

import re

HAN = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
KANA = (
    "\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\uff66-\uff9f\U0001aff0-\U0001b16f"
)  # bopomofo is written like kana: run together, without spaces
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uffa1-\uffdc"
CJK = HAN + KANA + HANGUL  # the scripts whose words are not parted by spaces, cut into grams

MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
LETTER = rf"(?:(?![{CJK}{MARKS}])[^\W\d_][{MARKS}]*)"  # of an alphabet: Latin, Greek, Cyrillic …
DIGIT = r"\d"
# The same, many at once and twice as fast: stretches of letters, and of letters and digits.
_BASE = rf"[^\W\d_{CJK}{MARKS}]"
LETTERS = rf"{_BASE}+(?:[{MARKS}]+{_BASE}*)*"
ALNUMS = rf"(?:[^\W_{CJK}{MARKS}]+(?:(?<!\d)[{MARKS}]+)?)+"


_kinds = re.compile(
    rf"(?P<CJK>[{CJK}])|(?P<MARK>[{MARKS}])|(?P<DIGIT>{DIGIT})|(?P<LETTER>[^\W\d_])"
)


class _Kinds(dict[str, str]):
    """Character → its kind, worked out when first met: `re` takes four times as long."""

    def __missing__(self, character: str) -> str:
        match = _kinds.match(character)
        self[character] = kind = (match and match.lastgroup) or ""
        return kind


kind_of = _Kinds().__getitem__  # CJK, MARK, DIGIT, LETTER, or nothing: spaces and signs


def is_cjk(character: str) -> bool:
    """Return whether a character is Han, kana or Hangul."""
    return kind_of(character) == "CJK"
