"""What the head of a Markdown file says of the article, and where the article begins.

YAML between lines of `---`, TOML between lines of `+++`, and the lines `[#]: author: (名)` that
translators put there, which Markdown does not show. Uses PyYAML, loaded when there is YAML; of it
only the loader that makes strings of everything: `1.50` and `2024-06-28` stay as they are written.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

_BLOCK = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<text>(?:.*\r?\n)*?)"
    r"(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_MOST_CHARACTERS = 65_536  # further down, the second --- is a rule across the page
_PLAIN_LINE = re.compile(r"(?P<name>[\w-]+)[ \t]*[:：][ \t]*(?P<value>.*)")
_CONTINUED = re.compile(r"[ \t]|- |#|\Z")
_COMMENT_LINE = re.compile(
    r"\s*\[#\]:[ \t]*(?P<name>[\w·-]+)[ \t]*:?[ \t]*(?P<value>[(\"'].*[)\"'])[ \t]*(?:\r?\n|\Z)"
)
_QUOTES = {"(": ")", '"': '"', "'": "'"}
_BETWEEN = "、"


def front_matter(text: str) -> tuple[dict[str, str], int]:
    r"""Return the values at the head of `text`, as strings, and where what they speak of begins.

    >>> front_matter("---\ntitle: 招商\ntags: [青浦, 吴江]\n---\n正文")
    ({'title': '招商', 'tags': '青浦、吴江'}, 33)
    """
    values, start = _fenced(text)
    while found := _COMMENT_LINE.match(text, start):
        name = found["name"].replace("·", "")
        value = found["value"]
        if _QUOTES[value[0]] == value[-1] and len(value) > 1:
            values.setdefault(name, value[1:-1].replace('\\"', '"').strip())
        start = found.end()
    return {name: value for name, value in values.items() if value}, start


def _fenced(text: str) -> tuple[dict[str, str], int]:
    found = _BLOCK.match(text, 0, _MOST_CHARACTERS)
    if found is None:
        return {}, 0
    parse = _toml if found["fence"] == "+++" else _yaml
    values = parse(found["text"]) or _line_by_line(found["text"])
    return (values, found.end()) if values else ({}, 0)


def _yaml(text: str) -> dict[str, str]:
    import yaml

    try:
        return _flat(yaml.load(text, Loader=yaml.BaseLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}


def _toml(text: str) -> dict[str, str]:
    try:
        return _flat(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _line_by_line(text: str) -> dict[str, str]:
    """Return what `name: value` lines say that are no YAML, such as `title: Vue: 入门`."""
    values = {}
    for line in text.splitlines():
        found = _PLAIN_LINE.match(line)
        if found:
            values[found["name"]] = found["value"].strip().strip("\"'")
        elif not _CONTINUED.match(line):
            return {}
    return values


def _flat(values: object) -> dict[str, str]:
    """Return what has one value, or a list of such, as strings; all else is left out."""
    if not isinstance(values, Mapping):
        return {}
    return {str(name): _BETWEEN.join(_strings(value)) for name, value in values.items()}


def _strings(value: Any) -> Iterator[str]:
    """Yield what a value says: itself, its parts, or the name of the person that it describes."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, Mapping):
            part = part.get("name")
        if isinstance(part, bool):
            yield "true" if part else "false"
        elif isinstance(part, datetime | date):
            yield part.isoformat()
        elif isinstance(part, str | int | float):
            yield str(part).strip()
