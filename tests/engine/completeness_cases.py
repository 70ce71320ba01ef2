"""Texts of all that is awkward to find, strings of them, and how a user quotes a string."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from search.query.leaves import without_glosses
from search.query.signs import MARKS
from search.text import Folded, fold
from search.text.characters import kind_of

HAN = "中國国產产業业後后裏里〇𠮷𪚥𰻝豈丽⼀"  # also of the extension blocks, and compatibility ones
KANA = "カガｶﾞﾊﾟがか\u3099ター々ㄅ"
HANGUL = "한국ㄱ\u1112\u1161\u11abﾡ"
COMBINING = "\u0301\u0323\u20e3\u0338\u3099\ufe0f\U000e0100\u200d"
EMOJI = ("😀", "👩\u200d💻", "❤\ufe0f", "🇨🇳", "1\ufe0f\u20e3", "👍🏽", "★", "→")
WIDE = "ＡａＢ５＋＃？！（）／＿＂＼　"
EXPANDING = "ﬁ①㍿㎏…⑴½℃ǅßİΣς"
DIGITS = "515٣३৫𝟓"
SIGNS = "+#.-_&/@'’·:*。，、；：？！—…《》()[]{}|~^$%=<>\"“”「」『』\\`"
BLANKS = " \u00a0\u3000\u2003\u200b\t\n\r\u2028\u0085\u000b\ufeff\u00ad"
LATIN = ("a", "b", "ab", "Docker", "is", "this", "é", "e\u0301", "x\u0301", "C++", "c#", "5G", "g")
PIECES = (
    *(HAN + KANA + HANGUL + COMBINING + WIDE + EXPANDING + DIGITS + SIGNS + BLANKS),
    *EMOJI,
    *LATIN,
    *("產(chǎn)業(yè)", "国(guó)", "(chǎn)", "——", "……", "“三统一”", "\r\n", "\n\n", "  "),
    "中" * 3 + "a" * 65,
)
# A line that layout has cut: folding joins it with the next.
CUT_LINE = (
    "为了让每一个读者都能够在很长的文章里找到他想要的每一个字，"
    "我们把每一行都写到四十个字以上再从中间断"
)
JOINED = f"{CUT_LINE}\n\n开的句子到这里。"

texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
long_texts = st.builds(lambda before, after: before + JOINED + after, texts, texts)
bodies = texts | texts | texts | long_texts


def quoted(text: str) -> str:
    r"""Return `text` as a user quotes it: `\` before its quotation marks, none before others."""
    wide = re.sub(rf"\\(?=[{MARKS}\\]|\Z)", "＼", text)
    escaped = re.sub(f"([{MARKS}])", r"\\\1", wide)
    return f'"{escaped}"'


def asked_for(text: str) -> str:
    """Return what a quotation asks for, folded: without glosses, and all on one line."""
    lines = re.split(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*", without_glosses(text).strip())
    joined = lines[0]
    for line in lines[1:]:
        joined += f" {line}" if _is_latin(joined[-1]) and _is_latin(line[0]) else line
    return fold(joined).text


def _is_latin(character: str) -> bool:
    return character < "\u0080" or kind_of(character) in ("LETTER", "DIGIT", "MARK")


def cuts_no_token(folded: Folded, start: int, end: int) -> bool:
    """Return whether neither end of a string of the text is in a word, a number or a block."""
    return not any(0 < at < len(folded.text) and _cuts(folded.text, at) for at in (start, end))


def _cuts(text: str, at: int) -> bool:
    left, right = kind_of(text[at - 1]), kind_of(text[at])
    return (
        right == "MARK"
        or (left in ("MARK", "LETTER") and right == "LETTER")
        or (left == right == "DIGIT")
    )


def spellings(text: str) -> Sequence[str]:
    """Return the text in other widths, cases and scripts: those that fold to the same."""
    ways = {text.upper(), text.lower(), text.translate(_FULL_WIDTH), text.translate(_TRADITIONAL)}
    folded = fold(text).text
    return sorted(way for way in ways if fold(way).text == folded)


_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_TRADITIONAL = str.maketrans("国产业后里", "國產業後裏")
