"""`search migrate`: move the archive to where search.toml says that it lies, and back."""

import time
from dataclasses import asdict, replace

import click

from search.archive import Archive
from search.cli.commands import ExampleCommand, examples
from search.cli.options import (
    cores,
    index_option,
    jobs_option,
    json_option,
    quiet_option,
    settings,
    wait_option,
    writing,
)
from search.cli.output import print_json
from search.cli.progress import Progress
from search.cli.speech import spoken
from search.config import Cluster, Settings
from search.messages import plural

CLUSTER = "cluster"  # what stands for the archive on the cluster that 'hosts' names


@click.command(
    "migrate",
    cls=ExampleCommand,
    short_help="Move the archive to a cluster, or back.",
    epilog=examples(
        "search migrate index",
        "search migrate index --replace",
        "search migrate cluster",
        "search migrate ./cluster",
    ),
)
@click.argument("origin", metavar="FROM")
@click.option(
    "--replace", "may_replace", is_flag=True, help="Replace an archive that is there already."
)
@index_option
@jobs_option
@wait_option
@quiet_option
@json_option
def command(
    origin: str,
    may_replace: bool,
    index: str | None,
    jobs: int | None,
    wait: int | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Move the archive that lies in FROM to where search.toml says now that it lies.

    FROM is the folder of an index, or 'cluster': the archive that 'hosts' of search.toml names,
    though 'engine' be another. No source is read: articles, sources and dictionary go as they are,
    and the next 'search index' goes on from there.

    A new generation is made, compared with what was read, and switched to at once; until then what
    was there answers, and stays if anything fails. FROM stays as it is: remove it at will.

    Exit code: 0 all was moved, 2 it was not.
    """
    defaults = settings()
    archive = Archive(_place(origin, defaults))
    began = time.perf_counter()
    with Progress(quiet=quiet or as_json) as progress:
        move = archive.migrate(
            index or defaults.place,
            progress,
            jobs or cores(),
            may_replace,
            writing(defaults, wait),
        )
    if as_json:
        print_json("move", asdict(move))
    elif not quiet:
        said = plural(
            "{count:,} article moved to {index} in {seconds:.1f} s, {compared:,} compared; "
            "search.toml decides which one answers",
            "{count:,} articles moved to {index} in {seconds:.1f} s, {compared:,} compared; "
            "search.toml decides which one answers",
            count=move.articles,
            index=move.index,
            seconds=time.perf_counter() - began,
            compared=move.compared,
        )
        click.echo(spoken(said))
    return 0


def _place(origin: str, defaults: Settings) -> str | Cluster:
    """Return where the archive lies that is to be moved."""
    if origin == CLUSTER:
        return replace(defaults, engine="opensearch").place
    return origin
