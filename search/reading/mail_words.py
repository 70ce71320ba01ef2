"""Headers of mails that are packed into ASCII: `Subject: =?UTF-8?B?5ouf?=` (RFC 2047)."""

import re
from collections.abc import Iterator

_WORD = r"=\?[\w.+-]+(?:\*[\w-]+)?\?[BbQq]\?[^?\s]*\?="
_WORDS = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_BEGINS = re.compile(rf"[ \t]+{_WORD}")
# Mailers name the small set and write characters of the large one.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "unknown-8bit": "gb18030"}


def unpacked(line: str) -> str:
    """Return `line` with its packed words as text; what cannot be unpacked stays.

    >>> unpacked("Subject: =?gb2312?Q?=D5=D0=C9=CC?= 2024")
    'Subject: 招商 2024'
    """
    return _WORDS.sub(lambda found: _text(found[0]), line) if "=?" in line else line


def goes_on(body: str, end: int) -> int:
    """Return where a header whose line ends at `end` ends with the lines that it goes on in."""
    while found := _BEGINS.match(body, _behind_newline(body, end)):
        following = body.find("\n", found.end())
        end = len(body) if following < 0 else following
        end -= body[end - 1 : end] == "\r"
    return end


def _behind_newline(body: str, end: int) -> int:
    for newline in ("\r\n", "\n"):
        if body.startswith(newline, end):
            return end + len(newline)
    return len(body)


def _text(words: str) -> str:
    from email.errors import MessageError
    from email.header import decode_header

    try:
        return " ".join("".join(_parts(decode_header(words))).split())
    except (MessageError, LookupError, ValueError):
        return words


def _parts(decoded: list[tuple[bytes | str, str | None]]) -> Iterator[str]:
    for part, charset in decoded:
        if isinstance(part, str):
            yield part
        else:
            name = (charset or "ascii").lower().partition("*")[0]
            yield part.decode(_WIDER.get(name, name))
