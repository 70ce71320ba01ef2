"""Runs OpenSearch nodes until Ctrl-C, for trying things by hand.

`python -m tests.opensearch.running 3` starts three.
"""

import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.opensearch.fetching import MissingError, fetch
from tests.opensearch.nodes import started


def main(count: int) -> None:
    """Print name, address and process id of each node, then wait."""
    server = fetch()
    with tempfile.TemporaryDirectory(prefix="xunwen-opensearch-") as folder:
        begun = time.monotonic()
        with started(server, Path(folder), count) as cluster:
            for node in cluster.nodes:
                print(node.name, node.address, node.pid, flush=True)
            seconds = time.monotonic() - begun
            print(f"OpenSearch {server.version}, started in {seconds:.1f} s; Ctrl-C ends it")
            with suppress(KeyboardInterrupt):
                sys.stdin.read()


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if sys.argv[1:] else 1)
    except MissingError as missing:
        sys.exit(f"opensearch: {missing}")
