"""`search index`: build the index, or bring it up to date."""

import time
from typing import Any

import click

from search.archive import Archive, NothingIndexedError, Report, SearchError
from search.cli.commands import ExampleCommand, examples
from search.cli.options import index_option, json_option, settings
from search.cli.output import print_json, say
from search.cli.progress import Progress
from search.config import Settings

SHOWN_NOTES = 20  # of one kind; the rest is counted


@click.command(
    "index",
    cls=ExampleCommand,
    short_help="Build the index, or bring it up to date.",
    epilog=examples(
        "search index seeds/",
        "search index ~/news poems.jsonl",
        "search index",
        "search index --rebuild",
        "search index --forget ~/news",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@index_option
@click.option("--rebuild", is_flag=True, help="Build all anew beside the live index, then switch.")
@click.option("--forget", metavar="PATH", help="Take a source and its articles out of the archive.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    metavar="N",
    help="Cut texts in N processes [default: 1].",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@json_option
def command(paths: tuple[str, ...], index: str | None, **given: Any) -> int:
    """Read the articles in each PATH (a folder, a .txt, .md or .jsonl file) into the index.

    A PATH is remembered; without any, all that were ever named are read again. Only new and changed
    files cost time; articles whose file is gone leave the index. Searches go on meanwhile.

    A .jsonl file holds a record a line: {"id", "title", "body", "author", "date", …}.

    Exit code: 0 all was read, 2 something could not be.
    """
    if given["forget"] is not None and (paths or given["rebuild"]):
        raise click.UsageError("--forget stands alone, without PATH and --rebuild.")
    defaults = settings()
    place = index or defaults.index
    began = time.perf_counter()
    with Progress(quiet=given["quiet"] or given["as_json"]) as progress:
        try:
            report = _run(place, paths, defaults, given, progress)
        except NothingIndexedError as error:
            _say_failures(error.failed)
            raise
    if given["as_json"]:
        print_json("report", report_fields(report))
    elif not given["quiet"]:
        _print(report, time.perf_counter() - began)
    if not given["as_json"]:
        _say_failures(report.failed)
    return 2 if report.failed else 0


def _run(
    index: str,
    paths: tuple[str, ...],
    defaults: Settings,
    given: dict[str, Any],
    progress: Progress,
) -> Report:
    archive = Archive(index)
    if given["forget"] is not None:
        return archive.forget(given["forget"])
    if not archive.exists():
        paths = paths or defaults.sources
    elif not given["rebuild"]:
        return archive.update(paths, progress, given["jobs"], defaults.reading)
    return Archive.build(paths, index, progress, given["jobs"], defaults.reading).report


def report_fields(report: Report) -> dict[str, Any]:
    """Return a report as JSON fields."""
    return {
        **report.counts(),
        "failed": [_failure_fields(error) for error in report.failed],
        "skipped": dict(report.skipped),
        "notes": report.notes,
        "damage": [
            {"id": d.id, "line": d.line, "text": d.text, "reason": d.reason} for d in report.damage
        ],
    }


def _failure_fields(error: SearchError) -> dict[str, str]:
    return {
        "source": getattr(error, "source", ""),
        "code": error.code,
        "message": str(error),
        "hint": error.hint,
    }


def _print(report: Report, seconds: float) -> None:
    counts = ", ".join(f"{count:,} {name}" for name, count in report.counts().items())
    failed = f", {len(report.failed):,} failed" if report.failed else ""
    click.echo(f"{counts}{failed} ({seconds:.1f} s)")
    if report.skipped:
        kinds = ", ".join(
            f"{suffix or 'no suffix'} {count:,}" for suffix, count in report.skipped.most_common()
        )
        say(f"search: note: files of kinds that are not read: {kinds}")
    for text in report.notes:
        say(f"search: note: {text}")
    for note in report.damage[:SHOWN_NOTES]:
        say(f"search: note: {note.id}, line {note.line}: '{note.text}' is {note.reason}")
    _say_rest(len(report.damage))


def _say_failures(failed: list[SearchError] | Any) -> None:
    for error in failed[:SHOWN_NOTES]:
        say(f"search: {error}")
        if error.hint:
            say(f"hint: {error.hint}")
    _say_rest(len(failed))


def _say_rest(count: int) -> None:
    if count > SHOWN_NOTES:
        say(f"search: and {count - SHOWN_NOTES:,} more; '--json' names them all")
