"""The peer everyone starts from: stock Whoosh with jieba's ChineseAnalyzer."""

import warnings
from collections.abc import Iterable
from pathlib import Path

from search.document import Document

warnings.filterwarnings("ignore")


class Tutorial:
    """An index as the tutorials build it."""

    def __init__(self, folder: Path) -> None:
        from jieba.analyse import ChineseAnalyzer
        from whoosh.fields import ID, TEXT, Schema
        from whoosh.index import create_in

        analyzer = ChineseAnalyzer()
        schema = Schema(
            id=ID(stored=True),
            title=TEXT(analyzer=analyzer, stored=True),
            body=TEXT(analyzer=analyzer, stored=True),
        )
        self._index = create_in(str(folder), schema)

    def build(self, documents: Iterable[Document]) -> None:
        """Index the documents."""
        writer = self._index.writer(limitmb=256)
        for document in documents:
            writer.add_document(id=document.id, title=document.title, body=document.body)
        writer.commit()

    def searcher(self) -> "TutorialSearcher":
        """Return what answers queries."""
        return TutorialSearcher(self._index)


class TutorialSearcher:
    """Answers with the top ten of title and body."""

    def __init__(self, index: object) -> None:
        from whoosh.index import FileIndex
        from whoosh.qparser import MultifieldParser

        assert isinstance(index, FileIndex)
        self._searcher = index.searcher()
        self._parser = MultifieldParser(["title", "body"], index.schema)

    def search(self, query: str) -> int:
        """Return how many documents match; the ten best are ranked."""
        return len(self._searcher.search(self._parser.parse(query), limit=10))

    def page(self, query: str) -> int:
        """Return the length of ten highlighted snippets."""
        hits = self._searcher.search(self._parser.parse(query), limit=10)
        return sum(len(hit.highlights("body")) for hit in hits)
