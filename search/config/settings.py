"""Settings: from `SEARCH_*` variables, then `search.toml` in the current folder, then defaults.

Flags of a command come before all of these; click applies them on top.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from search.config.analysis import AnalysisSettings
from search.config.cluster import Cluster
from search.config.engine import ClusterSettings
from search.config.faults import Fault, shown, table_fault, value_fault
from search.config.query import QuerySettings
from search.config.reading import ReadingSettings
from search.config.site import SiteSettings
from search.config.writing import WritingSettings
from search.errors import SettingError
from search.messages import message, said_by, system_cause

Table = TypeVar("Table")

FILE = "search.toml"
_TABLES = ("reading", "writing", "analysis", "query", "site", "cluster")  # of the file alone
_SECRETS = ("user", "password", "api_key")  # of variables alone


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command uses when no flag says otherwise."""

    index: str = "index"
    sources: tuple[str, ...] = ("seeds",)
    host: str = "127.0.0.1"
    port: int = 8000
    limit: int = 10
    engine: str = "whoosh"
    hosts: tuple[str, ...] = ()  # nodes of the cluster, where the engine is opensearch
    # In variables alone, and printed nowhere:
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    # In search.toml alone:
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    writing: WritingSettings = field(default_factory=WritingSettings)
    analysis: AnalysisSettings = field(default_factory=AnalysisSettings)
    query: QuerySettings = field(default_factory=QuerySettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    cluster: ClusterSettings = field(default_factory=ClusterSettings)

    @property
    def place(self) -> str | Cluster:
        """Where the archive lies: a folder, or a name on a cluster.

        A SettingError when what is said of the cluster does not do.
        """
        if self.engine != "opensearch":
            return self.index
        if not self.hosts:
            raise SettingError(
                message("cannot use engine 'opensearch': no hosts are named"),
                message("""add 'hosts = ["https://10.0.0.1:9200"]' to search.toml"""),
            )
        table = self.cluster
        if table.ca:
            _check_certificates(table.ca)
        hosts = tuple(host.rstrip("/") for host in self.hosts)
        secrets = self.user, self.password, self.api_key
        return Cluster(
            hosts, table.name, table.shards, table.replicas, table.timeout, table.ca, *secrets
        )


def load_settings(folder: Path | None = None, env: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that hold in `folder` (the current one) with the variables `env`.

    Raises SettingError for a file or variable that cannot be used, naming it.
    """
    settings = Settings()
    path = (folder or Path()) / FILE
    if path.exists():
        values = _read(path)
        _refuse_secrets(values)
        settings = _with_values(settings, values, FILE)
    variables = os.environ if env is None else env
    named = {f"SEARCH_{f.name.upper()}": f.name for f in fields(Settings) if f.name not in _TABLES}
    for variable, name in named.items():
        if variables.get(variable):
            value: Any = variables[variable]
            if name == "sources":
                value = [part for part in value.split(os.pathsep) if part]
            elif name == "hosts":
                value = [part.strip() for part in value.split(",") if part.strip()]
            elif name in _SECRETS:
                _check_secret(name, value, variable)
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
            message("cannot read '{path}': {error}", path=path, error=said_by(error)),
            message("mend the file, or remove it"),
        ) from error


def _refuse_secrets(values: Mapping[str, Any]) -> None:
    """Raise for who asks in a file; nothing that is said of it is repeated."""
    for name in _SECRETS:
        table = values.get("cluster")
        if name in values or (isinstance(table, dict) and name in table):
            raise SettingError(
                message(
                    "cannot use setting '{name}' of {origin}: it is secret", name=name, origin=FILE
                ),
                message("take it out, and set SEARCH_{name} instead", name=name.upper()),
            )


def _check_secret(name: str, value: str, origin: str) -> None:
    if not (value.isascii() and value.isprintable()):
        raise SettingError(
            message(
                "cannot use setting '{name}' of {origin}: it has other characters than ASCII has",
                name=name,
                origin=origin,
            ),
            message("mend the value, or leave it out"),
        )


def _check_certificates(path: str) -> None:
    """Raise where a file holds no certificates that could be trusted."""
    import ssl  # few have such a file

    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:
        is_other = isinstance(error, ssl.SSLError)
        cause = message("it holds no certificates") if is_other else system_cause(error)
        raise SettingError(
            message("cannot read '{path}', which 'ca' names: {cause}", path=path, cause=cause),
            message("name a file of certificates in PEM form under [cluster] in search.toml"),
        ) from None


def _with_values(
    settings: Table, values: Mapping[str, Any], origin: str, within: str = ""
) -> Table:
    """Return a table of settings with other values; `within` is its name, a dot behind it."""
    known = {field.name: getattr(settings, field.name) for field in fields(settings)}  # type: ignore[arg-type]  # a dataclass
    for name, value in values.items():
        if name not in known:
            offered = [within + one for one in known if within or one not in _SECRETS]
            raise SettingError(
                message(
                    "cannot use setting '{within}{name}' of {origin}: there is no such setting",
                    within=within,
                    name=name,
                    origin=origin,
                ),
                message("use one of: {known}", known=", ".join(offered)),
            )
        value = _value(known[name], value, origin, within + name)
        settings = replace(settings, **{name: value})  # type: ignore[type-var]  # the same
    return settings


def _value(usual: Any, value: Any, origin: str, name: str) -> Any:
    """Return the value of a setting as it is kept, or raise; `usual` is that of the same kind."""
    if is_dataclass(usual) and isinstance(value, dict):
        return _with_values(usual, value, origin, f"{name}.")
    kind = type(usual)
    if kind is dict and isinstance(value, dict):
        for key, one in value.items():
            _refuse(table_fault(name, key, one), f"{name}.{key}", one, origin)
        return value
    _refuse(value_fault(name, value, kind), name, value, origin)
    return tuple(value) if kind is tuple else value


def _refuse(fault: Fault | None, name: str, value: Any, origin: str) -> None:
    """Raise when there is a fault; the message names the setting, where it stands, and what."""
    if fault:
        said = (
            fault.cause
            if fault.is_of_name
            else message("{value} {cause}", value=shown(value), cause=fault.cause)
        )
        raise SettingError(
            message(
                "cannot use setting '{name}' of {origin}: {said}",
                name=name,
                origin=origin,
                said=said,
            ),
            fault.hint,
        )
