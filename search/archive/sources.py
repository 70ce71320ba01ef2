"""What the sources of an index run hold, and what is wrong with those that hold nothing."""

from collections.abc import Collection, Sequence

from search.archive.report import Report
from search.config import USUAL, ReadingSettings
from search.errors import SearchError, SourceEmptyError, SourceMissingError
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
    raised.
    """
    walks: dict[Source, Walk] = {}
    for source in sources:
        try:
            found = _walk(source, index if source in known else "", settings)
        except SearchError as error:
            if len(sources) == 1 or (needs_known and source in known):
                raise
            report.failed.append(error)
            continue
        walks[source] = found
        report.failed += found.failures
        report.skipped += found.skipped
    return walks


def _walk(source: Source, known_to: str, settings: ReadingSettings) -> Walk:
    """Return what a source holds; an error when it is missing or empty."""
    path = printable(str(source.path))
    try:
        found = walk(source, settings)
    except SourceMissingError:
        raise SourceMissingError(path, known_to) from None
    if not found.files and not found.failures:
        raise SourceEmptyError(path, known_to)
    return found
