"""A folder with a copy of the seeds and their index, in which commands are run."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from cli_cases import environment

from search import Archive
from search.cli import main
from search.cli.speech import speak
from search.messages import ENGLISH

SEEDS = Path(__file__).parents[2] / "seeds"


class Ran(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return a folder with seeds/ and index/, built once and not to be changed."""
    folder = tmp_path_factory.mktemp("cli")
    shutil.copytree(SEEDS, folder / "seeds")
    Archive.build([folder / "seeds"], folder / "index")
    return folder


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch):
    for name in set(os.environ) - set(environment()):
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    speak(ENGLISH)  # which a test before may have changed


@pytest.fixture
def here(built, monkeypatch):
    """Run in the folder of the built index."""
    monkeypatch.chdir(built)
    return built


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """Run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(capsysbinary):
    """Return a function that runs `search` in this process."""

    def run(*arguments):
        code = main(arguments)
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run
