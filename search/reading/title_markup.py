"""A title without the markup that its line is written with: links, pictures, tags, marks.

Only what is surely markup goes: `[小白技巧]`, `#话题#` and a title that speaks of `<a>` stay.
"""

import re

_TARGET = r"(?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|[ ]?\[[^\]\n]*\])"
_PICTURE = re.compile(rf"!\[(?P<text>[^\]\n]*)\]{_TARGET}")
_LINK = re.compile(rf"\[(?P<text>[^\[\]\n]+)\]{_TARGET}")
_TAGS = "h[1-6]|p|div|center|font|span|a|b|i|u|em|strong|big|small|mark|section|header"
_PAIR = re.compile(rf"(?i)<(?P<tag>{_TAGS})(?:\s[^<>]*)?>(?P<text>.*?)</(?P=tag)\s*>")
_BLOCK_ALONE = re.compile(r"(?i)^(?:<(?:h[1-6]|p|div|center|font)(?:\s[^<>]*)?>\s*)+")
_VOID = re.compile(
    r"(?i)<(?:br\s*/?|/?(?:h[1-6]|center)|img\s[^<>]*|a\s[^<>]*(?:id|name)=[^<>]*/?)>"
)
_QUOTE = re.compile(r"(?:>[ \t]*)+")
_EMPHASIS = re.compile(r"(\*{1,3})(?P<text>[^*\s](?:[^*]*[^*\s])?)\1")
_HASH = re.compile(r"#(?=[^\W\d])(?P<text>[^#]*)")
_MOST_ROUNDS = 4  # markup in markup


def without_markup(line: str) -> str:
    """Return the text of a title's line as it is shown, or the line itself when it has none.

    >>> without_markup("> [招商](https://example.com) ![](a.png)"), without_markup("<h1>引凤</h1>")
    ('招商', '引凤')
    >>> without_markup("[小白技巧] 用 <a> 标签")
    '[小白技巧] 用 <a> 标签'
    """
    text = _QUOTE.sub("", line, count=1) if line.startswith(">") else line
    if "[" in text:
        text = _LINK.sub(r"\g<text>", _PICTURE.sub(r"\g<text>", text))
    if "<" in text:
        text = _without_tags(text)
    text = text.strip()
    if found := _EMPHASIS.fullmatch(text) or _HASH.fullmatch(text):
        text = found["text"].strip()
    return text or line


def _without_tags(text: str) -> str:
    for _ in range(_MOST_ROUNDS):
        shorter = _PAIR.sub(r"\g<text>", text)
        if shorter == text:
            break
        text = shorter
    return _VOID.sub("", _BLOCK_ALONE.sub("", text))
