"""Of articles that are copies of one another, the best that answers a search."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from search.engine.opensearch.client import Client
from search.engine.opensearch.compiling import Query, of_numbers
from search.engine.opensearch.documents import cut_key
from search.engine.opensearch.mapping import KEY
from search.engine.opensearch.rows import Row
from search.engine.opensearch.scan import number_of, scan

KEYS_AT_ONCE = 10_000


class Copies:
    """Groups of ids, told of the documents of one commit."""

    def __init__(
        self, client: Client, index: str, visible: Query, groups: Sequence[Sequence[str]]
    ) -> None:
        self.groups = groups
        self._client = client
        self._index = index
        self._visible = visible

    @cached_property
    def group_of(self) -> dict[int, int]:
        """The group of each document that is in any, by its number."""
        place = {cut_key(one): at for at, group in enumerate(self.groups) for one in group}
        return {number: place[key] for number, key in self._numbers(list(place))}

    @cached_property
    def query(self) -> Query:
        """The query for all documents that are in a group."""
        return of_numbers(sorted(self.group_of))

    def worse(self, rows: Iterable[Row]) -> tuple[set[int], list[int]]:
        """Return the numbers of those that are not the first of their group, and their tiers."""
        seen: set[int] = set()
        worse: set[int] = set()
        tiers: list[int] = []
        for row in sorted(rows, key=lambda row: row.keys):
            group = self.group_of[row.number]
            if group in seen:
                worse.add(row.number)
                tiers.append(row.tier)
            seen.add(group)
        return worse, tiers

    def _numbers(self, keys: Sequence[str]) -> Iterator[tuple[int, str]]:
        for at in range(0, len(keys), KEYS_AT_ONCE):
            some = {"terms": {KEY: keys[at : at + KEYS_AT_ONCE]}}
            query = {"bool": {"filter": [self._visible, some]}}
            for hit in scan(self._client, self._index, query, fields=[KEY]):
                yield number_of(hit), hit["fields"][KEY][0]
