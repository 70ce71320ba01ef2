"""Another dictionary for an index: only the articles are cut again in which a changed word stands.

What a text is cut into depends on the words in it alone (`search.analysis.dictionary`), so no other
article can differ. It is done in a generation of its own, which shares the files of the one that
answers meanwhile, and becomes the live one with its dictionary at once.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from search.analysis.literal import Literal
from search.archive.dictionaries import Wanted
from search.archive.live import LiveIndex, Snapshot
from search.archive.meta import Built
from search.archive.report import Report
from search.engine import IndexReader, SearchRequest, Stats
from search.engine.registry import fork_engine
from search.messages import plural
from search.query import Exact

MOST_ASKED = 2000  # words that are looked for one by one; where more differ, all is cut again
MOST_NAMED = 5  # words in what is reported
AT_ONCE = 1000  # articles read before they are cut


def recut(
    live: LiveIndex, before: Snapshot, wanted: Wanted, jobs: int, report: Report, keep: int = 1
) -> None:
    """Make a generation that is cut by the dictionary that is `wanted`, and make it the live one.

    The caller holds the lock. On an error the generation before stays the live one.
    """
    generations = live.generations
    words = before.dictionary.differing(wanted.dictionary)
    numbers = holding(before.reader, words)
    name = generations.begin_from(before.name)
    try:
        # Not as staged: a build is not to go on with what is half cut by other words.
        generations.write_dictionary(name, wanted.dictionary)
        places = generations.place(before.name), generations.place(name)
        engine = fork_engine(before.meta.engine, *places)
        writer = engine.writer(jobs, dictionary=wanted.dictionary)
        try:
            for at in range(0, len(numbers), AT_ONCE):
                documents = list(before.reader.documents(numbers[at : at + AT_ONCE]))
                writer.delete([document.id for document in documents])
                writer.write(documents)
            writer.commit(before.reader.manifest())
        except BaseException:
            writer.cancel()
            raise
        stats = engine.reader().stats()
        engine.close()
        sources = live.manifest(before.reader).sources
        generations.write_meta(name, built_now(before.meta.engine, stats, sources, wanted))
        generations.switch(name, keep)
    except BaseException:
        generations.abandon(name)
        raise
    report.recut = len(numbers)
    report.recut_words = words
    named = ", ".join(words[:MOST_NAMED]) + (", …" if len(words) > MOST_NAMED else "")
    report.notes.append(
        plural(
            "the dictionary differs in {count:,} word ({words}): "
            "of {articles:,} articles {recut:,} were cut again",
            "the dictionary differs in {count:,} words ({words}): "
            "of {articles:,} articles {recut:,} were cut again",
            count=len(words),
            words=named,
            articles=stats.documents,
            recut=len(numbers),
        )
    )


def built_now(engine: str, stats: Stats, sources: Iterable[str], words: Wanted) -> Built:
    """Return what is said of a generation that is made at this moment."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Built(
        engine, now, stats.documents, stats.characters, list(sources), words.path, words.file
    )


def holding(reader: IndexReader, words: Sequence[str]) -> list[int]:
    """Return the numbers of the documents in which any of the words stands as text, rising."""
    documents = reader.stats().documents
    if len(words) > MOST_ASKED:
        return reader.numbers()
    found: set[int] = set()
    for word in words:
        request = SearchRequest(Exact(Literal.of(word).text, (word,)), limit=documents)
        found.update(document.number for document in reader.search(request).documents)
    return sorted(found)
