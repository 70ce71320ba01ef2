"""Arguments as people type them: minus signs before Chinese, and terminals that are not UTF-8."""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence

from search.errors import QueryError
from search.messages import message

# Set before query text that begins with a minus, so that click does not take it for an option. It
# cannot be typed: no argument of a process holds U+0000.
GUARD = "\0"


def decoded(arguments: Iterable[str], env: Mapping[str, str] | None = None) -> list[str]:
    """Return the arguments as text, those that are not UTF-8 by the encoding the locale names.

    Where the locale itself is not installed (LANG=zh_CN.GBK), Python decodes them as UTF-8, and has
    set LC_CTYPE to a UTF-8 locale: what names UTF-8 says nothing of what is not.
    """
    variables = os.environ if env is None else env
    locales = [variables.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    encodings = [locale.partition(".")[2].partition("@")[0] for locale in locales]
    named = (e for e in encodings if e and e.lower().replace("-", "") != "utf8")
    encoding = next(named, "utf-8")
    return [_decoded(argument, encoding) for argument in arguments]


def _decoded(argument: str, encoding: str) -> str:
    if not any("\udc80" <= c <= "\udcff" for c in argument):
        return argument
    try:
        return os.fsencode(argument).decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return argument  # refused as a query with a clear error


def guarded(arguments: Sequence[str], takes_value: Iterable[str]) -> list[str]:
    """Return the arguments with query text such as `-上海` guarded from being read as options.

    A minus before an ASCII letter begins an option, `-0` is one too; after one of `takes_value`
    comes its value, and after `--` all is text already.
    """
    valued = set(takes_value)
    result: list[str] = []
    for at, argument in enumerate(arguments):
        if argument == "--":
            return [*result, *arguments[at:]]
        is_value = at > 0 and arguments[at - 1] in valued
        result.append(argument if is_value or not _is_text(argument) else GUARD + argument)
    return result


def _is_text(argument: str) -> bool:
    if not argument.startswith("-") or argument == "-" or _null_option(argument):
        return False
    head = argument.lstrip("-")[:1]
    return not (head.isascii() and head.isalpha())


_null_option = re.compile("-0[A-Za-z]*").fullmatch  # -0, also before other short options


def unguarded(arguments: Iterable[str]) -> list[str]:
    """Return the arguments as they were typed."""
    return [argument.removeprefix(GUARD) for argument in arguments]


def read_stdin() -> str:
    """Return standard input as text; a QueryError when it is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(
            message("cannot read standard input: not UTF-8 at byte {start}", start=error.start),
            message("convert it first, e.g. with 'iconv -f GB18030 -t UTF-8'"),
        ) from None
