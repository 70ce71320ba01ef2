"""docs/operations.md names the settings, commands and metrics that there are."""

import re
import tomllib
from dataclasses import asdict, fields
from pathlib import Path

import click
import pytest
from prometheus_client.parser import text_string_to_metric_families

from search.cli.commands import search
from search.config import SiteSettings
from tests.web.conftest import CHAIN, FakeArchive
from web import create_app

GUIDE = (Path(__file__).parents[1] / "docs/operations.md").read_text("utf-8")
COMMANDS = re.findall(r"\bsearch ((?:serve|index|verify|status|doctor|migrate)\b[^\n`&#]*)", GUIDE)


def test_its_settings_are_those_that_there_are_with_their_defaults():
    table = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert table
    assert tomllib.loads(table[1])["site"] == asdict(SiteSettings())
    assert list(tomllib.loads(table[1])["site"]) == [field.name for field in fields(SiteSettings)]


def test_its_commands_and_their_options_are_there():
    assert len(COMMANDS) > 8
    context = click.Context(search)
    for line in COMMANDS:
        name, *rest = line.split()
        command = search.get_command(context, name)
        assert command is not None
        known = {opt for param in command.params for opt in (*param.opts, *param.secondary_opts)}
        asked = {word for word in rest if word.startswith("--")}
        assert asked <= known, line


def test_its_metrics_are_those_that_there_are():
    client = create_app(FakeArchive(CHAIN)).test_client()
    for address in ("/search?q=a&page=0", "/help"):
        client.get(address)
    families = text_string_to_metric_families(client.get("/metrics").text)
    found = {family.name for family in families} - {"xunwen_request_seconds_created"}
    told = {name.removesuffix("_total") for name in re.findall(r"^\| `(xunwen_\w+)`", GUIDE, re.M)}
    told |= {"xunwen_index_segments"}
    named = {re.sub(r"_info$|_created$", "", name) for name in found}
    assert named <= {re.sub(r"_info$", "", name) for name in told}
    alerts = set(re.findall(r"(xunwen_\w+?)(?:_total|_bucket)?[\[{ ]", GUIDE.split("```yaml")[1]))
    assert {re.sub(r"_info$", "", one) for one in alerts} <= {
        re.sub(r"_info$", "", name) for name in told
    }


@pytest.mark.parametrize("option", ["ProtectSystem=strict", "NoNewPrivileges=yes", "MemoryMax="])
def test_both_services_are_confined(option):
    services = re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL)
    assert len(services) == 2
    assert all(option in service for service in services)
