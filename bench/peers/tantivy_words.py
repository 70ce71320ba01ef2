"""tantivy, through tantivy-py, over words that rjieba cuts."""

from collections.abc import Iterable
from importlib.metadata import version as version_of
from pathlib import Path

import tantivy

from bench.peers import PAGE, Query
from bench.records import Article, read_articles, read_records

HEAP_BYTES = 512_000_000
FIELDS = ["title", "body"]


def version() -> str:
    """Return the versions of tantivy and rjieba."""
    return f"tantivy {version_of('tantivy')} with rjieba {version_of('rjieba')} words"


class Peer:
    """Title and body as words joined by spaces, stored; a thread a job writes, one cuts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, records: Path, jobs: int = 1) -> None:
        """Index a raw file and wait for its merges."""
        self._folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in FIELDS:
            builder.add_text_field(name, stored=True, tokenizer_name="whitespace")
        self._index = tantivy.Index(builder.build(), str(self._folder))
        self._write(read_records(records), threads=jobs)

    def open(self) -> None:
        """Open the index."""
        self._index = tantivy.Index.open(str(self._folder))
        self._searcher = self._index.searcher()

    def written(self, query: Query) -> str:
        """Return the query string, words quoted: some would be syntax."""
        if query.kind == "phrase":
            return f'"{" ".join(query.words)}"'
        return f" {query.kind.upper()} ".join(f'"{word}"' for word in query.words)

    def prepared(self, written: str) -> tantivy.Query:
        """Return tantivy's query."""
        return self._index.parse_query(written, FIELDS)

    def ranked(self, prepared: tantivy.Query) -> tuple[int, list[str]]:
        """Return the total and the stored ids."""
        result = self._searcher.search(prepared, PAGE, count=True)
        return result.count, [self._searcher.doc(at)["id"][0] for _, at in result.hits]

    def answer(self, written: str) -> tuple[int, list[tuple[str, str]]]:
        """Return the total, ids and titles."""
        result = self._searcher.search(self.prepared(written), PAGE, count=True)
        found = [self._searcher.doc(at) for _, at in result.hits]
        return result.count, [(document["id"][0], document["title"][0]) for document in found]

    def page(self, written: str) -> list[str]:
        """Return stored titles and a snippet of each body."""
        query = self.prepared(written)
        result = self._searcher.search(query, PAGE, count=True)
        snippets = tantivy.SnippetGenerator.create(
            self._searcher, query, self._index.schema, "body"
        )
        found = [self._searcher.doc(at) for _, at in result.hits]
        return [f"{d['title'][0]} {snippets.snippet_from_doc(d).to_html()}" for d in found]

    def best(self, text: str) -> list[str]:
        """Return the ids for any of the words, in title or body, by tantivy's BM25."""
        words = dict.fromkeys(word for word in _cut(text).split() if word.isalnum())
        if not words:
            return []
        return self.ranked(self.prepared(self.written(Query("or", tuple(words)))))[1]

    def add(self, folder: Path) -> None:
        """Add the articles of a folder; merges may go on behind."""
        self._write(read_articles(folder), wait=False)
        self._index.reload()
        self._searcher = self._index.searcher()

    def _write(self, articles: Iterable[Article], wait: bool = True, threads: int = 1) -> None:
        writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=threads)
        for number, title, body in articles:
            writer.add_document(tantivy.Document(id=number, title=_cut(title), body=_cut(body)))
        writer.commit()
        if wait:
            writer.wait_merging_threads()


def _cut(text: str) -> str:
    import rjieba  # queries come cut, and a process that only searches does without

    return " ".join(rjieba.cut(text))
