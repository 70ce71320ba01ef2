"""The page of bounds says what the code says, and names tests that there are."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/bounds.md"
HEADS = ["what", "value", "set in", "beyond it", "reached by"]


def rows() -> list[list[str]]:
    """Return the cells of each row of the tables, heads left out."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    assert all(len(row) == len(HEADS) for row in cells), cells
    return [row for row in cells if row[0] not in ("what", "---")]


def value_of(place: str) -> Any:
    """Return what the code has in a place such as `web/limits.py: MAX_ANALYZED`."""
    file, _, name = place.strip("`").partition(": ")
    assert (ROOT / file).is_file(), place
    found = import_module(file.removesuffix(".py").replace("/", "."))
    for part in name.split("."):
        found = found() if isinstance(found, type) else found
        found = getattr(found, part)
    return found


@cache
def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_there_are_bounds_of_every_kind():
    assert len(rows()) > 50
    for word in ("MAX_QUERY", "MAX_PER_PAGE", "file_mb", "QuerySettings.seconds", "CACHED_BYTES"):
        assert any(word in row[2] for row in rows()), word


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[2].strip("`"))
def test_a_bound_is_what_the_code_has(row):
    number = int(row[1].replace(",", ""))
    found = value_of(row[2])
    if isinstance(found, str):  # a rate
        found = int(found.partition("/")[0])
    assert found == number


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"tests/\S+::\w+", PAGE.read_text("utf-8"))))
)
def test_a_test_that_is_named_is_there(name):
    file, _, test = name.partition("::")
    assert test in names_in(file)


@pytest.mark.parametrize("name", ["Limits", "SiteSettings", "QuerySettings", "ClusterSettings"])
def test_every_setting_that_is_a_bound_is_on_the_page(name):
    settings = getattr(import_module("search.config"), name)()
    values = {field: getattr(settings, field) for field in settings.__slots__}
    bounds = {field for field, value in values.items() if type(value) is int}
    told = {row[2].strip("`").rpartition(".")[2] for row in rows() if f": {name}." in row[2]}
    assert bounds - {"proxies", "workers", "shards", "replicas"} <= told
