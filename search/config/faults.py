"""What keeps a value from being a setting: its kind, its range, a name that nothing goes by."""

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.config.engine import ENGINES, LONGEST_NAME, host_fault, name_fault
from search.config.reading import COLUMNS
from search.messages import message

_MEND = message("mend the value, or leave it out")
_NOT_OF_KIND = {
    str: message("is not a text"),
    int: message("is not a whole number"),
    bool: message("is not true or false"),
    tuple: message("is not a list of texts"),
    dict: message("is not a table of texts"),
}
_LIMITS = "reading.limits."
_MOST_OF_A_LIMIT = 1_000_000_000
_MOST = {
    **{"port": 65_535, "limit": 10_000, "site.proxies": 10, "site.workers": 64},
    **{"site.at_once": 256, "site.queue": 1_000, "site.queue_seconds": 60},
    **{"query.seconds": 86_400, "site.seconds": 3_600},
    **{"cluster.shards": 1_024, "cluster.replicas": 100, "cluster.timeout": 3_600},
}
_CHOICES = {
    "engine": ENGINES,
    "reading.record_ids": ("own", "file"),
    "site.log": ("auto", "on", "off"),
}
_LEAST = {
    f"{_LIMITS}depth": 0,  # no folder below the source's own
    **dict.fromkeys(("site.at_once", "cluster.shards", "cluster.timeout"), 1),
}
# Python has them as encodings, and no file is written in one: it would be read as if it were.
_OF_NO_FILE = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, to be put after the value, or after the name when that is what is wrong."""

    cause: str
    hint: str = _MEND
    is_of_name: bool = False


def value_fault(name: str, value: Any, kind: type[Any]) -> Fault | None:
    """Return what keeps `value`, as TOML gives it, from being the setting `name` of a kind."""
    if kind is tuple:
        if name != "hosts":
            return _list_fault(value)
        return _secret_fault(value) or _list_fault(value) or _hosts_fault(value)
    if type(value) is not kind:  # True is an int, but no number
        return Fault(_NOT_OF_KIND.get(kind) or message("is not a table"))
    if kind is bool:
        return None
    if kind is int:
        most = _MOST.get(name, _MOST_OF_A_LIMIT)
        least = _LEAST.get(name, 1 if name.startswith(_LIMITS) else 0)
        if least <= value <= most:
            return None
        return Fault(message("is not between {least} and {most:,}", least=least, most=most))
    if name in _CHOICES and value not in _CHOICES[name]:
        return Fault(message("is none of {choices}", choices=", ".join(_CHOICES[name])))
    if not value:
        return Fault(message("is empty"))
    cause = name_fault(value) if name == "cluster.name" else None
    if not cause:
        return None
    hint = message(
        "use at most {most} of a-z, 0-9, '-', '_' and '.', a letter or digit first",
        most=LONGEST_NAME,
    )
    return Fault(cause, hint)


def table_fault(table: str, name: str, value: Any) -> Fault | None:
    """Return what keeps one entry of a table from being used."""
    if table == "reading.columns" and name not in COLUMNS:
        hint = message("use one of: {known}", known=", ".join(f"{table}.{one}" for one in COLUMNS))
        return Fault(message("there is no such setting"), hint, is_of_name=True)
    if not isinstance(value, str):
        return Fault(message("is not a text"))
    if not value.strip():
        return Fault(message("is empty"))
    if table == "reading.encodings" and not _is_encoding(value):
        return Fault(
            message("is no encoding of texts"),
            message("use one such as gb18030, big5hkscs, utf-8, utf-16, shift_jis or windows-1252"),
        )
    return None


def shown(value: Any) -> str:
    """Return a value as a settings file would write it.

    >>> shown(True), shown(("a", 1)), shown({"b": "c"})
    ('true', "['a', 1]", "{ b = 'c' }")
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {shown(one)}' for name, one in value.items())} }}"
    return f"'{value}'" if isinstance(value, str) else str(value)


def _list_fault(value: Any) -> Fault | None:
    if not isinstance(value, list):
        return Fault(message("is not a list of texts"))
    if not all(isinstance(part, str) and part for part in value):
        return Fault(message("is not a list of texts"))
    return None if value else Fault(message("is empty"))


def _secret_fault(hosts: Any) -> Fault | None:
    """Return the fault of hosts, whatever they are, that hold who asks; they are not repeated."""
    if "@" not in shown(hosts):
        return None
    return Fault(
        message("it says who asks, where others may read it"),
        message("leave that out, and set SEARCH_USER and SEARCH_PASSWORD"),
        is_of_name=True,
    )


def _hosts_fault(hosts: Sequence[str]) -> Fault | None:
    """Return what keeps one of the hosts from being a node."""
    for host in hosts:
        if cause := host_fault(host):
            return Fault(cause, message("write it as in 'https://10.0.0.1:9200'"))
    return None


def _is_encoding(name: str) -> bool:
    """Return whether files can be in the encoding of this name; hex and rot13 are none."""
    try:
        codec = codecs.lookup(name).name.replace("_", "-")
        b"a".decode(name)
    except (LookupError, ValueError) as error:
        # Half a character of UTF-16 is none, and says that this is an encoding.
        return isinstance(error, UnicodeError) and codec not in _OF_NO_FILE
    return codec not in _OF_NO_FILE
