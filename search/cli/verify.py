"""`search verify`: whether the index finds what its articles' files hold, and no more."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from search.archive import Archive, IndexWrongError
from search.cli.commands import ExampleCommand, examples
from search.cli.failures import print_found
from search.cli.options import index_option, json_option, settings
from search.cli.output import print_json
from search.cli.progress import Progress
from search.cli.speech import row, spoken, tell
from search.messages import message

if TYPE_CHECKING:  # the command's help needs no reading
    from search.archive.verifying import Failure, Verification

DIGITS = 1_000_000  # in which a share is told; one that is less than 1 never reads as 1
TITLES = {
    "miss": message("not found"),
    "extra": message("found wrongly"),
    "query": message("queries read otherwise"),
    "rule": message("strings not held where they were taken from"),
    "page": message("pages of other hits"),
    "mark": message("wrong snippets and marks"),
    "text": message("stored texts"),
    "heading": message("stored headings"),
    "map": message("stored maps"),
    "missing": message("missing in the index"),
    "unknown": message("unknown to the sources"),
    "twice": message("listed twice"),
    "count": message("wrong counts"),
}


@click.command(
    "verify",
    cls=ExampleCommand,
    short_help="Compare what the index finds with the articles' files.",
    epilog=examples(
        "search verify",
        "search verify --samples 200 --seed 7",
        "search verify --all-chars --json",
    ),
)
@click.option(
    "--samples",
    type=click.IntRange(min=0),
    default=1000,
    metavar="N",
    help="How many strings of the archive to ask for [default: 1000].",
)
@click.option(
    "--seed", default=0, metavar="S", help="Another number draws other strings [default: 0]."
)
@click.option("--all-chars", is_flag=True, help="Ask for every character of the archive too.")
@index_option
@json_option
def command(samples: int, seed: int, all_chars: bool, index: str | None, as_json: bool) -> int:
    """Draw strings from the archive, ask the index, and compare with a plain search of the files.

    The files of all articles are read and folded again. Each string is a part of a title or body,
    as its author wrote it, in the other script or in full width; the index has to find the articles
    that hold it and no others. Stored texts and marks of hits are compared too. Nothing is written.

    A file that has changed since the last 'search index' is told, and is no failure; its articles
    are compared as they were indexed.

    Exit code: 0 all is right, 2 something is wrong.
    """
    defaults = settings()
    archive = Archive.open(index or defaults.place)
    with Progress(quiet=as_json) as progress:
        found = archive.verify(
            samples,
            seed=seed,
            all_characters=all_chars,
            progress=progress,
            reading=defaults.reading,
        )
    if as_json:
        _print_json(found)
    else:
        _print(found)
    if not found.is_well:
        raise IndexWrongError(found.index, found.failed)
    return 0


def _print_json(found: "Verification") -> None:
    """Print a summary, then each failure and note, a line each."""
    fields = asdict(found)
    failures, notes = fields.pop("failures"), fields.pop("notes")
    shares = {"recall": found.recall, "precision": found.precision, "is_well": found.is_well}
    print_json("verification", {**shares, **fields})
    for failure in failures:
        print_json("failure", failure)
    for note in notes:
        print_json("note", note)


def _print(found: "Verification") -> None:
    counts = {
        "articles": found.articles,
        "characters": found.characters,
        "again": found.articles_from_files,
        "files": found.files,
    }
    row(
        "articles",
        tell(
            "{articles:,}, {characters:,} characters; {again:,} read again from {files:,} files",
            **counts,
        ),
    )
    asked = {"strings": found.strings, "seed": found.seed, "characters": found.characters_asked}
    if found.characters_asked:
        row(
            "asked",
            tell("{strings:,} strings and {characters:,} characters, seed {seed}", **asked),
        )
    else:
        row("asked", tell("{strings:,} strings, seed {seed}", **asked))
    held = {"found": found.found, "held": found.held}
    row("answers", tell("{found:,} articles found, {held:,} hold what was asked for", **held))
    row("recall", _share(found.recall))
    row("precision", _share(found.precision))
    row("marks", tell("{count:,} hits looked at", count=found.hits_shown))
    row("failures", f"{found.failed:,}")
    for kind, title in TITLES.items():
        print_found(title, [_line(one) for one in found.failures if one.kind == kind])
    notes = [
        f"{n.source or tell('note')}: {spoken(n.message)}\n    {tell('hint: {hint}', hint=n.hint)}"
        for n in found.notes
    ]
    print_found("not as it was indexed", notes)


def _share(share: float) -> str:
    """Return a share, cut and not rounded.

    >>> _share(1.0), _share(0.99999999)
    ('1.0', '0.999999')
    """
    return str(int(share * DIGITS) / DIGITS)


def _line(failure: "Failure") -> str:
    """Return a failure with where it is: file, field and character, what was asked, the text."""
    place = failure.place or failure.id
    if failure.id and failure.id != failure.place and failure.place:
        place += f" ({failure.id})"
    if failure.field:
        place += f", {spoken(failure.field)}"
        if failure.offset is not None:
            place += tell(" from character {offset:,}", offset=failure.offset)
    said = " ".join(part for part in (failure.query, spoken(failure.message)) if part)
    context = f": {failure.context}" if failure.context else ""
    return f"{place + ': ' if place else ''}{said}{context}"
