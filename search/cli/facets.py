"""What all articles that are found are counted by, as it is printed."""

import click

from search.archive import Results
from search.cli.output import one_line, print_json


def print_facet_json(results: Results) -> None:
    """Print an object a facet: its name, and its values with how many articles have each."""
    for name, rows in results.facets.items():
        values = [{"value": value, "count": count} for value, count in rows]
        print_json("facet", {"name": name, "values": values})


def print_facet_lines(results: Results, end: str) -> None:
    """Print a value a line: name, value, count, tab separated."""
    for name, rows in results.facets.items():
        for value, count in rows:
            click.echo(f"{name}\t{one_line(value)}\t{count}{end}", nl=False)


def facet_rows(results: Results) -> list[tuple[str, str]]:
    """Return of each facet its name and its values with their counts, as people read them."""
    return [
        (name, "   ".join(f"{value} {count:,}" for value, count in rows) or "(none)")
        for name, rows in results.facets.items()
    ]
