"""Settings: from `SEARCH_*` variables, then `search.toml` in the current folder, then defaults.

Flags of a command come before all of these; click applies them on top.
"""

import codecs
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from search.config.reading import ReadingSettings
from search.errors import SettingError

Table = TypeVar("Table")

FILE = "search.toml"
MOST_OF_A_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command uses when no flag says otherwise."""

    index: str = "index"
    sources: tuple[str, ...] = ("seeds",)
    host: str = "127.0.0.1"
    port: int = 8000
    limit: int = 10
    reading: ReadingSettings = field(default_factory=ReadingSettings)  # in search.toml alone


def load_settings(folder: Path | None = None, env: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that hold in `folder` (the current one) with the variables `env`.

    Raises SettingError for a file or variable that cannot be used, naming it.
    """
    settings = Settings()
    path = (folder or Path()) / FILE
    if path.exists():
        settings = _with_values(settings, _read(path), FILE)
    variables = os.environ if env is None else env
    named = {f"SEARCH_{f.name.upper()}": f.name for f in fields(Settings) if f.name != "reading"}
    for variable, name in named.items():
        if variables.get(variable):
            value: Any = variables[variable]
            if name == "sources":
                value = [part for part in value.split(os.pathsep) if part]
            elif name in ("port", "limit"):
                value = int(value) if value.isascii() and value.isdigit() else value
            settings = _with_values(settings, {name: value}, variable)
    return settings


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # few have such a file

    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(
            f"cannot read '{path}': {error}", "mend the file, or remove it"
        ) from error


def _with_values(
    settings: Table, values: Mapping[str, Any], origin: str, within: str = ""
) -> Table:
    """Return a table of settings with other values; `within` is its name, a dot behind it."""
    known = {field.name: getattr(settings, field.name) for field in fields(settings)}  # type: ignore[arg-type]  # a dataclass
    for name, value in values.items():
        if name not in known:
            raise SettingError(
                f"cannot use setting '{within}{name}' of {origin}: there is no such setting",
                f"use one of: {', '.join(within + one for one in known)}",
            )
        value = _value(known[name], value, origin, within + name)
        settings = replace(settings, **{name: value})  # type: ignore[type-var]  # the same
    return settings


def _value(usual: Any, value: Any, origin: str, name: str) -> Any:
    """Return the value of a setting as it is kept, or raise; `usual` is that of the same kind."""
    if is_dataclass(usual) and isinstance(value, dict):
        return _with_values(usual, value, origin, f"{name}.")
    kind = type(usual)
    if kind is tuple and isinstance(value, list):
        value = tuple(value)
    fault = _fault(name, value, kind)
    if fault:
        raise SettingError(
            f"cannot use setting '{name}' of {origin}: {value!r} {fault}",
            "mend the value, or leave it out",
        )
    return value


def _fault(name: str, value: Any, kind: type[Any]) -> str:
    """Return what keeps `value` from being the setting `name`, to be put after it, or nothing."""
    if type(value) is not kind:  # True is an int, but no number
        return f"is not {_KIND.get(kind, 'a table')}"
    parts = value.values() if kind is dict else value if kind is tuple else ()
    if not all(isinstance(part, str) and part for part in parts):
        return f"is not {_KIND[kind]}"
    if kind is dict:
        return _table_fault(name, value)
    if not value and kind is not int:
        return "is empty"
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"is none of {', '.join(_CHOICES[name])}"
    most = _MOST.get(name, MOST_OF_A_LIMIT)
    if kind is int and not 0 <= value <= most:
        return f"is not between 0 and {most:,}"
    return ""


def _table_fault(name: str, value: Mapping[str, str]) -> str:
    if name == "reading.encodings":
        for encoding in value.values():
            try:
                codecs.lookup(encoding)
            except LookupError:
                return f"names '{encoding}', which is no encoding"
    return ""


_KIND = {str: "a text", int: "a whole number", tuple: "a list of texts", dict: "a table of texts"}
_CHOICES = {"reading.record_ids": ("own", "file")}
_MOST = {"port": 65_535, "limit": 10_000}
