"""`search status`: what the index holds and what it was built by."""

from dataclasses import asdict

import click

from search.archive import Archive
from search.cli.commands import ExampleCommand, examples
from search.cli.options import index_option, json_option, settings
from search.cli.output import print_json, shown_path


@click.command(
    "status",
    cls=ExampleCommand,
    short_help="Say what the index holds.",
    epilog=examples("search status", "search status --json"),
)
@index_option
@json_option
def command(index: str | None, as_json: bool) -> int:
    """Say how many articles the index holds, where from, and by what it was built."""
    status = Archive.open(index or settings().index).status()
    if as_json:
        print_json("status", asdict(status))
        return 0
    click.echo(f"index       {status.index} ({status.generation}, {status.engine})")
    click.echo(f"articles    {status.articles:,}, {status.characters:,} characters")
    click.echo(f"built       {status.built}")
    for source in status.sources:
        click.echo(f"source      {shown_path(source)}")
    if status.dictionary:
        changed = "; has changed since: run 'search index'"
        click.echo(
            f"dictionary  {shown_path(status.dictionary)} ({status.dictionary_words:,} words"
            f"{changed if status.dictionary_has_changed else ''})"
        )
    parts = ", ".join(f"{name} {value}" for name, value in status.fingerprint.items())
    click.echo(f"built by    {parts}")
    return 0
