"""Settings: from `SEARCH_*` variables, then `search.toml` in the current folder, then defaults.

Flags of a command come before all of these; click applies them on top.
"""

import os
import tomllib
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
                value = value.split(os.pathsep)
            elif name in ("port", "limit"):
                value = int(value) if value.isascii() and value.isdigit() else value
            settings = _with_values(settings, {name: value}, variable)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
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
        if kinds[name] is tuple and isinstance(value, list | tuple):
            value = tuple(value)
        usable = isinstance(value, kinds[name]) and not isinstance(value, bool)
        if kinds[name] is tuple and usable:
            usable = all(isinstance(part, str) for part in value)
        if not usable:
            raise SettingError(
                f"cannot use setting '{name}' of {origin}: {value!r} is not {_KIND[kinds[name]]}",
                "mend the value, or leave it out",
            )
        settings = replace(settings, **{name: value})
    return settings


_KIND = {str: "a text", int: "a whole number", tuple: "a list of texts"}
