"""What the sources of an index run hold, and what is wrong with those that hold nothing."""

from collections.abc import Collection, Sequence

from search.archive.overlaps import Overlaps
from search.archive.report import Report
from search.config import USUAL, ReadingSettings
from search.errors import (
    SearchError,
    SourceEmptyError,
    SourceLeftOutError,
    SourceMissingError,
)
from search.reading import Source, Walk, walk
from search.reading.identity import printable


def walk_sources(
    sources: Sequence[Source],
    report: Report,
    known: Collection[Source],
    index: str,
    settings: ReadingSettings = USUAL,
    needs_known: bool = False,
) -> dict[Source, Walk]:
    """Return what each source holds; those that are missing or empty go to `report.failed`.

    The error of one that `index` has `known` and needs, or that leaves nothing to go on with, is
    raised. No file is in two sources; where one lies in a known one, that is walked too.
    """
    overlaps = Overlaps(list(dict.fromkeys([*known, *sources])), index)
    walks: dict[Source, Walk] = {}
    around = [outer for source in sources for outer in overlaps.of(source).around]
    for source in dict.fromkeys([*around, *sources]):
        try:
            found = _walk(source, overlaps, index if source in known else "", settings)
        except SearchError as error:
            if len(sources) == 1 or (needs_known and source in known):
                raise
            report.failed.append(error)
            continue
        walks[source] = found
        report.failed += found.failures
        report.skipped += found.skipped
        if source not in known:
            report.notes += overlaps.notes(source)
    return walks


def _walk(source: Source, overlaps: Overlaps, known_to: str, settings: ReadingSettings) -> Walk:
    """Return what a source holds; an error when it is missing or empty."""
    path = printable(str(source.path))
    try:
        found = walk(source, settings, overlaps.not_to_enter(source))
    except SourceMissingError:
        raise SourceMissingError(path, known_to) from None
    overlaps.take_out(source, found, settings)
    if not (found.files or found.failures or overlaps.of(source).is_any):
        if found.left_out:
            raise SourceLeftOutError(path, settings.include, settings.exclude)
        raise SourceEmptyError(path, known_to)
    return found
