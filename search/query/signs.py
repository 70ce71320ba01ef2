r"""The signs of the query language, half and full width alike, and how one of them is plain text.

`\` before a sign is the sign itself: before a quotation mark everywhere, before any other sign in
words outside quotations. A backslash before anything else, itself included, is text.
"""

import re

# What opens a quotation, and what closes it. ASCII quotes close only by themselves, so that
# "他说“好”了" is one quotation.
CLOSING = {'"': '"＂', "＂": '"＂', "“": "”", "「": "」", "『": "』", "〝": "〞"}
MARKS = "".join(CLOSING) + "".join(CLOSING.values())
MINUS = "-－−"
OPENING_BRACKETS = "(（"
CLOSING_BRACKETS = ")）"
COLONS = ":："
STARS = "*＊"
TILDES = "~～"
EITHER = {"OR", "|", "｜", "ＯＲ"}
EXCLUDE = {"NOT", "ＮＯＴ"}
BOTH = {"AND", "ＡＮＤ"}

# What each name before a colon means, folded, so that 標題 and ＴＩＴＬＥ are here too.
FIELDS = {
    "title": "title",
    "intitle": "title",
    "标题": "title",
    "body": "body",
    "正文": "body",
    "author": "author",
    "作者": "author",
    "source": "source",
    "来源": "source",
    "format": "format",
    "filetype": "format",
    "格式": "format",
    "date": "date",
    "日期": "date",
    "exact": "exact",
    "原文": "exact",
}
TEXT_FIELDS = {"title", "body"}

_SIGNS = re.escape(f"{MARKS}{OPENING_BRACKETS}{CLOSING_BRACKETS}{COLONS}{STARS}{TILDES}{MINUS}|｜")
ESCAPED = rf"\\[{_SIGNS}]"
_mark = re.compile(rf"\\([{MARKS}])")
_sign = re.compile(rf"\\([{_SIGNS}])")
_backslash = re.compile(rf"\\(?=[{_SIGNS}])")


def unescaped_quotation(text: str) -> str:
    r"""Return what stands between quotation marks without the backslashes before marks.

    >>> unescaped_quotation(r"5\"屏\(a")
    '5"屏\\(a'
    """
    return _mark.sub(r"\1", text)


def unescaped_word(raw: str) -> str:
    r"""Return a word as it was meant, without the backslashes before signs.

    >>> unescaped_word(r"title\:a\b")
    'title:a\\b'
    """
    return _sign.sub(r"\1", raw)


def wide_backslashes(folded: str) -> str:
    """Return folded text with no backslash before a sign: in full width it folds to the same."""
    return _backslash.sub("＼", folded)
