"""A run without a server says so in one line, and fails where nothing may be left out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REASON = "OpenSearch 3.8.0 is not fetched yet: run 'make test-opensearch'"


def ran_without_jars(
    folder: Path, *tests: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run tests that need a server, with a Java, that is never started, and an empty cache."""
    (folder / "java" / "bin").mkdir(parents=True)
    (folder / "java" / "bin" / "java").touch()
    (folder / "java" / "release").write_text('JAVA_VERSION="25.0.3"\n')
    ours = ("PYTEST_", "XUNWEN_")
    given = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    given |= {"JAVA_HOME": str(folder / "java"), "XDG_CACHE_HOME": str(folder / "cache")}
    needing = [f"tests/opensearch/test_{name}.py" for name in ("one_node", "three_nodes")]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(tests or needing)]
    return subprocess.run(
        command, cwd=ROOT, env=given | environment, capture_output=True, text=True, check=False
    )


def test_one_skipped_test_speaks_for_all_and_says_how_to_get_a_server(tmp_path: Path) -> None:
    done = ran_without_jars(tmp_path)
    assert done.returncode == 0, done.stdout
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("SKIPPED"))
    assert re.sub(r"\d+ tests", "… tests", line) == (
        f"SKIPPED [1] tests/opensearch/test_one_node.py: {REASON} (… tests need it)"
    )
    assert not (tmp_path / "cache").exists()


def test_so_does_one_where_tests_of_every_engine_are_to_use_it(tmp_path: Path) -> None:
    done = ran_without_jars(tmp_path, "tests/golden", XUNWEN_ENGINE="opensearch")
    assert done.returncode == 0, done.stdout
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("SKIPPED"))
    assert f"{REASON} (" in line


def test_a_run_that_may_leave_out_nothing_fails(tmp_path: Path) -> None:
    done = ran_without_jars(tmp_path, XUNWEN_REQUIRE_ALL="1")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    counted = re.match(r"(\d+) errors in ", done.stdout.splitlines()[-1])
    assert counted, done.stdout
    assert done.stdout.count(REASON) == int(counted[1])
