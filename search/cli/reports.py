"""What an index run did, as people and programs are told of it."""

from typing import Any

import click

from search.archive import Report
from search.archive.damage_groups import grouped
from search.cli.failures import SHOWN, failure_fields, say_rest
from search.cli.output import say


def report_fields(report: Report) -> dict[str, Any]:
    """Return a report as JSON fields."""
    return {
        **report.counts(),
        "failed": [failure_fields(error) for error in report.failed],
        "skipped": dict(report.skipped),
        "notes": report.notes,
        "damage": [
            {"id": d.id, "line": d.line, "text": d.text, "reason": d.reason} for d in report.damage
        ],
    }


def counts_line(report: Report, seconds: float) -> str:
    """Return how many articles came and went, and in what time."""
    counts = ", ".join(f"{count:,} {name}" for name, count in report.counts().items())
    failed = f", {len(report.failed):,} failed" if report.failed else ""
    return f"{counts}{failed} ({seconds:.1f} s)"


def print_report(report: Report, seconds: float) -> None:
    """Print the counts, and say on stderr what should be looked at."""
    click.echo(counts_line(report, seconds))
    say_skipped(report)
    for text in report.notes:
        say(f"search: note: {text}")
    damage = grouped(report.damage)
    for note, more in ((group.first, group.more) for group in damage[:SHOWN]):
        say(f"search: note: {note.id}, line {note.line}: '{note.text}' is {note.reason}{more}")
    say_rest(len(damage))


def say_skipped(report: Report) -> None:
    """Say on stderr which kinds of files are not read, if there are any."""
    if report.skipped:
        kinds = ", ".join(
            f"{suffix or 'no suffix'} {count:,}" for suffix, count in report.skipped.most_common()
        )
        say(f"search: note: files of kinds that are not read: {kinds}")
