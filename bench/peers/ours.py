"""Xunwen itself."""

from pathlib import Path

from bench.peers import PAGE, Query
from search.archive import Archive
from search.archive.live import LiveIndex
from search.engine import SearchRequest
from search.query import Node, parse
from search.results import Marked


def version() -> str:
    """Return what is measured."""
    return "ours"


class Peer:
    """Asked as the command line and the site do; at the level "engine", through its port.

    For speed all words are required and nothing is expanded, as with the peers.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, records: Path, jobs: int = 1) -> None:
        """Index a raw file."""
        Archive.build([records], self._folder, jobs=jobs)

    def open(self) -> None:
        """Open the index."""
        self._archive = Archive.open(self._folder)
        self._reader = LiveIndex(self._folder).reader()

    def written(self, query: Query) -> str:
        """Return the query string."""
        match query.kind:
            case "phrase":
                return f'"{"".join(query.words)}"'
            case "or":
                return " OR ".join(query.words)
            case _:
                return " ".join(query.words)

    def prepared(self, written: str) -> Node:
        """Return the query tree."""
        tree = parse(written).tree
        assert tree is not None, written
        return tree

    def ranked(self, prepared: Node) -> tuple[int, list[str]]:
        """Return the total and the ids of the page."""
        ranking = self._reader.search(SearchRequest(prepared, PAGE))
        return ranking.total, [found.id for found in ranking.documents]

    def answer(self, written: str) -> tuple[int, list[tuple[str, str]]]:
        """Return the total, ids and titles."""
        results = self._archive.search(written, limit=PAGE, relax=False, expand=False)
        return results.total, [(hit.id, hit.title) for hit in results.hits]

    def page(self, written: str) -> list[str]:
        """Return marked titles and snippets: up to two a hit."""
        hits = self._archive.search(written, limit=PAGE, relax=False, expand=False).hits
        return [" … ".join(map(_marked, (hit.marked_title, *hit.snippets))) for hit in hits]

    def best(self, text: str) -> list[str]:
        """Return the ids for what is typed as it is; of the same text each is a hit of its own."""
        return [hit.id for hit in self._archive.search(text, limit=PAGE, fold=False).hits]

    def best_of_any(self, text: str) -> list[str]:
        """Return the ids where any of the words will do: how we rank, whatever we require."""
        hits = self._archive.search(text, limit=PAGE, any_word=True, fold=False).hits
        return [hit.id for hit in hits]

    def add(self, folder: Path) -> None:
        """Add a folder as a source."""
        self._archive.update([folder])


def _marked(text: Marked) -> str:
    return "".join(f"<b>{p.text}</b>" if p.marked else p.text for p in text.pieces)
