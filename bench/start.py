"""A fresh process that answers one query: `python -m bench.start PEER INDEX QUERY`."""

import sys
from pathlib import Path

from bench.peers import OURS, load


def start(name: str, folder: str, query: str) -> int:
    if name == OURS:
        from search.cli import main

        return main([query, "--index", folder, "--json"])
    peer = load(name, Path(folder))
    peer.open()
    for found in peer.answer(query)[1]:
        print(*found)
    return 0


if __name__ == "__main__":
    sys.exit(start(*sys.argv[1:4]))
