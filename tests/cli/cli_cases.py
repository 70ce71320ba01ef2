"""What the tests of the command line share: running it inside this process, and as its own."""

import os
import subprocess
import sys
from pathlib import Path

CHAIN = "000_414e468a296fc206.txt"
STATION = "002_36eff7ae45c6ac4f.txt"
SEARCH = Path(sys.executable).with_name("search")


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a command: nobody's own settings, UTF-8, `search` to be found."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SEARCH_", "LC_", "LANG", "NO_COLOR", "COLUMNS", "FORCE_COLOR"))
    }
    path = f"{SEARCH.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**kept, "PATH": path, "LANG": "C.UTF-8", "TERM": "xterm-256color", **variables}


def run(*arguments: str | bytes, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Return a `search` process that has ended, its output as bytes."""
    return subprocess.run(
        [SEARCH, *arguments],
        capture_output=True,
        check=False,
        env=environment(**variables),
        timeout=60,
    )


def shell(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Return a shell that has run `script`, where `search` is found."""
    return subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        env=environment(**variables),
        timeout=60,
    )
