"""Changing an index: building it anew beside the live one, or committing to the live one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from search.analysis.dictionary import NONE, Dictionary
from search.archive.commits import Commits
from search.archive.dictionaries import Wanted, wanted
from search.archive.generations import Generations
from search.archive.indexing import IndexRun
from search.archive.live import LiveIndex, Snapshot
from search.archive.manifest import Manifest, SourceRecord, stored_sources
from search.archive.meta import Meta, read_dictionary
from search.archive.recutting import built_now, recut
from search.archive.report import Progress, Report
from search.archive.sources import walk_sources
from search.config import ReadingSettings
from search.engine import DamageError, Engine
from search.engine.registry import DEFAULT, create_engine, open_engine, stored_manifest
from search.errors import (
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    IndexWriteError,
    NothingIndexedError,
    SearchError,
    SettingError,
)
from search.messages import message, said_by, system_cause
from search.reading import Source
from search.reading.identity import printable

LOCK = ".lock"

Paths = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Way:
    """How an index run goes about: what it tells how far it is, in how many processes, …"""

    progress: Progress | None = None
    jobs: int = 1
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    dictionary: str | Path | None = None  # a file; None for the one that the index was cut by


USUAL = Way()


def build(live: LiveIndex, paths: Paths, way: Way = USUAL) -> Report:
    """Build a new generation from `paths` and the sources it has, and make it the live one.

    A source it has that is missing now is an error: the new generation would lose its articles.
    """
    with _writing(live, may_create=bool(paths)):
        report = Report()
        named = [Source.of(path) for path in paths]
        known = _known_sources(live, named, report)
        chosen = list(dict.fromkeys([*named, *known]))
        generations = live.generations
        walks = walk_sources(
            chosen, report, known, str(generations.index), way.reading, needs_known=True
        )
        words = wanted(way.dictionary, _meta(live))
        report.notes += words.notes
        name, engine, manifest = _staged(generations, words.dictionary) or _begun(
            generations, words.dictionary
        )
        try:
            already = engine.reader().stats().documents
            if already:
                report.notes.append(
                    message(
                        "a build that was cut off goes on: it had {already:,} articles",
                        already=already,
                    )
                )

            def change(run: IndexRun) -> None:
                run.forget_all_but(chosen)
                for source in known:
                    manifest.sources.setdefault(str(source.path), SourceRecord())
                run.update(walks, way.progress)

            _commit(engine, manifest, report, change, way, words.dictionary)
            stats = engine.reader().stats()
            engine.close()
            if not stats.documents:
                raise NothingIndexedError(report.failed)
            built = built_now(DEFAULT, stats, manifest.sources, words)
            generations.write_meta(name, built)
            generations.switch(name)
        except BaseException as error:
            # What a build that somebody stopped has committed waits for the next one.
            if not (isinstance(error, KeyboardInterrupt) and generations.is_staged(name)):
                generations.abandon(name)
            raise
        return report


def _staged(
    generations: Generations, dictionary: Dictionary
) -> tuple[str, Engine, Manifest] | None:
    """Return the generation that a build by the same rules left unfinished, as last committed."""
    name = generations.staged(dictionary)
    if name is None:
        return None
    try:
        engine = open_engine(DEFAULT, generations.folder(name))
        return name, engine, Manifest.from_bytes(engine.reader().manifest())
    except (DamageError, SearchError, ValueError):
        generations.discard(name)  # cut off before it had committed anything
        return None


def _begun(generations: Generations, dictionary: Dictionary) -> tuple[str, Engine, Manifest]:
    """Return a new generation."""
    name = generations.begin()
    engine = create_engine(DEFAULT, generations.folder(name))
    generations.write_staged(name, dictionary)
    return name, engine, Manifest()


def update(live: LiveIndex, paths: Paths, way: Way = USUAL) -> Report:
    """Commit to the live generation what changed in `paths`, or in all sources it has."""
    with _writing(live):
        report = Report()
        before = live.snapshot()
        words = wanted(way.dictionary, before.meta)
        report.notes += words.notes
        live.generations.tidy()
        _take_up(live, before, words, way, report)
        engine, manifest = live.engine(), live.manifest(live.reader())
        known = [Source.of(path) for path in manifest.sources]
        chosen = list(dict.fromkeys(map(Source.of, paths))) or known
        walks = walk_sources(chosen, report, known, str(live.generations.index), way.reading)
        _commit(
            engine,
            manifest,
            report,
            lambda run: run.update(walks, way.progress),
            way,
            words.dictionary,
        )
        return report


def heal(live: LiveIndex, way: Way = USUAL) -> Report:
    """Do what it takes for the index and what is running to agree again, and no more.

    One that other rules, tables or libraries built, or that is damaged, is built anew from its
    sources; one that another dictionary cut is cut by the one there is now, where it differs.
    """
    if fault := _fault(live):
        report = build(live, (), way)
        report.notes.insert(0, message("built anew: {fault}", fault=fault))
        return report
    with _writing(live):
        report = Report()
        before = live.snapshot()
        words = wanted(way.dictionary, before.meta)
        report.notes += words.notes
        if not _take_up(live, before, words, way, report):
            report.notes.append(message("there is nothing to mend"))
        report.unchanged = before.reader.stats().documents
        return report


def _take_up(live: LiveIndex, before: Snapshot, words: Wanted, way: Way, report: Report) -> bool:
    """Have the index cut by the dictionary that is wanted; return whether that is another."""
    if words.dictionary != before.dictionary:
        recut(live, before, words, way.jobs, report)
        return True
    if (words.path, words.file) != (before.meta.dictionary, before.meta.dictionary_file):
        live.generations.note_dictionary(before.name, words.path, words.file)
    return False


def _fault(live: LiveIndex) -> SearchError | None:
    """Return what keeps the index from being used, if it is there: all of each segment is read."""
    try:
        reader = live.reader()
        live.manifest(reader)
        with live.damage_named():
            reader.verify()
    except (IndexMismatchError, IndexDamagedError) as error:
        return error
    return None


def forget(live: LiveIndex, path: str | Path) -> Report:
    """Take a source and its articles out of the live generation; the files are not touched.

    It may have been built by other rules: a source that is lost would stand in a rebuild's way.
    """
    with _writing(live):
        name = live.generations.current()
        meta = live.generations.check_format(name)
        dictionary = read_dictionary(live.generations.folder(name))
        engine = open_engine(meta.engine, live.generations.folder(name))
        manifest = live.manifest(engine.reader())
        source = Source.of(path)
        if str(source.path) not in manifest.sources:
            raise SettingError(
                message(
                    "cannot forget '{path}': it is no source of this archive", path=source.path
                ),
                message("run 'search status' to see the sources"),
            )
        report = Report()
        _commit(engine, manifest, report, lambda run: run.forget(source), dictionary=dictionary)
        return report


def _commit(
    engine: Engine,
    manifest: Manifest,
    report: Report,
    change: Callable[[IndexRun], object],
    way: Way = USUAL,
    dictionary: Dictionary = NONE,
) -> None:
    """Run `change` and commit what it did; on an error nothing since the last commit is kept."""
    before = manifest.to_bytes()
    commits = Commits(engine, manifest, report, way.jobs, dictionary)
    try:
        change(IndexRun(commits, manifest, report, way.reading))
        after = commits.settled()
        if report.has_changes or after != before:
            commits.writer.commit(after)
        else:
            commits.writer.cancel()
    except BaseException:
        commits.writer.cancel()
        raise


@contextmanager
def _writing(live: LiveIndex, may_create: bool = False) -> Iterator[None]:
    """Hold the lock that keeps a second writer out, and say what a failed write means."""
    index = live.generations.index
    try:
        if not may_create and not index.is_dir():
            raise IndexMissingError(str(index))
        index.mkdir(parents=True, exist_ok=True)
        with live.damage_named(), FileLock(index / LOCK, timeout=0):
            yield
    except Timeout:
        raise IndexLockedError(str(index)) from None
    except OSError as error:
        raise IndexWriteError(str(index), system_cause(error)) from error


def _meta(live: LiveIndex) -> Meta | None:
    """Return what the index there is was built by, if that can be told."""
    try:
        return live.generations.meta(live.generations.current())
    except (IndexMissingError, IndexDamagedError):
        return None


def _known_sources(live: LiveIndex, named: Sequence[Source], report: Report) -> list[Source]:
    """Return the sources of the index there is, even if other code built it.

    Where they cannot be told, what is `named` has to do, and the report says so.
    """
    index = str(live.generations.index)
    try:
        name = live.generations.current()
        meta = _meta(live)
        stored = stored_manifest(meta.engine if meta else DEFAULT, live.generations.folder(name))
        known = [Source.of(path) for path in stored_sources(stored)]
        lost = False
    except IndexMissingError:
        known, lost = [], live.generations.has_completed()
    except (SearchError, DamageError, ValueError) as error:
        if not named:
            raise IndexDamagedError(
                index, message("its sources cannot be told ({error})", error=said_by(error))
            ) from error
        known, lost = [], True
    if not named and not known:
        raise IndexMissingError(index)
    if lost:
        names = ", ".join(f"'{printable(str(source.path))}'" for source in named)
        report.notes.append(
            message(
                "the sources the index had cannot be told; built only from {names}", names=names
            )
        )
    return known
