"""`search related`: the articles that are about the same as one."""

import click

from search.archive import Archive, ArticleMissingError, Hit
from search.cli.arguments import unguarded
from search.cli.commands import examples
from search.cli.main import fail
from search.cli.options import index_option, json_option, settings
from search.cli.output import is_terminal, one_line, print_json, shown_path
from search.cli.query import QueryCommand
from search.messages import said_by


@click.command(
    "related",
    cls=QueryCommand,
    short_help="Print the articles that are like one.",
    epilog=examples(
        "search related seeds/002_36eff7ae45c6ac4f.txt",
        "search related --json --limit 1 seeds/000_414e468a296fc206.txt",
    ),
)
@click.argument("article_id", metavar="ID")
@click.option("--limit", metavar="N", type=click.IntRange(1, 100), default=5, help="At most N [5].")
@index_option
@json_option
def command(article_id: str, limit: int, index: str | None, as_json: bool) -> int:
    """Print the articles that share most of the weightiest words of the article with this ID.

    Its copies are left out. A pipe gets a line each, tab separated: score, id, file, title.

    Exit code: 0 found, 1 nothing related or no such article, 2 error.
    """
    defaults = settings()
    archive = Archive.open(index or defaults.place, seconds=defaults.query.seconds)
    try:
        hits = archive.related(unguarded([article_id])[0], limit)
    except ArticleMissingError as error:
        fail(said_by(error), error.hint)
        return 1
    for hit in hits:
        if as_json:
            print_json("related", _fields(hit))
        elif is_terminal():
            click.echo(f"{hit.rank:2} {one_line(hit.title) or hit.id}\n   {shown_path(hit.path)}")
        else:
            title = one_line(hit.title)
            click.echo(f"{hit.score:.4f}\t{hit.id}\t{shown_path(hit.path)}\t{title}")
    return 0 if hits else 1


def _fields(hit: Hit) -> dict[str, object]:
    return {
        "rank": hit.rank,
        "id": hit.id,
        "title": hit.title,
        "author": hit.author,
        "date": hit.date,
        "source": hit.source,
        "path": hit.path,
        "score": round(hit.score, 6),
    }
