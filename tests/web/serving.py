"""A real `search serve` for tests that need one: browsers, and programs that ask over HTTP."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search import Cluster
from tests.engine_under_test import place

ROOT = Path(__file__).parents[2]


@contextmanager
def served(index: Path, *sources: Path, settings: str = "") -> Iterator[str]:
    """Give the address of `search serve` over an index of the sources, on a free port.

    `settings` is what `search.toml` says; the server is ended by its process id.
    """
    environment, named = {**os.environ, "LC_ALL": "C"}, ["--index", str(index)]
    if isinstance(lies := place(index), Cluster):
        environment |= {"SEARCH_ENGINE": "opensearch", "SEARCH_HOSTS": ",".join(lies.hosts)}
        settings += f'\n[cluster]\nname = "{lies.name}"\nreplicas = {lies.replicas}\n'
        named = []
    if settings:
        (index.parent / "search.toml").write_text(settings, "utf-8")
    command = [sys.executable, "-c", "import sys; from search.cli import main; sys.exit(main())"]
    build = [*command, "index", "-q", *map(str, sources), *named]
    subprocess.run(build, check=True, cwd=index.parent, env=environment)
    serving = [*command, "serve", *named, "--port", "0"]
    with subprocess.Popen(
        serving, stdout=subprocess.PIPE, text=True, cwd=index.parent, env=environment
    ) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address, "the server printed no address"
        yield address[0].rstrip("/")
        server.terminate()
        assert server.wait(10) == 0
