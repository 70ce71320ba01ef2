"""What an index run did, as people and programs are told of it."""

import sys
from dataclasses import asdict

import click

from search.archive import Report
from search.archive.damage_groups import grouped
from search.cli.failures import failure_fields, say_rest, shown
from search.cli.failures import note as say_note
from search.cli.output import print_json
from search.cli.speech import count_of, spoken, tell
from search.messages import Message, message

COUNTED = {
    "added": message("{count:,} added"),
    "changed": message("{count:,} changed"),
    "unchanged": message("{count:,} unchanged"),
    "removed": message("{count:,} removed"),
}


def print_json_report(report: Report) -> None:
    """Print a line with the counts and all else, then all else again, a line each.

    Each item has a line of its own, so that `jq` and `grep` need not look into lists; the lists
    stay in the first line for what has read them there.
    """
    failures = [failure_fields(error) for error in report.failed]
    damage = [asdict(note) for note in report.damage]
    print_json(
        "report",
        {
            **report.counts(),
            "recut": report.recut,
            "failed": failures,
            "failed_articles": report.failed_articles,
            "skipped": dict(report.skipped),
            "notes": report.notes,
            "damage": damage,
        },
    )
    for failure in failures:
        print_json("failure", failure)
    for text in report.notes:
        print_json("note", {"text": text})
    for note in damage:
        print_json("damage", note)


def counts_line(report: Report, seconds: float) -> str:
    """Return how many articles came and went, and in what time."""
    parts = [tell(COUNTED[name], count=count) for name, count in report.counts().items()]
    if report.recut_words:
        parts.append(tell("{count:,} cut again", count=report.recut))
    if report.failed:
        parts.append(spoken(failed_articles(report.failed_articles)))
    return f"{spoken(', ').join(parts)} ({tell('{seconds:.1f} s', seconds=seconds)})"


def failed_articles(count: int) -> Message:
    """Return how to speak of so many articles that could not be read.

    >>> failed_articles(1), failed_articles(1200)
    ('1 article failed', '1,200 articles failed')
    """
    return count_of("{count:,} article failed", "{count:,} articles failed", count)


def print_report(report: Report, seconds: float) -> None:
    """Print the counts, and say on stderr what should be looked at."""
    click.echo(counts_line(report, seconds))
    say_skipped(report)
    say_notes(report)
    damage = grouped(report.damage)
    for note, more in ((group.first, group.more) for group in shown(damage, sys.stderr)):
        is_so = message("'{text}' is {reason}", text=note.text, reason=note.reason)
        say_note(message("{place}: {what}{more}", place=note.place, what=is_so, more=more))
    say_rest(len(damage))


def say_notes(report: Report) -> None:
    """Say on stderr what else should be known of a run."""
    for text in report.notes:
        say_note(text)


def say_skipped(report: Report) -> None:
    """Say on stderr which kinds of files are not read, if there are any."""
    if report.skipped:
        kinds = ", ".join(
            f"{suffix or tell('no suffix')} {count:,}"
            for suffix, count in report.skipped.most_common()
        )
        say_note(message("files of kinds that are not read: {kinds}", kinds=kinds))
