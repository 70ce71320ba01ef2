"""The columns of one commit: their names, and how their values are written."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from search.engine.column_names import FOLDER, FORMAT, MONTH, SOURCE, YEAR
from search.engine.opensearch.compiling import Query
from search.engine.opensearch.documents import SEPARATOR
from search.engine.opensearch.mapping import COLUMNS, NAMED, WRITTEN
from search.engine.opensearch.statistics import Statistics

MOST_NAMES = 10_000
MOST_VALUES = 60_000  # of a column that are told apart by how they are written
KEPT = 32  # columns
_DERIVED = {FOLDER, FORMAT, YEAR, MONTH}


class Columns:
    """Counts values, and knows how each is mostly written."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self._written = lru_cache(KEPT)(self._read_written)

    @cached_property
    def names(self) -> Sequence[str]:
        """The names of the columns in which any document has a value, sorted."""
        asked = {"names": {"terms": {"field": NAMED, "size": MOST_NAMES}}}
        found = {one["key"] for one in self._buckets(asked)["names"]}
        kept = found - _DERIVED
        if SOURCE in found:
            kept |= {FOLDER, FORMAT}
        if YEAR in found:
            kept |= {YEAR, MONTH}
        return sorted(kept)

    def frequent(
        self, answering: Query, most: Mapping[str, int]
    ) -> dict[str, Sequence[tuple[str, int]]]:
        """Return of each column the values that most of some documents have, and how many."""
        asked = {
            str(at): _terms(COLUMNS, name, MOST_VALUES if wanted else 1)
            for at, (name, wanted) in enumerate(most.items())
        }
        buckets = self._buckets(asked, answering) if asked else {}
        found: dict[str, Sequence[tuple[str, int]]] = {}
        for at, (name, wanted) in enumerate(most.items()):
            rows = [(one["key"], one["doc_count"]) for one in buckets[str(at)]]
            if len(rows) > wanted > 0:  # of equals those that are written the least come first
                least = rows[wanted - 1][1]
                rows = [row for row in rows if row[1] >= least]
            written = self._written(name) if rows else {}
            shown = [(written.get(key, _value(key)), count) for key, count in rows]
            found[name] = tuple(sorted(shown, key=lambda row: (-row[1], row[0]))[:wanted])
        return found

    def _read_written(self, name: str) -> Mapping[str, str]:
        """Return of each value, folded, how most documents have it written, of equals the least."""
        buckets = self._buckets({"all": _terms(WRITTEN, name, MOST_VALUES)})["all"]
        found: dict[str, tuple[int, str]] = {}
        for one in buckets:
            key, _, value = one["key"].partition(SEPARATOR * 2)
            rank = (-one["doc_count"], value)
            if key not in found or rank < found[key]:
                found[key] = rank
        return {key: value for key, (_, value) in found.items()}

    def _buckets(
        self, asked: Mapping[str, Any], answering: Query | None = None
    ) -> dict[str, list[dict[str, Any]]]:
        found = self._statistics.aggregated(asked, answering)
        return {name: one["buckets"] for name, one in found.items()}


def _terms(field: str, name: str, most: int) -> dict[str, Any]:
    """Return what asks for the values of a column, the most frequent first."""
    begin = re.sub(r"([^\w\s])", r"\\\1", f"{name}{SEPARATOR}", flags=re.ASCII)
    return {
        "terms": {
            "field": field,
            "include": f"{begin}.*",
            "size": most,
            "shard_size": most,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
    }


def _value(key: str) -> str:
    return key.partition(SEPARATOR)[2]
