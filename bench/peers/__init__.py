"""What is measured side by side: each peer the same few steps, in a module loaded when used."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

KINDS = ("term", "and", "or", "phrase")
PAGE = 10
OURS = "ours"
# Name → module, with `Peer(folder)` and `version()`.
PEERS = {
    OURS: "bench.peers.ours",
    "tantivy": "bench.peers.tantivy_words",
    "tutorial": "bench.peers.tutorial",
    "fts5": "bench.peers.fts5",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query as drawn: one word, or two that are both, either, or side by side."""

    kind: str
    words: tuple[str, ...]


class Peer(Protocol):
    """One search engine with its index in one folder."""

    def __init__(self, folder: Path) -> None: ...

    def build(self, records: Path, jobs: int = 1) -> None:
        """Index a raw file into the folder, until it can be searched; by `jobs`, if it can."""

    def open(self) -> None:
        """Open what was built, anew: nothing is remembered of what was asked before."""

    def written(self, query: Query) -> str:
        """Return the query as a user of this peer types it."""

    def prepared(self, written: str) -> Any:
        """Return the query as its parser gives it."""

    def ranked(self, prepared: Any) -> tuple[int, list[str]]:
        """Return how many documents answer and the ids of the ten best."""

    def answer(self, written: str) -> tuple[int, list[tuple[str, str]]]:
        """Return how many documents answer, and id and title of the ten best."""

    def page(self, written: str) -> list[str]:
        """Return the ten best as text with what was found marked."""

    def best(self, text: str) -> list[str]:
        """Return the ids of the ten best for a question or keywords, as this peer ranks them."""

    def add(self, folder: Path) -> None:
        """Add the `.txt` articles of a folder, until they can be searched."""


def load(name: str, folder: Path) -> Peer:
    """Return a peer; an ImportError when it is not installed."""
    peer: Peer = import_module(PEERS[name]).Peer(folder)
    return peer


def version(name: str) -> str:
    """Return what a peer is, with its versions; an ImportError when it is not installed."""
    found: str = import_module(PEERS[name]).version()
    return found
