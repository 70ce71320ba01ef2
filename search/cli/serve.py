"""`search serve`: the site."""

from dataclasses import replace

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
        "search serve",
        "search serve --port 9000",
        "search serve --workers 2 --no-log",
        "search serve --index ~/news.index",
    ),
)
@index_option
@click.option("--host", metavar="ADDRESS", help="Where to listen [127.0.0.1].")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), help="0 takes any free [8000].")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(0, 64),
    help="Answer in N processes; they reload on SIGHUP [0: in this one].",
)
@click.option(
    "--log/--no-log",
    "is_logged",
    default=None,
    help="Log each request to stderr, as a line of JSON [with --workers].",
)
@click.option("--log-queries", is_flag=True, help="Log what is searched for, too.")
def command(
    index: str | None,
    host: str | None,
    port: int | None,
    workers: int | None,
    is_logged: bool | None,
    log_queries: bool,
) -> int:
    """Serve the search page and the API of an index until Ctrl-C.

    A rebuilt or updated index shows at once, without a restart.

    What goes wrong is logged to stderr, a line of JSON each.
    """
    from web import create_app, log_to_stderr, serve, serve_with_workers, warm  # flask: only here

    defaults = settings()
    path = index or defaults.place
    archive = Archive.open(path, defaults.query.synonyms, defaults.query.seconds)
    articles = archive.size().articles
    changes: dict[str, object] = {}
    if is_logged is not None:
        changes["log"] = "on" if is_logged else "off"
    if log_queries:
        changes["log_queries"] = True
    site = replace(defaults.site, **changes)  # type: ignore[arg-type]  # names are those of fields
    app = create_app(archive, site)
    where = host or defaults.host, defaults.port if port is None else port

    def announce(address: str) -> None:
        say_it(
            "{articles:,} articles at {address} (Ctrl-C ends)", articles=articles, address=address
        )

    count = site.workers if workers is None else workers
    if count:
        serve_with_workers(path, count, *where, announce, changes)
    log_to_stderr(site.log == "on")
    warm(archive)
    serve(app, *where, announce, site)
    return 0
