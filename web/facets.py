"""What the results can be narrowed by: facets with addresses, and filters with ways out of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.archive import Results
from web.parameters import PageRequest

OFFERED = 10  # values of each


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, how many articles have it, and the address of these alone."""

    value: str
    count: int
    address: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facet:
    """A name that results can be narrowed by, and its most frequent values."""

    name: str
    choices: Sequence[Choice]


def offered(asked: PageRequest, results: Results, but: Collection[str] = ()) -> list[Facet]:
    """Return the facets that would leave some of the results out, those chosen already not.

    Nor those of the names `but`.
    """
    return [
        Facet(
            name,
            [Choice(value, count, asked.narrowed(name, value)) for value, count in rows[:OFFERED]],
        )
        for name, rows in results.facets.items()
        if name not in (*asked.filters, *but) and any(count < results.total for _, count in rows)
    ]
