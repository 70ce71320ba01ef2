"""`search status`: what the index holds and what it was built by."""

from dataclasses import asdict

import click

from search.archive import Archive, Status
from search.cli.commands import ExampleCommand, examples
from search.cli.options import index_option, json_option, settings
from search.cli.output import print_json, shown_path
from search.cli.speech import row, spoken, tell
from search.messages import plural


@click.command(
    "status",
    cls=ExampleCommand,
    short_help="Say what the index holds.",
    epilog=examples("search status", "search status --digest", "search status --json"),
)
@click.option(
    "--digest", "with_digest", is_flag=True, help="Read all of it, and tell the digest of that."
)
@index_option
@json_option
def command(with_digest: bool, index: str | None, as_json: bool) -> int:
    """Say how many articles the index holds, where from, and by what it was built.

    The digest is of all that the index holds of its articles, their terms included: two indexes
    of the same articles have the same, however they were built and wherever the files lie.
    """
    archive = Archive.open(index or settings().place)
    status = archive.status()
    digest = {"digest": archive.digest()} if with_digest else {}
    if as_json:
        print_json("status", {**asdict(status), **digest})
        return 0
    row("index", f"{status.index} ({status.generation}, {status.engine})")
    row("articles", tell("{articles:,}, {characters:,} characters", **_counts(status)))
    row("built", status.built)
    if status.parts:
        done = tell("{done} of {of} parts are done", done=status.parts_done, of=status.parts)
        row("being built", done)
    for source in status.sources:
        row("source", shown_path(source))
    if status.dictionary:
        said = spoken(plural("{count:,} word", "{count:,} words", count=status.dictionary_words))
        if status.dictionary_has_changed:
            said += tell("; has changed since: run 'search index'")
        row("dictionary", f"{shown_path(status.dictionary)} ({said})")
    row("built by", ", ".join(f"{name} {value}" for name, value in status.fingerprint.items()))
    for name, value in digest.items():
        row(name, value)
    return 0


def _counts(status: Status) -> dict[str, int]:
    return {"articles": status.articles, "characters": status.characters}
