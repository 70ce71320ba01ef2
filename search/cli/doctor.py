"""`search doctor`: what is wrong in the sources of an archive, and what was guessed."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from search.archive import Archive, IndexDamagedError, SearchError, UnreadableArticleError
from search.archive.damage_groups import grouped
from search.archive.generations import shown
from search.cli.commands import ExampleCommand, examples
from search.cli.failures import failure_fields, print_found
from search.cli.options import index_option, json_option, settings
from search.cli.output import print_json
from search.cli.progress import Progress
from search.cli.speech import row, spoken, tell
from search.messages import message, said_by

if TYPE_CHECKING:  # the command's help needs no reading
    from search.archive.duplicates import Copies
    from search.archive.health import Health

SHOWN_COPIES = 4  # of one article
IS_SO = message("'{text}' is {reason}")
MISSING = {
    "title": message("title missing or taken from the text"),
    "date": message("date missing or taken from the text"),
}


@click.command(
    "doctor",
    cls=ExampleCommand,
    short_help="Say what is wrong in the articles' files.",
    epilog=examples(
        "search doctor",
        "search doctor ~/news poems.jsonl",
        "search doctor --deep",
        "search doctor --json ~/news | jq 'select(.type == \"damage\")'",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@index_option
@click.option("--deep", is_flag=True, help="Compare every byte of the index, not the articles.")
@json_option
def command(paths: tuple[str, ...], index: str | None, deep: bool, as_json: bool) -> int:
    """Read each PATH, or the sources of the index, as for indexing, and say what is wrong.

    Told are encodings that may be others, places that look damaged, articles that are the same, or
    nearly so as the index knows, files that cannot be read, and which titles and dates are missing
    or taken from the text. Nothing is written; with a PATH no index is needed.

    With --deep every byte of the index is compared with its checksum instead, and each part that is
    damaged named. Searches compare what they read; this is for a timer, and after a move.

    Exit code: 0 nothing to mend, 1 there is something, 2 error. Titles, dates, near reprints and
    kinds of files that are not read are told, but need not be mended.
    """
    defaults = settings()
    archive = Archive(index or defaults.place)
    if deep:
        if paths:
            raise click.UsageError(message("--deep looks at the index: name no PATH with it"))
        return _look_deep(archive, as_json)
    if not paths and not archive.exists():
        paths = defaults.sources
    with Progress(quiet=as_json) as progress:
        health = archive.examine(paths, progress, defaults.reading)
    if as_json:
        _print_json(health)
    else:
        _print_counts(health)
        _print_findings(health)
    return 0 if health.is_well else 1


def _look_deep(archive: Archive, as_json: bool) -> int:
    """Print what is damaged in the index's files, a line each; return 1 where anything is."""
    damage = archive.damage()
    if as_json:
        print_json("summary", {"damaged": len(damage)})
        for one in damage:
            print_json("index_damage", {"text": one})
    elif damage:
        for one in damage:
            print(spoken(one))
        hint = IndexDamagedError(shown(archive.index), damage[0]).hint
        print(tell("hint: {hint}", hint=hint), file=sys.stderr)
    else:
        print(tell("every byte of the index is as it was written"))
    return 1 if damage else 0


def _print_json(health: "Health") -> None:
    """Print a summary, then everything that was found, a line each."""
    print_json("summary", _summary(health))
    for encoding in health.encodings:
        print_json("encoding", asdict(encoding))
    for kind, found in (
        ("damage", health.damage),
        ("duplicates", [*health.duplicates, *health.reprints]),
        ("missing", health.missing),
    ):
        for one in found:
            print_json(kind, asdict(one))
    for error in health.failed:
        print_json("failed", failure_fields(error))


def _summary(health: "Health") -> dict[str, object]:
    titles, dates = (_guesses(health, what) for what in ("title", "date"))
    return {
        "files": health.files,
        "articles": health.articles,
        "characters": health.characters,
        "encodings": dict(Counter(one.encoding for one in health.encodings)),
        "unsure_encodings": len(health.unsure),
        "damage": len(health.damage),
        "duplicates": len(health.duplicates),
        "near_duplicates": len(health.reprints),
        "titles_inferred": titles[0],
        "untitled": titles[1],
        "dates_inferred": dates[0],
        "undated": dates[1],
        "failed": health.failed_articles,
        "skipped": dict(health.skipped),
        "is_well": health.is_well,
    }


def _guesses(health: "Health", what: str) -> tuple[int, int]:
    """Return how many titles or dates were taken from the text, and how many there are none of."""
    found = [one for one in health.missing if one.what == what]
    inferred = sum(bool(one.inferred) for one in found)
    return inferred, len(found) - inferred


def _print_counts(health: "Health") -> None:
    counts = {
        "articles": health.articles,
        "files": health.files,
        "characters": health.characters,
    }
    row("articles", tell("{articles:,} in {files:,} files, {characters:,} characters", **counts))
    encodings = Counter(one.encoding for one in health.encodings)
    _print_counted(message("encodings"), encodings.most_common())
    row("titles", _named(health, "title"))
    row("dates", _named(health, "date"))
    kinds = [(suffix or tell("no suffix"), count) for suffix, count in health.skipped.most_common()]
    _print_counted(message("not read"), kinds)


def _print_counted(what: str, counts: Sequence[tuple[str, int]]) -> None:
    if counts:
        said = ", ".join(f"{name} {count:,}" for name, count in counts)
        row(what, said)


def _named(health: "Health", what: str) -> str:
    inferred, none = _guesses(health, what)
    named = health.articles - inferred - none
    return tell(
        "{named:,} named, {inferred:,} taken from the text, {none:,} missing",
        named=named,
        inferred=inferred,
        none=none,
    )


def _print_findings(health: "Health") -> None:
    """Print the worst of each kind, a line each, with where it is."""
    failed = [f"{_line(e)}\n    {tell('hint: {hint}', hint=e.hint)}" for e in health.failed]
    print_found("cannot be read", failed)
    print_found(
        "encodings that may be others",
        [
            f"{one.source}: {one.encoding}, " + tell("confidence {share:.2f}", share=one.confidence)
            for one in health.unsure
        ],
    )
    damage = ((group.first, group.more) for group in grouped(health.damage))
    damaged = [
        f"{d.place}: {tell(IS_SO, text=d.text, reason=d.reason)}{spoken(m)}" for d, m in damage
    ]
    print_found("damaged", damaged)
    for what, copies in (
        ("the same", health.duplicates),
        ("nearly the same, found as one", health.reprints),
    ):
        copies = sorted(copies, key=lambda one: -len(one.ids))
        print_found(what, [_copies(one) for one in copies])
    for what in ("title", "date"):
        missing = [one for one in health.missing if one.what == what]
        if len(missing) < health.articles:  # of all of them the count has told
            missing.sort(key=lambda one: bool(one.inferred))
            lines = [f"{one.place}: {one.inferred or tell('none')}" for one in missing]
            print_found(MISSING[what], lines)


def _line(error: SearchError) -> str:
    """Return which file failed and why, without saying that again."""
    if isinstance(error, UnreadableArticleError):
        return f"{error.source}: {spoken(error.cause)}"
    return spoken(said_by(error))


def _copies(found: "Copies") -> str:
    is_near = found.kind == "near"
    ids = found.ids[:SHOWN_COPIES] if sys.stdout.isatty() else found.ids
    line = (" ~ " if is_near else " = ").join(ids)
    left = len(found.ids) - len(ids)
    line += tell(" and {count:,} more", count=left) if left else ""
    if found.likeness is None:
        return line
    return f"{line} ({tell('likeness {share:.2f}', share=found.likeness)})"
