"""`search index`: build the index, or bring it up to date."""

import time
from typing import Any

import click

from search.archive import Archive, NothingIndexedError, Report
from search.cli.commands import ExampleCommand, examples
from search.cli.failures import say_failures
from search.cli.options import (
    NO_PART,
    cores,
    dictionary_file,
    index_option,
    jobs_option,
    json_option,
    quiet_option,
    read_part,
    settings,
    wait_option,
    writing,
)
from search.cli.progress import Progress
from search.cli.reports import print_json_report, print_report
from search.config import Cluster, Settings
from search.messages import message


@click.command(
    "index",
    cls=ExampleCommand,
    short_help="Build the index, or bring it up to date.",
    epilog=examples(
        "search index seeds/",
        "search index ~/news poems.jsonl",
        "search index",
        "search index --rebuild",
        "search index --rebuild --part 3/8",
        "search index --heal",
        "search index --forget ~/news",
        "search index --dry-run ~/news",
        "search index --watch",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@index_option
@click.option("--rebuild", is_flag=True, help="Build all anew beside the live index, then switch.")
@click.option(
    "--part",
    metavar="K/N",
    callback=read_part,
    help="With --rebuild on a cluster: build one part of it; none gives them up.",
)
@click.option(
    "--heal", is_flag=True, help="Mend an index that other code built, or that is damaged."
)
@click.option("--forget", metavar="PATH", help="Take a source and its articles out of the archive.")
@jobs_option
@wait_option
@click.option("--dry-run", is_flag=True, help="Say what would be read, and write nothing.")
@click.option("--watch", is_flag=True, help="Go on, and take up every change until Ctrl-C.")
@quiet_option
@json_option
def command(paths: tuple[str, ...], index: str | None, **given: Any) -> int:
    """Read the articles in each PATH (a folder, or a file of a kind that is read) into the index.

    A PATH is remembered; without any, all that were ever named are read again. Only new and changed
    files cost time; articles whose file is gone leave the index. Searches go on meanwhile.

    A .jsonl file holds a record a line: {"id", "title", "body", "author", "date", …}.

    A file that lies in two PATHs is read once, for the one that was named first.

    Words in dictionary.txt (one a line; search.toml can name another file) are cut as words. When
    it changes, only the articles are cut again in which a word that differs stands.

    With --rebuild --part 3/8 this machine reads everything and writes the third of eight parts;
    others with the same search.toml and the same articles write the others, at the same time or
    later. When the last is done the index answers. A part that was cut off is run again and goes
    on. --rebuild alone, or --part none, gives up parts of which some are missing.

    With --heal an index that other rules, tables or libraries have built, or of which a segment is
    damaged, is built anew from its sources, and nothing is done to one that is well.

    With --watch the sources and search.toml are watched from then on; what changes can be searched
    seconds later.

    --json prints a report, then each failure, note and place that looks damaged, a line each.
    'failed' counts articles: a file or folder that cannot be read is one.

    Exit code: 0 all was read (or Ctrl-C has ended --watch), 2 something could not be.
    """
    _check(paths, given)
    defaults = settings()
    place = index or defaults.place
    given["jobs"] = given["jobs"] or cores()
    if given["dry_run"]:
        from search.cli.planning import show_plan

        return show_plan(Archive(place), paths, defaults, given["rebuild"], given["as_json"])
    began = time.perf_counter()
    with Progress(quiet=given["quiet"] or given["as_json"]) as progress:
        try:
            report = _run(place, paths, defaults, given, progress)
        except NothingIndexedError as error:
            say_failures(error.failed)
            raise
    if given["as_json"]:
        print_json_report(report)
    elif not given["quiet"]:
        print_report(report, time.perf_counter() - began)
    if not given["as_json"]:
        say_failures(report.failed)
    if given["watch"]:
        from search.cli.watch import watch_sources

        return watch_sources(Archive(place), given, report)
    return 2 if report.failed else 0


def _check(paths: tuple[str, ...], given: dict[str, Any]) -> None:
    """Raise a UsageError for options that do not go together."""
    others = ("rebuild", "watch", "dry_run", "part")
    for name in ("forget", "heal"):
        if given[name] and (paths or any(given[other] for other in others)):
            raise click.UsageError(
                message("--{name} stands alone, without PATH and other options", name=name)
            )
    if given["heal"] and given["forget"] is not None:
        raise click.UsageError(message("--heal and --forget do different things: name one of them"))
    if given["part"] and (given["watch"] or given["dry_run"]):
        raise click.UsageError(message("--part goes without --watch and --dry-run"))
    if given["part"] and given["rebuild"] != (given["part"] != NO_PART):
        raise click.UsageError(message("--part 3/8 goes with --rebuild, --part none without"))
    if given["watch"] and given["dry_run"]:
        raise click.UsageError(message("--watch writes, --dry-run does not: name one of them"))


def _run(
    index: str | Cluster,
    paths: tuple[str, ...],
    defaults: Settings,
    given: dict[str, Any],
    progress: Progress,
) -> Report:
    archive = Archive(index)
    written = writing(defaults, given["wait"])
    if given["forget"] is not None:
        return archive.forget(given["forget"], written)
    if given["part"] == NO_PART:
        return archive.give_up_parts(written)
    how = (progress, given["jobs"], defaults.reading, dictionary_file(defaults))
    # The seeds are what a first run takes: they say nothing of an index that is there.
    configured = defaults.sources if defaults.sources != Settings().sources else ()
    if given["heal"]:
        return archive.heal(*how, written, configured)
    if not archive.exists():
        paths = paths or defaults.sources
    elif not given["rebuild"]:
        return archive.update(paths, *how, written)
    return Archive.build(paths, index, *how, written, configured, given["part"]).report
