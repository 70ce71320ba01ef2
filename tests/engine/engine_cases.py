"""What the tests of the engines share: articles, queries, and one way to talk to any engine."""

from collections.abc import Iterable
from pathlib import Path

from search.document import Document
from search.engine import Engine, SearchRequest
from search.engine.whoosh import WhooshEngine
from search.query import Node, parse

# Each engine's class: `create(folder)` makes an empty index there, `open(folder)` opens it again.
ENGINES = {"whoosh": WhooshEngine}


def article(article_id: str, body: str = "正文", **fields: str) -> Document:
    """Return an article with that id and text."""
    return Document(article_id, fields.pop("title", ""), body, **fields)


def tree(query: str, any_word: bool = False) -> Node:
    """Return the tree of a query that holds something to search for."""
    parsed = parse(query, any_word).tree
    assert parsed is not None, query
    return parsed


class Home:
    """One index of one engine, spoken to in ids."""

    def __init__(self, kind: type[WhooshEngine], folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        folder.mkdir()
        self.engine: Engine = kind.create(folder)

    def reopened(self) -> Engine:
        """Return the index opened once more, as another process does."""
        return self.kind.open(self.folder)

    def commit(
        self,
        *added: Document,
        deleted: Iterable[str] = (),
        manifest: bytes = b"{}",
    ) -> None:
        """Commit one change: `deleted` go, then `added` come."""
        writer = self.engine.writer()
        writer.delete(list(deleted))
        writer.write(added)
        writer.commit(manifest)

    def found(self, query: str | Node, **options: object) -> list[str]:
        """Return the ids of the documents that answer, in order."""
        return [article_id for article_id, _ in self.scored(query, **options)]

    def scored(self, query: str | Node, **options: object) -> list[tuple[str, float]]:
        """Return (id, score) of the documents that answer, in order."""
        reader = self.engine.reader()
        node = tree(query) if isinstance(query, str) else query
        ranking = reader.search(SearchRequest(node, **{"limit": 10_000, **options}))  # type: ignore[arg-type]
        headings = reader.headings([found.number for found in ranking.documents])
        return [(h.id, d.score) for h, d in zip(headings, ranking.documents, strict=True)]
