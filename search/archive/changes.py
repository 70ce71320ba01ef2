"""Changing an index: building it anew beside the live one, or committing to the live one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from search.analysis.dictionary import NONE, Dictionary
from search.archive.commits import Commits
from search.archive.dictionaries import Wanted, wanted
from search.archive.generations import Generations
from search.archive.indexing import IndexRun
from search.archive.known_sources import known_sources
from search.archive.live import LiveIndex, Snapshot
from search.archive.manifest import Manifest, SourceRecord
from search.archive.meta import Meta
from search.archive.recutting import built_now, recut
from search.archive.report import Progress, Report
from search.archive.sources import walk_sources
from search.config import ReadingSettings, WritingSettings
from search.engine import DamageError, Engine
from search.engine.registry import create_engine, open_engine
from search.errors import (
    OUTAGES,
    IndexDamagedError,
    IndexMissingError,
    IndexWriteError,
    NothingIndexedError,
    SearchError,
    SettingError,
)
from search.messages import message, system_cause
from search.reading import Source

Paths = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Way:
    """How an index run goes about: what it tells how far it is, in how many processes, …"""

    progress: Progress | None = None
    jobs: int = 1
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    dictionary: str | Path | None = None  # a file; None for the one that the index was cut by
    writing: WritingSettings = field(default_factory=WritingSettings)
    sources: Sequence[str] = ()  # those configured, for an index that cannot tell its own
    aside: str | None = None  # a damaged generation that is to stay, whatever else goes


USUAL = Way()


def build(live: LiveIndex, paths: Paths, way: Way = USUAL) -> Report:
    """Build a new generation from `paths` and the sources it has, and make it the live one.

    A source it has that is missing now is an error: the new generation would lose its articles.
    """
    with hold(live, way, may_create=bool(paths)):
        return build_held(live, paths, way)


def build_held(live: LiveIndex, paths: Paths, way: Way) -> Report:
    """Do the same for who holds the lock."""
    report = Report()
    named = [Source.of(path) for path in paths]
    generations = live.generations
    known = known_sources(generations, named, way.sources, report)
    chosen = list(dict.fromkeys([*named, *known]))
    walks = walk_sources(chosen, report, known, generations.shown, way.reading, needs_known=True)
    words = wanted(way.dictionary, live_meta(live))
    report.notes += words.notes
    if parts := generations.parts_done():
        report.notes.append(message("the build in {of} parts was given up", of=parts[1]))
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

        run_and_commit(engine, manifest, report, change, way, words.dictionary)
        stats = engine.reader().stats()
        engine.close()
        if not stats.documents:
            raise NothingIndexedError(report.failed)
        built = built_now(generations.engine, stats, manifest.sources, words)
        generations.write_meta(name, built)
        generations.switch(name, way.writing.keep, way.aside)
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
        engine = open_engine(generations.engine, generations.place(name))
        return name, engine, Manifest.from_bytes(engine.reader().manifest())
    except OUTAGES:
        raise
    except (DamageError, SearchError, ValueError):
        generations.discard(name)  # cut off before it had committed anything
        return None


def _begun(generations: Generations, dictionary: Dictionary) -> tuple[str, Engine, Manifest]:
    """Return a new generation."""
    name = generations.begin()
    engine = create_engine(generations.engine, generations.place(name))
    generations.write_staged(name, dictionary)
    return name, engine, Manifest()


def update(live: LiveIndex, paths: Paths, way: Way = USUAL) -> Report:
    """Commit to the live generation what changed in `paths`, or in all sources it has."""
    with hold(live, way):
        report = Report()
        before = live.snapshot()
        words = wanted(way.dictionary, before.meta)
        report.notes += words.notes
        live.generations.tidy(way.writing.keep)
        take_up(live, before, words, way, report)
        engine, manifest = live.engine(), live.manifest(live.reader())
        known = [Source.of(path) for path in manifest.sources]
        chosen = list(dict.fromkeys(map(Source.of, paths))) or known
        walks = walk_sources(chosen, report, known, live.generations.shown, way.reading)
        run_and_commit(
            engine,
            manifest,
            report,
            lambda run: run.update(walks, way.progress),
            way,
            words.dictionary,
        )
        live.generations.note_sources(live.generations.current(), list(manifest.sources))
        return report


def take_up(live: LiveIndex, before: Snapshot, words: Wanted, way: Way, report: Report) -> bool:
    """Have the index cut by the dictionary that is wanted; return whether that is another."""
    if words.dictionary != before.dictionary:
        recut(live, before, words, way.jobs, report, way.writing.keep)
        return True
    if (words.path, words.file) != (before.meta.dictionary, before.meta.dictionary_file):
        live.generations.note_dictionary(before.name, words.path, words.file)
    return False


def forget(live: LiveIndex, path: str | Path, way: Way = USUAL) -> Report:
    """Take a source and its articles out of the live generation; the files are not touched.

    It may have been built by other rules: a source that is lost would stand in a rebuild's way.
    """
    with hold(live, way):
        name = live.generations.current()
        meta = live.generations.check_format(name)
        dictionary = live.generations.dictionary(name)
        engine = open_engine(meta.engine, live.generations.place(name))
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
        run_and_commit(
            engine, manifest, report, lambda run: run.forget(source), dictionary=dictionary
        )
        live.generations.note_sources(name, list(manifest.sources))
        return report


def run_and_commit(
    engine: Engine,
    manifest: Manifest,
    report: Report,
    change: Callable[[IndexRun], object],
    way: Way = USUAL,
    dictionary: Dictionary = NONE,
    begin: Callable[..., IndexRun] = IndexRun,
) -> None:
    """Run `change` and commit what it did; on an error nothing since the last commit is kept."""
    before = manifest.to_bytes()
    commits = Commits(engine, manifest, report, way.jobs, dictionary)
    try:
        change(begin(commits, manifest, report, way.reading))
        after = commits.settled()
        if report.has_changes or after != before:
            commits.writer.commit(after)
        else:
            commits.writer.cancel()
    except BaseException:
        commits.writer.cancel()
        raise


@contextmanager
def hold(live: LiveIndex, way: Way, may_create: bool = False) -> Iterator[None]:
    """Hold the lock that keeps a second writer out, and say what a failed write means."""
    with failures_named(live), live.generations.writing(way.writing.wait, may_create):
        yield


@contextmanager
def failures_named(live: LiveIndex) -> Iterator[None]:
    """Say of what fails inside which index could not be written, or is damaged."""
    try:
        with live.damage_named():
            yield
    except OSError as error:
        raise IndexWriteError(live.generations.shown, system_cause(error)) from error


def live_meta(live: LiveIndex) -> Meta | None:
    """Return what the index there is was built by, if that can be told."""
    try:
        return live.generations.meta(live.generations.current())
    except (IndexMissingError, IndexDamagedError):
        return None
