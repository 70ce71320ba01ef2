"""Documents that an engine found → hits, whose titles and snippets are marked when asked for."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial

from search.archive.reprints import Groups
from search.engine import Heading, IndexReader, ScoredDocument
from search.results import Hit, Marked, Marking
from search.results.highlight import Highlighter
from search.results.snippet import mark, snippets
from search.text import fold
from search.text.gloss import may_hold_gloss

Guard = Callable[[], AbstractContextManager[None]]  # around reading: names the index of damage


def make_hits(
    reader: IndexReader,
    documents: Sequence[ScoredDocument],
    copies: Groups,
    highlighter: Highlighter,
    guard: Guard,
    offset: int = 0,
) -> list[Hit]:
    """Return a hit for each of the documents, ranked from `offset` on, with its `copies`."""
    headings = reader.headings([document.number for document in documents])
    return [
        Hit(
            rank=rank,
            id=heading.id,
            title=heading.title,
            author=heading.author,
            date=heading.date,
            source=heading.source,
            score=document.score,
            path=heading.path,
            metadata=heading.metadata,
            copies=_sources(reader, copies.others(document.id)),
            contributions=document.contributions,
            reading=document.reading,
            mark=_marker(reader, document.number, heading, highlighter, guard),
            tell_script=partial(_script, reader, document.number, guard),
        )
        for rank, (heading, document) in enumerate(
            zip(headings, documents, strict=True), start=offset + 1
        )
    ]


def marked(reader: IndexReader, number: int, field: str, highlighter: Highlighter) -> Marked:
    """Return the whole title or body of a document, marked."""
    stored = reader.text(number, field)
    matches = highlighter.matches_in(stored.raw, stored.folded, field)
    return mark(stored.raw, stored.folded, matches)


def _script(reader: IndexReader, number: int, guard: Guard) -> str:
    with guard():
        return reader.script(number)


def _sources(reader: IndexReader, ids: Sequence[str]) -> Sequence[Mapping[str, str]]:
    """Return id and source of the documents with these ids."""
    numbers = [number for i in ids if (number := reader.find(i)) is not None]
    return [{"id": copy.id, "source": copy.source} for copy in reader.headings(numbers)]


def _marker(
    reader: IndexReader, number: int, heading: Heading, highlighter: Highlighter, guard: Guard
) -> Callable[[], Marking]:
    """Return what marks a hit's title and snippets when they are first asked for."""

    def load() -> Marking:
        with guard():
            body = reader.text(number, "body")
            matches = highlighter.matches_in(body.raw, body.folded, "body")
            found = snippets(body.raw, body.folded, matches)
            return Marking(_marked_title(reader, number, heading.title, highlighter), found)

    return load


def _marked_title(reader: IndexReader, number: int, title: str, highlighter: Highlighter) -> Marked:
    """Return a title marked; its map is read only where making it may load all readings."""
    if may_hold_gloss(title):
        return marked(reader, number, "title", highlighter)
    folded = fold(title)
    return mark(title, folded, highlighter.matches_in(title, folded, "title"))
