"""SQLite's full-text index over trigrams of characters.

A trigram index has nothing for words of one or two characters, which most Chinese words are: for
these SQLite reads every row, as its own documentation says of LIKE.
"""

import re
import sqlite3
import weakref
from contextlib import closing
from pathlib import Path

from bench.peers import PAGE, Query
from bench.records import read_articles, read_records

SHORTEST = 3
_RUN = re.compile(r"\w+")


def version() -> str:
    """Return SQLite's version; an ImportError when it was compiled without trigrams."""
    try:
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='trigram')")
    except sqlite3.OperationalError as error:
        raise ImportError(str(error)) from error
    return f"SQLite {sqlite3.sqlite_version} FTS5 with trigrams"


class Peer:
    """One table; parsing and ranking are one statement, so there is no engine to ask apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, records: Path, _: int = 1) -> None:
        """Index a raw file."""
        self._folder.mkdir()
        self.open()
        self._base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, body, tokenize='trigram')"
        )
        self._base.executemany("INSERT INTO texts VALUES (?, ?, ?)", read_records(records))
        self._base.commit()

    def open(self) -> None:
        """Open the index."""
        self._base = sqlite3.connect(self._folder / "texts.db")
        weakref.finalize(self, self._base.close)

    def written(self, query: Query) -> str:
        """Return words joined by the operator: `page` and `answer` make SQL of them."""
        words = ["".join(query.words)] if query.kind == "phrase" else query.words
        return f" {query.kind.upper()} ".join(words)

    def prepared(self, written: str) -> str:
        """Return the same."""
        return written

    def ranked(self, prepared: str) -> tuple[int, list[str]]:
        """Return the total and the ids."""
        total, found = self.answer(prepared)
        return total, [number for number, _ in found]

    def answer(self, written: str) -> tuple[int, list[tuple[str, str]]]:
        """Return the total, ids and titles; rows read one by one come unranked."""
        where, given, scan = _condition(written)
        if scan:
            rows = self._base.execute(f"SELECT id, title FROM texts WHERE {where}", given)
            found = rows.fetchall()
            return len(found), found[:PAGE]
        counted = self._base.execute(f"SELECT count(*) FROM texts WHERE {where}", given)
        best = f"SELECT id, title FROM texts WHERE {where} ORDER BY rank LIMIT {PAGE}"
        return counted.fetchone()[0], self._base.execute(best, given).fetchall()

    def page(self, written: str) -> list[str]:
        """Return titles and SQLite's snippets; rows read one by one have nothing marked."""
        where, given, scan = _condition(written)
        order = "" if scan else "ORDER BY rank"
        rows = self._base.execute(
            "SELECT title, snippet(texts, 2, '<b>', '</b>', '…', 64) FROM texts"
            f" WHERE {where} {order} LIMIT {PAGE}",
            given,
        )
        return [" ".join(row) for row in rows]

    def best(self, text: str) -> list[str]:
        """Return the ids for any of the trigrams, by bm25; shorter words have none, so no hit."""
        runs = _RUN.findall(text)
        grams = {run[at : at + SHORTEST] for run in runs for at in range(len(run) - SHORTEST + 1)}
        if not grams:
            return []
        best = f"SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {PAGE}"
        match = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        return [number for (number,) in self._base.execute(best, [match])]

    def add(self, folder: Path) -> None:
        """Add the articles of a folder."""
        self._base.executemany("INSERT INTO texts VALUES (?, ?, ?)", read_articles(folder))
        self._base.commit()


def _condition(written: str) -> tuple[str, list[str], bool]:
    """Return the condition, its parameters, and whether rows are read one by one."""
    either = " OR " in written
    words = written.split(" OR " if either else " AND ")
    if all(len(word) >= SHORTEST for word in words):
        return "texts MATCH ?", [f'"{words[0]}"'] if len(words) == 1 else [_match(written)], False
    each = "(title LIKE ? OR body LIKE ?)"
    joined = (" OR " if either else " AND ").join([each] * len(words))
    return joined, [f"%{word}%" for word in words for _ in range(2)], True


def _match(written: str) -> str:
    return " ".join(part if part in ("AND", "OR") else f'"{part}"' for part in written.split())
