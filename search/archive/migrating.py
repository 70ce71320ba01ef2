"""Moving an archive: to a cluster, to a folder, and back, without reading its sources again.

Documents go as they were written and are cut by the same rules into a generation of the place they
go to. The manifest goes byte for byte, so that the next run finds every file as it was left.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from search.archive.changes import USUAL, Way, hold
from search.archive.dictionaries import Wanted
from search.archive.generations import Generations
from search.archive.live import LiveIndex, Snapshot
from search.archive.recutting import built_now
from search.archive.report import Done, Progress
from search.config.cluster import Cluster
from search.document import Document
from search.engine import DamageError, Engine
from search.engine.registry import create_engine
from search.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    IndexTakenError,
    IndexUnreadableError,
    IndexWriteError,
    SettingError,
)
from search.messages import message, system_cause

AT_ONCE = 200  # documents read together
COMPARED = 1000  # documents that are read back; all of an archive that has fewer


@dataclass(frozen=True, slots=True)
class Move:
    """What was moved, and where it lies now."""

    index: str  # as it is called in messages
    generation: str
    articles: int
    compared: int  # read back, and equal to what they were


def migrate(
    live: LiveIndex, to: str | Path | Cluster, way: Way = USUAL, replace: bool = False
) -> Move:
    """Make a generation in `to` of the documents of `live`, and make it the live one there.

    `replace` is asked for where there is an archive already. On an error that one stays as it was;
    what is moved stays at any rate.
    """
    source, target = live.generations, LiveIndex(to)
    _refuse_same(source.index, target.generations.index)
    with ExitStack() as stack:
        with _source_named(source.index):
            stack.enter_context(source.reading(way.writing.wait))
            moved = _Moved(live, way.progress)
        stack.enter_context(hold(target, way, may_create=True))
        if not replace:
            _refuse_taken(target.generations, moved.before)
        return _written(moved, target.generations, way)


class _Moved:
    """One committed state of the archive that is moved."""

    def __init__(self, live: LiveIndex, progress: Progress | None) -> None:
        self.before: Snapshot = live.snapshot()
        self.sources = list(live.manifest(self.before.reader).sources)
        self._live = live
        self._progress = progress
        with live.damage_named():
            self.manifest = self.before.reader.manifest()
            self.numbers = self.before.reader.numbers()
            self._characters = self.before.reader.stats().characters

    def documents(self) -> Iterator[Document]:
        """Yield all documents, and tell how far that is."""
        characters = size = 0
        for articles, document in enumerate(self.some(self.numbers), 1):
            yield document
            characters += len(document.body)
            size += len(document.body.encode("utf-8", "surrogatepass"))
            if self._progress and (articles % AT_ONCE == 0 or articles == len(self.numbers)):
                # How many bytes all have is not known before they are read.
                whole = round(size * self._characters / characters) if characters else 0
                self._progress(Done(0, 0, size, whole, articles, all_articles=len(self.numbers)))

    def some(self, numbers: Sequence[int]) -> Iterator[Document]:
        """Yield documents by their numbers; an error names the archive that is moved."""
        for at in range(0, len(numbers), AT_ONCE):
            with _source_named(self._live.generations.index), self._live.damage_named():
                try:
                    found = list(self.before.reader.documents(numbers[at : at + AT_ONCE]))
                except DamageError:
                    raise
                except OSError as error:
                    raise IndexUnreadableError(system_cause(error)) from error
            yield from found


def _written(moved: _Moved, generations: Generations, way: Way) -> Move:
    before = moved.before
    name = generations.begin()
    try:
        engine = create_engine(generations.engine, generations.place(name))
        generations.write_staged(name, before.dictionary)
        writer = engine.writer(way.jobs, dictionary=before.dictionary)
        try:
            writer.write(moved.documents())
            writer.commit(moved.manifest)
        except BaseException:
            writer.cancel()
            raise
        compared = _compared(moved, engine, generations.shown)
        stats = engine.reader().stats()
        engine.close()
        words = Wanted(before.dictionary, before.meta.dictionary, before.meta.dictionary_file)
        built = built_now(generations.engine, stats, moved.sources, words)
        generations.write_meta(name, built)
        generations.switch(name, way.writing.keep)
    except BaseException:
        generations.abandon(name)
        raise
    return Move(generations.shown, name, stats.documents, compared)


def _compared(moved: _Moved, engine: Engine, index: str) -> int:
    """Return how many documents were read back, by chance, all of them what they were."""
    reader, numbers = engine.reader(), moved.numbers
    written = reader.numbers()
    if len(written) != len(numbers):
        counts = {"count": len(written), "written": len(numbers)}
        raise IndexWriteError(
            index,
            message("it holds {count:,} documents, and {written:,} were written", **counts),
        )
    places: Sequence[int] = range(len(numbers))
    if len(places) > COMPARED:
        places = sorted(Random(0).sample(places, COMPARED))
    # In either engine numbers rise as documents came.
    found = reader.documents([written[at] for at in places])
    for one, other in zip(moved.some([numbers[at] for at in places]), found, strict=True):
        if one != other:
            raise IndexWriteError(
                index,
                message("article '{article_id}' is not what was written", article_id=one.id),
            )
    return len(places)


def _refuse_same(source: Path | Cluster, target: Path | Cluster) -> None:
    if isinstance(source, Cluster) and isinstance(target, Cluster):
        is_same = source.name == target.name and bool({*source.hosts} & {*target.hosts})
    elif isinstance(source, Path) and isinstance(target, Path):
        is_same = os.path.realpath(source) == os.path.realpath(target)
    else:
        is_same = False
    if is_same:
        raise SettingError(
            message("cannot move '{index}': that is where it is to go", index=str(source)),
            message("say in search.toml where the archive is to go, and name where it lies now"),
        )


def _refuse_taken(generations: Generations, before: Snapshot) -> None:
    """Raise an IndexTakenError where there is an archive already, be it whole or damaged."""
    try:
        built = generations.meta(generations.current()).built
    except IndexMissingError:
        return
    except IndexDamagedError:
        built = ""
    # Times are all written alike, so that they compare as text.
    raise IndexTakenError(generations.shown, built, built > before.meta.built)


@contextmanager
def _source_named(index: Path | Cluster) -> Iterator[None]:
    """Have an error say what to do about the archive that is moved: others are of the new one.

    What a hint runs goes by search.toml, which says already where the archive is to go.
    """
    try:
        yield
    except IndexMissingError as error:
        error.hint = message("name the folder of an index, or 'cluster' for what 'hosts' names")
        raise
    except (IndexDamagedError, IndexMismatchError) as error:
        if isinstance(index, Cluster):
            error.hint = message(
                "run 'SEARCH_ENGINE=opensearch search index --heal', then the command again"
            )
        raise
