"""`search serve`: the site."""

import click

from search.archive import Archive
from search.cli.commands import ExampleCommand, examples
from search.cli.options import index_option, settings
from search.cli.speech import say_it


@click.command(
    "serve",
    cls=ExampleCommand,
    short_help="Serve the search page.",
    epilog=examples(
        "search serve", "search serve --port 9000", "search serve --index ~/news.index"
    ),
)
@index_option
@click.option("--host", metavar="ADDRESS", help="Where to listen [127.0.0.1].")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), help="0 takes any free [8000].")
def command(index: str | None, host: str | None, port: int | None) -> int:
    """Serve the search page and the API of an index until Ctrl-C.

    A rebuilt or updated index shows at once, without a restart.
    """
    from web import create_app, serve, warm  # flask: only here

    defaults = settings()
    archive = Archive.open(index or defaults.index, defaults.query.synonyms, defaults.query.seconds)
    articles = archive.size().articles
    app = create_app(archive, defaults.site)
    warm(archive)
    serve(
        app,
        host or defaults.host,
        defaults.port if port is None else port,
        lambda address: say_it(
            "{articles:,} articles at {address} (Ctrl-C ends)", articles=articles, address=address
        ),
    )
    return 0
