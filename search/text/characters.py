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


def _code_points(ranges: str) -> list[range]:
    """Return a class written as for `re` as ranges of code points."""
    found = re.findall("(.)(?:-(.))?", ranges)
    return [range(ord(first), ord(last or first) + 1) for first, last in found]


class _Kinds(dict[str, str]):
    """Character → its kind, worked out when first met.

    Without a regular expression of these classes, which takes milliseconds to compile.
    """

    def __init__(self) -> None:
        super().__init__()
        self._cjk, self._marks = _code_points(CJK), _code_points(MARKS)

    def __missing__(self, character: str) -> str:
        self[character] = kind = self._kind(character)
        return kind

    def _kind(self, character: str) -> str:
        code = ord(character)
        if any(code in stretch for stretch in self._cjk):
            return "CJK"
        if any(code in stretch for stretch in self._marks):
            return "MARK"
        if character.isdecimal():
            return "DIGIT"
        return "LETTER" if character.isalnum() else ""


kind_of = _Kinds().__getitem__  # CJK, MARK, DIGIT, LETTER, or nothing: spaces and signs


def is_cjk(character: str) -> bool:
    """Return whether a character is Han, kana or Hangul."""
    return kind_of(character) == "CJK"
