"""A build that several machines share, on a cluster: each reads all files and writes its own part.

The first to begin makes the generation and says by what rules; the others join. Whoever finds that
all parts are done makes them one index, which then answers. Until then nothing is seen of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.archive.changes import Paths, Way, failures_named, hold, live_meta, run_and_commit
from search.archive.dictionaries import Wanted, wanted
from search.archive.fingerprint import digest_of_contents, fingerprint
from search.archive.indexing import IndexRun
from search.archive.known_sources import known_sources
from search.archive.live import LiveIndex
from search.archive.manifest import Manifest, SourceRecord
from search.archive.merged_manifest import merged
from search.archive.meta import FORMAT
from search.archive.part import Part
from search.archive.part_run import PartRun
from search.archive.part_sources import begun, joined
from search.archive.recutting import built_now
from search.archive.report import Report
from search.archive.sources import walk_sources
from search.config import Cluster
from search.config.cluster import Generation
from search.engine import DamageError, Engine
from search.engine.registry import create_engine, open_engine
from search.errors import (
    NothingIndexedError,
    SettingError,
    SourceEmptyError,
    SourceLeftOutError,
    SourceMissingError,
    UnsupportedError,
)
from search.messages import message
from search.reading import Source, Walk
from search.reading.identity import printable

if TYPE_CHECKING:
    from search.archive.cluster_generations import ClusterGenerations
    from search.archive.parts import Plan

_NOT_THERE = (SourceMissingError, SourceEmptyError, SourceLeftOutError)


class _Ready(NamedTuple):
    """What a part is built from, on this machine."""

    plan: "Plan"
    words: Wanted
    walks: dict[Source, Walk]  # by where the sources lie for all parts
    places: dict[str, str]  # where they lie for all parts → where on this machine
    report: Report


def build_part(live: LiveIndex, paths: Paths, part: Part, way: Way) -> Report:
    """Build one part of a new generation; complete that when all others are done."""
    generations = _on_cluster(live)
    with failures_named(live), generations.parts.at_work(part.number, way.writing.wait):
        plan = generations.unfinished()
        if plan is not None and plan.of == part.of and part.number in plan.done:
            report = Report()
            report.notes.append(
                message("part {number} of {of} is done already", number=part.number, of=part.of)
            )
        else:
            ready = _ready(live, generations, [Source.of(path) for path in paths], part, way)
            generations.parts.check_archive_free()
            report = ready.report
            _write(live, generations, ready, part, way)
            plan = generations.parts.note_done(ready.plan.generation, part.number)
        if plan.is_done:
            _complete(live, generations, plan, way, report)
        else:
            report.notes.append(
                message("{done} of {of} parts are done", done=len(plan.done), of=plan.of)
            )
    return report


def give_up(live: LiveIndex, way: Way) -> Report:
    """Take away what was built in parts and is not complete."""
    generations, report = _on_cluster(live), Report()
    with hold(live, way, may_create=True):
        done = generations.parts_done()
        generations.give_up_parts()
    if done is None:
        report.notes.append(message("no build in parts is under way"))
    else:
        report.notes.append(message("the build in {of} parts was given up", of=done[1]))
    return report


def _on_cluster(live: LiveIndex) -> "ClusterGenerations":
    generations = live.generations
    if isinstance(generations.index, Cluster):
        from search.archive.cluster_generations import ClusterGenerations

        if isinstance(generations, ClusterGenerations):
            return generations
    raise UnsupportedError(
        message("cannot build '{index}' in parts: it is in a folder", index=generations.shown),
        message("leave '--part' out, or name a cluster in search.toml (README, On a cluster)"),
    )


def _ready(
    live: LiveIndex,
    generations: "ClusterGenerations",
    named: Sequence[Source],
    part: Part,
    way: Way,
) -> _Ready:
    """Return what is to be built, as all parts have agreed on it; the first to begin says so."""
    while True:
        report = Report()
        before = generations.parts.plan()
        plan = generations.unfinished()
        asked = named or [Source.of(path) for path in (plan.sources if plan else ())]
        known = known_sources(generations, asked, way.sources, report)
        words = wanted(way.dictionary, live_meta(live))
        report.notes += words.notes
        own = _own_plan(part, words, known, way)
        if plan is not None:
            _check_agreed(plan, own, part)
        places = _joined(plan, named, part) if plan else begun(named, known)
        walks = _walked(live, places, known, way, report)
        if plan is None:
            name = generations.begin_parts(part.of, words.dictionary)
            plan = replace(own, generation=name, sources=list(places))
            if not generations.parts.begin(plan, before):  # another was quicker: join it
                generations.discard(name)
                continue
        here = {path: str(source.path) for path, source in places.items()}
        return _Ready(plan, words, walks, here, report)


def _own_plan(part: Part, words: Wanted, known: Sequence[Source], way: Way) -> "Plan":
    """Return the plan by which this machine would build."""
    from search.archive.parts import Plan
    from search.archive.signatures import rules as signature_rules

    reading = digest_of_contents([repr(way.reading).encode("utf-8", "surrogatepass")])
    rules = {
        "format": str(FORMAT),
        **fingerprint(words.dictionary),
        "signature rules": signature_rules(),
        "[reading]": reading,
    }
    paths = [str(source.path) for source in known]
    return Plan("", part.of, rules, (), paths, words.path, words.file)


def _check_agreed(plan: "Plan", own: "Plan", part: Part) -> None:
    """Raise a SettingError where this part would be built otherwise than the others."""
    if plan.of != own.of:
        cause = message("the build that is under way is in {of} parts", of=plan.of)
        raise _disagreeing(part, cause)
    for name in dict.fromkeys([*own.rules, *plan.rules]):
        begun, runs = (one.rules.get(name, "none") for one in (plan, own))
        if begun != runs:
            raise _disagreeing(
                part,
                message(
                    "the build was begun with {part} {built_by}, and {part} {runs} is running",
                    part=name,
                    built_by=begun,
                    runs=runs,
                ),
            )
    if list(plan.known) != list(own.known):
        cause = message("the archive has other sources now than when the build was begun")
        raise _disagreeing(part, cause)


def _joined(plan: "Plan", named: Sequence[Source], part: Part) -> dict[str, Source]:
    found, others = joined(plan.sources, named)
    if others:
        raise _disagreeing(
            part,
            message(
                "'{source}' is no source of the build that is under way",
                source=printable(str(others[0].path)),
            ),
        )
    return found


def _walked(
    live: LiveIndex,
    places: Mapping[str, Source],
    known: Sequence[Source],
    way: Way,
    report: Report,
) -> dict[Source, Walk]:
    """Return what the sources hold; one that is missing here is an error, whoever named it."""
    chosen = list(places.values())
    paths = {source.path: path for path, source in places.items()}
    mine = [places[str(one.path)] for one in known]
    shown = live.generations.shown
    walks = walk_sources(chosen, report, mine, shown, way.reading, needs_known=True)
    if not all(source in walks for source in chosen):
        raise next(one for one in report.failed if isinstance(one, _NOT_THERE))
    return {
        Source(Path(paths.get(source.path, source.path)), source.name): found
        for source, found in walks.items()
    }


def _write(
    live: LiveIndex, generations: "ClusterGenerations", ready: _Ready, part: Part, way: Way
) -> None:
    """Write the documents of a part, from its last commit on."""
    plan, report = ready.plan, ready.report
    place = generations.place(plan.generation, part.number)
    engine, manifest = _opened(live, place)
    already = engine.reader().stats().documents
    if already:
        report.notes.append(
            message(
                "a build that was cut off goes on: it had {already:,} articles", already=already
            )
        )

    def change(run: IndexRun) -> None:
        for path in plan.known:
            manifest.sources.setdefault(path, SourceRecord())
        run.update(ready.walks, way.progress)

    begin = partial(PartRun, part, ready.places)
    run_and_commit(engine, manifest, report, change, way, ready.words.dictionary, begin)
    engine.close()


def _opened(live: LiveIndex, place: Generation) -> tuple[Engine, Manifest]:
    """Return a part as it was last committed, or one that begins."""
    engine_name = live.generations.engine
    try:
        engine = open_engine(engine_name, place)
    except DamageError:  # there is no record of it yet
        engine = create_engine(engine_name, place)
    reader = engine.reader()
    return engine, live.manifest(reader) if reader.manifest() else Manifest()


def _complete(
    live: LiveIndex, generations: "ClusterGenerations", plan: "Plan", way: Way, report: Report
) -> None:
    """Make the parts one index, and that the one which answers."""
    from search.archive.parts import MOMENT
    from search.engine.opensearch.merging import Merging

    with generations.writing(max(way.writing.wait, MOMENT), may_create=True):
        now = generations.unfinished()
        if now is None or now.generation != plan.generation:
            return  # another was quicker
        place = generations.place(plan.generation)
        merging = Merging(place, plan.of)
        if not merging.is_committed():
            parts = [Manifest.from_bytes(one) if one else Manifest() for one in merging.manifests()]
            merging.commit(merged(parts, merging.documents).to_bytes())
        reader = open_engine(generations.engine, place).reader()
        stats = reader.stats()
        if not stats.documents:
            generations.give_up_parts()
            raise NothingIndexedError(report.failed)
        words = Wanted(path=plan.dictionary, file=plan.dictionary_file)
        sources = live.manifest(reader).sources
        built = built_now(generations.engine, stats, sources, words)
        generations.write_meta(plan.generation, built)
        generations.switch(plan.generation, way.writing.keep)
        generations.parts.end()
    report.notes.append(
        message(
            "all {of} parts are done: an index of {articles:,} articles answers",
            of=plan.of,
            articles=stats.documents,
        )
    )


def _disagreeing(part: Part, cause: str) -> SettingError:
    return SettingError(
        message("cannot build part {part}: {cause}", part=part, cause=cause),
        message(
            "run it as the other parts are run, or give up what they have built with "
            "'search index --part none'"
        ),
    )
