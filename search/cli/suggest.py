"""`search suggest`: what a text may be the beginning of, as the page offers it while one types."""

import click

from search.archive import Archive
from search.cli.arguments import unguarded
from search.cli.commands import examples
from search.cli.options import index_option, json_option, settings
from search.cli.output import print_json
from search.cli.query import QueryCommand


@click.command(
    "suggest",
    cls=QueryCommand,
    short_help="Suggest queries that begin so.",
    epilog=examples(
        "search suggest 长三",
        "search suggest changsan",
        "search suggest csj --limit 3",
        "search suggest --json 示範",
    ),
)
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@click.option("--limit", metavar="N", type=click.IntRange(1, 100), default=8, help="At most N [8].")
@index_option
@json_option
def command(words: tuple[str, ...], limit: int, index: str | None, as_json: bool) -> int:
    """Print the archive's own words, phrases and titles that TEXT may be the beginning of.

    In either script, in pinyin or by its initials; written as the articles write it, a line each.

    Exit code: 0 found, 1 nothing found, 2 error.
    """
    defaults = settings()
    archive = Archive.open(index or defaults.place, seconds=defaults.query.seconds)
    suggestions = archive.suggest(" ".join(unguarded(words)), limit)
    for suggestion in suggestions:
        if as_json:
            print_json("suggestion", {"text": suggestion.text, "kind": suggestion.kind})
        else:
            click.echo(suggestion.text)
    return 0 if suggestions else 1
