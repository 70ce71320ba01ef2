"""Where everyone starts from: stock Whoosh with jieba's ChineseAnalyzer."""

import logging
import warnings
from collections.abc import Iterable
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

# Before the imports, hence E402: raised when both, being old, are compiled.
warnings.filterwarnings("ignore")

import jieba  # noqa: E402 - see above
from jieba.analyse import ChineseAnalyzer  # noqa: E402 - see above
from whoosh.fields import ID, TEXT, Schema  # noqa: E402 - see above
from whoosh.index import create_in, open_dir  # noqa: E402 - see above
from whoosh.qparser import MultifieldParser  # noqa: E402 - see above
from whoosh.query import Or, Term  # noqa: E402 - see above

from bench.peers import PAGE, Query  # noqa: E402 - see above
from bench.records import Article, read_articles, read_records  # noqa: E402 - see above

jieba.setLogLevel(logging.WARNING)


def version() -> str:
    """Return the versions of Whoosh and jieba."""
    return f"Whoosh {version_of('Whoosh')} with jieba {version_of('jieba')}'s ChineseAnalyzer"


class Peer:
    """An index as the tutorials build it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, records: Path, _: int = 1) -> None:
        """Index a raw file."""
        self._folder.mkdir()
        analyzer = ChineseAnalyzer()
        schema = Schema(
            id=ID(stored=True),
            title=TEXT(analyzer=analyzer, stored=True),
            body=TEXT(analyzer=analyzer, stored=True),
        )
        self._index = create_in(str(self._folder), schema)
        self._write(read_records(records))

    def open(self) -> None:
        """Open the index."""
        self._index = open_dir(str(self._folder))
        self._searcher = self._index.searcher()
        self._parser = MultifieldParser(["title", "body"], self._index.schema)

    def written(self, query: Query) -> str:
        """Return the query string."""
        if query.kind == "phrase":
            return f'"{"".join(query.words)}"'
        return f" {query.kind.upper()} ".join(query.words)

    def prepared(self, written: str) -> Any:
        """Return Whoosh's query."""
        return self._parser.parse(written)

    def ranked(self, prepared: Any) -> tuple[int, list[str]]:
        """Return the total and the stored ids."""
        results = self._searcher.search(prepared, limit=PAGE)
        return len(results), [hit["id"] for hit in results]

    def answer(self, written: str) -> tuple[int, list[tuple[str, str]]]:
        """Return the total, ids and titles."""
        results = self._searcher.search(self.prepared(written), limit=PAGE)
        return len(results), [(hit["id"], hit["title"]) for hit in results]

    def page(self, written: str) -> list[str]:
        """Return titles and Whoosh's highlights of the bodies."""
        results = self._searcher.search(self.prepared(written), limit=PAGE)
        return [f"{hit['title']} {hit.highlights('body')}" for hit in results]

    def best(self, text: str) -> list[str]:
        """Return the ids for any of the analyzer's tokens, in title or body, by Whoosh's BM25F.

        Joined here and not by its parser, to which a question's marks may be syntax.
        """
        tokens = dict.fromkeys(token.text for token in ChineseAnalyzer()(text, mode="query"))
        query = Or([Term(field, token) for token in tokens for field in ("title", "body")])
        return self.ranked(query)[1] if tokens else []

    def add(self, folder: Path) -> None:
        """Add the articles of a folder."""
        self._write(read_articles(folder))
        self._searcher = self._searcher.refresh()

    def _write(self, articles: Iterable[Article]) -> None:
        writer = self._index.writer(limitmb=256)
        for number, title, body in articles:
            writer.add_document(id=number, title=title, body=body)
        writer.commit()
