"""`search index --dry-run`: what would be read, and how."""

import sys
from typing import TYPE_CHECKING

import click

from search.archive import Archive
from search.cli.failures import SHOWN, failure_fields, rest, say_failures, shown
from search.cli.output import print_json
from search.cli.reports import failed_articles, say_notes, say_skipped
from search.cli.speech import articles, say_it, spoken, tell
from search.config import Settings
from search.messages import message

if TYPE_CHECKING:
    from search.archive.plan import Plan, State

STATES: tuple["State", ...] = (
    "new",
    "changed",
    "gone",
    "failed",
    "unchanged",
)  # in this order they are shown


COUNTED: dict["State", str] = {
    "new": message("{count:,} new"),
    "changed": message("{count:,} changed"),
    "gone": message("{count:,} gone"),
    "failed": message("{count:,} failed"),
    "unchanged": message("{count:,} unchanged"),
}


def show_plan(
    archive: Archive, paths: tuple[str, ...], settings: Settings, rebuild: bool, as_json: bool
) -> int:
    """Print what an index run would do, and return the exit code that it would end with."""
    if not paths and not archive.exists():
        paths = settings.sources
    plan = archive.plan(paths, settings.reading, rebuild)
    if as_json:
        _print_json(plan)
    else:
        _print(plan)
        say_skipped(plan.report)
        say_notes(plan.report)
        say_failures(plan.report.failed)
    return 2 if plan.report.failed else 0


def _print_json(plan: "Plan") -> None:
    counts: dict[str, int] = {state: plan.count(state) for state in STATES}
    print_json(
        "summary",
        {
            **counts,
            "failed": plan.report.failed_articles,
            "failed_files": counts["failed"],
            "size": plan.size,
            "skipped": dict(plan.report.skipped),
            "notes": plan.report.notes,
        },
    )
    for file in plan.files:
        print_json(
            "file",
            {
                "id": file.id,
                "state": file.state,
                "kind": file.kind,
                "encoding": file.encoding,
                "size": file.size,
                "articles": file.articles,
            },
        )
    for error in plan.report.failed:
        print_json("failed", failure_fields(error))


def _print(plan: "Plan") -> None:
    """Print a line a file that is to be read or taken out, then how many of each state."""
    counts = spoken(", ").join(tell(COUNTED[state], count=plan.count(state)) for state in STATES)
    changes = [file for file in plan.files if file.state != "unchanged"]
    changes.sort(key=lambda file: STATES.index(file.state))
    for file in shown(changes, sys.stdout):
        length = tell("{size:,} bytes", size=file.size) if file.size else ""
        how = [file.kind, file.encoding, length]
        if file.articles not in (None, 1):
            how.append(spoken(articles(file.articles or 0)))
        state = spoken(file.state)
        click.echo(f"{state:<8} {file.id} ({', '.join(filter(None, how)) or '-'})")
    if len(changes) > SHOWN and sys.stdout.isatty():
        click.echo(spoken(rest(len(changes) - SHOWN)))
    failed = plan.report.failed_articles
    size = plan.size / 1e6
    if failed:
        say_it(
            "files: {counts}; {size:.1f} MB to be read; {failed}; nothing was written",
            counts=counts,
            size=size,
            failed=failed_articles(failed),
        )
    else:
        say_it(
            "files: {counts}; {size:.1f} MB to be read; nothing was written",
            counts=counts,
            size=size,
        )
