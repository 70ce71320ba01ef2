"""`search show`: a whole article, the query's places marked."""

from typing import Any

import click

from search.archive import Archive, ArticleMissingError
from search.cli.arguments import unguarded
from search.cli.commands import examples
from search.cli.main import fail
from search.cli.options import color_option, index_option, json_option, settings
from search.cli.output import is_terminal, print_json, wants_color
from search.cli.query import QueryCommand
from search.messages import said_by


@click.command(
    "show",
    cls=QueryCommand,
    short_help="Print an article, the hits marked.",
    epilog=examples(
        "search show seeds/002_36eff7ae45c6ac4f.txt",
        "search show seeds/002_36eff7ae45c6ac4f.txt 长三角",
        "search show --json seeds/000_414e468a296fc206.txt 产业",
    ),
)
@click.argument("article_id", metavar="ID")
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@index_option
@json_option
@color_option
def command(article_id: str, words: tuple[str, ...], index: str | None, **given: Any) -> int:
    """Print the article with this ID as its author wrote it, the places of QUERY marked.

    On a terminal glosses are dim and hits red; a pipe gets the text itself, unmarked.

    Exit code: 0 found, 1 no such article, 2 error.
    """
    defaults = settings()
    archive = Archive.open(index or defaults.place, seconds=defaults.query.seconds)
    try:
        article = archive.article(unguarded([article_id])[0], " ".join(unguarded(words)))
    except ArticleMissingError as error:
        fail(said_by(error), error.hint)
        return 1
    if given["as_json"]:
        print_json(
            "article",
            {
                "id": article.id,
                "title": article.title.text,
                "title_spans": article.title.spans,
                "author": article.author,
                "date": article.date,
                "source": article.source,
                "path": article.path,
                "body": article.body.text,
                "spans": article.body.spans,
                "glosses": article.body.glosses,
                "breaks": article.body.breaks,
                "metadata": dict(article.metadata),
            },
        )
    elif is_terminal() or given["color"] == "always":
        from search.cli.pretty import print_article

        print_article(article, wants_color(given["color"]))
    else:
        click.echo(article.body.text.encode("utf-8"), nl=False)
    return 0
