"""The documents say what is true: links resolve, commands exist, shown output is real."""

import re
import subprocess
from pathlib import Path

import pytest

from search.cli import main
from search.cli.commands import COMMANDS
from search.query import parse

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
PAGES = [
    *READMES,
    ROOT / "ARCHITECTURE.md",
    ROOT / "CHANGELOG.md",
    ROOT / "index" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
ANSI = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    return listed.stdout.decode("utf-8").splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_architecture_names_every_folder_and_links_resolve() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    folders = [path.parent for path in (ROOT / "search").rglob("__init__.py")]
    for folder in folders:
        name = folder.relative_to(ROOT).as_posix()
        assert name == "search" or f"({name}" in text, f"ARCHITECTURE.md does not speak of {name}"


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_command_has_an_entry(page: Path) -> None:
    text = page.read_text("utf-8")
    for command in COMMANDS:
        assert command == "query" or f"`search {command}" in text, command


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_shown_output_is_what_the_command_prints(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    index = str(tmp_path / "index")
    assert main(["index", "-q", "seeds", "--index", index]) == 0
    capfdbinary.readouterr()
    assert main(["產業鏈", "--index", index, "--color", "always"]) == 0
    printed = ANSI.sub("", capfdbinary.readouterr().out.decode("utf-8"))

    shown = re.search(r"\$ search 產業鏈\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert shown
    assert shown[1].rstrip() == "\n".join(line.rstrip() for line in printed.rstrip().splitlines())


def test_the_two_readmes_have_the_same_sections_and_examples() -> None:
    english, chinese = (page.read_text("utf-8") for page in READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    commands = [re.findall(r"^\$ search [^\n]*|^\| `[^`]*`", t, re.M) for t in (english, chinese)]
    assert commands[0] == commands[1]


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_shown_forms_of_a_query_ask_for_the_same_in_both_widths(page: Path) -> None:
    rows = re.findall(r"^\| (`[^`]*`) \| ((?:`[^`]*` ?)+) \| [^|]", page.read_text("utf-8"), re.M)
    assert len(rows) > 12
    for half, full in rows:
        forms = re.findall(r"`([^`]*)`", half + full)
        queries = [parse(form) for form in forms]
        assert len(queries) > 1
        assert all(query.notes == () for query in queries), forms
        assert {query.tree for query in queries} == {queries[0].tree}, forms
        assert queries[0].tree is not None


def test_nothing_in_the_tree_names_a_registry_or_a_path_of_one_machine() -> None:
    # Put together here so that this file does not hold them itself.
    registries = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "--index" + "-url"]
    paths = ["/" + "root/", "/" + "work/"]
    for name in tracked():
        path = ROOT / name
        if not path.is_file() or (path.suffix in {".png", ".txt"} and "seeds" in name):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for word in (*registries, *paths):
            assert word not in text, f"{name} holds {word}"
