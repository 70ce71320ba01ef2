"""Settings: from `SEARCH_*` variables, then `search.toml` in the current folder, then defaults.

Flags of a command come before all of these; click applies them on top.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from search.errors import SettingError

FILE = "search.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command uses when no flag says otherwise."""

    index: str = "index"
    sources: tuple[str, ...] = ("seeds",)
    host: str = "127.0.0.1"
    port: int = 8000
    limit: int = 10


def load_settings(folder: Path | None = None, env: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that hold in `folder` (the current one) with the variables `env`.

    Raises SettingError for a file or variable that cannot be used, naming it.
    """
    settings = Settings()
    path = (folder or Path()) / FILE
    if path.exists():
        settings = _with_values(settings, _read(path), FILE)
    variables = os.environ if env is None else env
    named = {f"SEARCH_{field.name.upper()}": field.name for field in fields(Settings)}
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


def _with_values(settings: Settings, values: Mapping[str, Any], origin: str) -> Settings:
    kinds = {field.name: type(getattr(settings, field.name)) for field in fields(Settings)}
    for name, value in values.items():
        if name not in kinds:
            raise SettingError(
                f"cannot use setting '{name}' of {origin}: there is no such setting",
                f"use one of: {', '.join(kinds)}",
            )
        if kinds[name] is tuple and isinstance(value, list):
            value = tuple(value)
        fault = _fault(name, value, kinds[name])
        if fault:
            raise SettingError(
                f"cannot use setting '{name}' of {origin}: {value!r} {fault}",
                "mend the value, or leave it out",
            )
        settings = replace(settings, **{name: value})
    return settings


def _fault(name: str, value: Any, kind: type[Any]) -> str:
    """Return what keeps `value` from being the setting `name`, to be put after it, or nothing."""
    if type(value) is not kind:  # True is an int, but no number
        return f"is not {_KIND[kind]}"
    if kind is tuple and not all(isinstance(part, str) and part for part in value):
        return f"is not {_KIND[kind]}"
    if not value and kind is not int:
        return "is empty"
    if name in _MOST and not 0 <= value <= _MOST[name]:
        return f"is not between 0 and {_MOST[name]:,}"
    return ""


_KIND = {str: "a text", int: "a whole number", tuple: "a list of texts"}
_MOST = {"port": 65_535, "limit": 10_000}
