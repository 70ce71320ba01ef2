"""What the site says to its keeper: a JSON object a line on stderr, by the loggers of `logging`.

"xunwen.site" is told what went wrong, "xunwen.access" each request. A host that mounts the site
has both as it sets up its own logging; `log_to_stderr` is for a process that is the site alone.
What readers search for is in no line, unless that is asked for. Knows nothing of flask or the
archive: the process that starts workers logs by it too.
"""

import io
import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

SITE = logging.getLogger("xunwen.site")
ACCESS = logging.getLogger("xunwen.access")
LEFT_OUT = "(left out: it may hold what was searched for)"
_OURS = "xunwen"
_UNFIT = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # line ends to some, or of no bytes
_ASCII = re.compile(r"[\x00-\x7f]?")


def extra(fields: dict[str, Any], searched: Sequence[str] = ()) -> dict[str, Any]:
    """Return what a call of a logger takes as `extra`, so that `fields` become keys of the line.

    `searched` are texts of the reader's: what an exception says is left out where it holds a part.
    """
    return {"xunwen_fields": fields, "xunwen_searched": tuple(searched)}


class JsonLines(logging.Formatter):
    """Makes each record a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, without its end."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        is_ours = record.name.startswith(_OURS)
        said = record.getMessage()
        fields: dict[str, Any] = {
            "time": f"{at}.{int(record.created * 1000) % 1000:03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": said if is_ours else _without_query(said),
            **getattr(record, "xunwen_fields", {}),
        }
        if record.exc_info and record.exc_info[1]:
            searched = getattr(record, "xunwen_searched", ())
            fields["traceback"] = "".join(_told(record.exc_info[1], is_ours, searched))
        line = json.dumps(fields, ensure_ascii=False, default=str)
        return _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what is stderr now."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(JsonLines())

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # as that of logging's last resort
        return sys.stderr


def handler() -> logging.Handler:
    """Return what writes records to stderr as lines of JSON, which are UTF-8 in any locale."""
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8")
    return _Stderr()


def log_to_stderr(each_request: bool) -> None:
    """Have this process log to stderr: what goes wrong, and `each_request` if that is asked for."""
    for name in (_OURS, "waitress"):
        logging.getLogger(name).handlers = [handler()]
    logging.getLogger(_OURS).setLevel(logging.INFO)
    ACCESS.setLevel(logging.INFO if each_request else logging.WARNING)


def _told(error: BaseException, is_ours: bool, searched: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a traceback, from the first cause to what was raised last."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _told(before, is_ours, searched)
        yield "\nand then:\n\n"
    yield from traceback.format_tb(error.__traceback__)
    said = str(error)
    if not is_ours:
        said = _without_query(said)
    elif any(_shares(said, text) for text in searched):
        said = LEFT_OUT
    yield f"{type(error).__qualname__}: {said}\n"


def _shares(said: str, text: str) -> bool:
    """Return whether two characters that are side by side in `text` are so in `said`.

    Or the one that it is, unless that is a letter.

    >>> _shares("no such word: '长三角'", "算力 三角"), _shares("a list", "a")
    (True, False)
    """
    if len(text) < 2:
        return not _ASCII.fullmatch(text) and text in said
    return any(text[at : at + 2] in said for at in range(len(text) - 1))


def _without_query(said: str) -> str:
    """Return what a server says, up to where an address may go on with what is searched for.

    >>> _without_query("Error handling request GET /search?q=a b")
    'Error handling request GET /search?…'
    """
    said, mark, _ = said.partition("?")
    return f"{said}{mark}…" if mark else said
