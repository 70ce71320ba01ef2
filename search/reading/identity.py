"""What an article's id may be: it is shown, printed one a line, and put into addresses."""

import re

from search.messages import message

ID_CHARS = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FAULTY = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def id_fault(article_id: str) -> str:
    r"""Return what keeps `article_id` from being an id, to be put after its subject, or nothing.

    >>> id_fault("a\tb")
    'holds the control character U+0009'
    """
    if len(article_id) <= ID_CHARS and not _FAULTY.search(article_id):
        return ""
    surrogate = surrogate_fault(article_id)
    if surrogate:
        return surrogate
    if len(article_id) > ID_CHARS:
        return message(
            "is {count} characters long, at most {id_chars} are allowed",
            count=len(article_id),
            id_chars=ID_CHARS,
        )
    control = _CONTROL.search(article_id)
    return (
        message("holds the control character U+{control:04X}", control=ord(control[0]))
        if control
        else ""
    )


def surrogate_fault(text: str) -> str:
    r"""Return what is wrong with `text` when it holds half a surrogate pair, or nothing."""
    found = _SURROGATE.search(text)
    return message("holds the lone surrogate U+{found:04X}", found=ord(found[0])) if found else ""


def printable(name: str) -> str:
    r"""Return the name of a file so that it can be printed, what cannot be as `\xb0`.

    >>> printable("a\udcb0\n")
    'a\\xb0\\x0a'
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
