"""A fresh process that answers one query: `python -m bench.start PEER INDEX QUERY`."""

import sys
from pathlib import Path

from bench.peers import OURS, load


def start(name: str, folder: str, query: str) -> None:
    if name == OURS:
        from search.cli import main

        main([query, "--index", folder, "--json"])
        return
    peer = load(name, Path(folder))
    peer.open()
    for found in peer.answer(query)[1]:
        print(*found)


if __name__ == "__main__":
    start(*sys.argv[1:4])
