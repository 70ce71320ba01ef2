"""Which sources an index was built from, though much of it be lost or damaged.

The manifest has them, and the meta of each generation has a copy; `search.toml` may name them too.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from search.archive.generations import Generations
from search.archive.manifest import stored_sources
from search.archive.report import Report
from search.engine import DamageError
from search.engine.registry import stored_manifest
from search.errors import OUTAGES, IndexDamagedError, IndexMissingError, SearchError
from search.messages import Message, message, said_by
from search.reading import Source
from search.reading.identity import printable


def known_sources(
    generations: Generations, named: Sequence[Source], configured: Sequence[str], report: Report
) -> list[Source]:
    """Return the sources of the index there is, even if other code built it.

    Where it does not tell them any more, those `configured` have to do, or else what is `named`,
    and the report says so. An IndexDamagedError when there is none of all these.
    """
    index = generations.shown
    try:
        name = generations.current()
        return [Source.of(path) for path in _of_manifest(generations, name)]
    except IndexMissingError:
        if not named:
            raise
        return []
    except OUTAGES:
        raise
    except (SearchError, DamageError, ValueError) as error:
        fault = said_by(error)
    for name in _names(generations):
        try:
            paths = list(generations.meta(name).sources)
        except SearchError:
            continue
        report.notes.append(
            _note(message("its meta names {sources}", sources=_listed(paths)), fault)
        )
        return [Source.of(path) for path in paths]
    if configured:
        found = message("search.toml names {sources}", sources=_listed(configured))
        report.notes.append(_note(found, fault))
        return [Source.of(path) for path in configured]
    if not named:
        cause = message("its sources cannot be told ({error})", error=fault)
        raise IndexDamagedError(index, cause, has_sources=False)
    listed = _listed([str(source.path) for source in named])
    report.notes.append(_note(message("built only from {sources}", sources=listed), fault))
    return []


def _of_manifest(generations: Generations, name: str) -> list[str]:
    """Return the sources in the manifest of a generation; any error when it cannot be read."""
    try:
        engine = generations.meta(name).engine
    except IndexDamagedError:
        engine = generations.engine
    return stored_sources(stored_manifest(engine, generations.place(name)))


def _names(generations: Generations) -> Iterator[str]:
    """Yield the generations whose meta may be asked: the live one, where it is told, the newest."""
    with suppress(SearchError):
        yield generations.current()
    newest = generations.newest_completed()
    if newest is not None:
        yield newest


def _note(found: Message, fault: str) -> Message:
    return message("the sources cannot be told ({fault}); {found}", fault=fault, found=found)


def _listed(paths: Sequence[str]) -> str:
    return ", ".join(f"'{printable(path)}'" for path in paths)
