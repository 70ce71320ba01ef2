"""What the tests of the engines share: articles, queries, and one way to talk to any engine."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from search.document import Document
from search.engine import Engine, SearchRequest
from search.engine.whoosh import WhooshEngine
from search.query import Node, parse
from tests.engine_under_test import ON_CLUSTER


class Kind(Protocol):
    """An engine: `create(folder)` makes an empty index there, `open(folder)` opens it again.

    An engine that keeps nothing in folders takes them for names.
    """

    def create(self, folder: Path, /) -> Engine: ...

    def open(self, folder: Path, /) -> Engine: ...

    def fork(self, folder: Path, new: Path, /) -> Engine: ...


def kinds() -> dict[str, Kind]:
    """Return the engines that are tested: the embedded one, or that which XUNWEN_ENGINE names."""
    if not ON_CLUSTER:
        return {"whoosh": WhooshEngine}
    from cluster_kind import ClusterKind

    return {"opensearch": ClusterKind()}


ENGINES = kinds()
# So far a score may be from the one that is right: a cluster adds up in 32 bits.
WITHIN = {"whoosh": 1e-9, "opensearch": 2e-5}


def examples(count: int) -> int:
    """Return how many random cases are tried where the embedded engine tries so many.

    On a cluster each makes an index there: a tenth, but in a soak.
    """
    return count if not ON_CLUSTER or os.environ.get("XUNWEN_SOAK") else max(5, count // 10)


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

    def __init__(self, name: str, folder: Path) -> None:
        self.kind = kind = ENGINES[name]
        self.within = WITHIN[name]
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
