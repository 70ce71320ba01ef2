"""Of articles that are copies of one another, the best that answers a search."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from search.engine.opensearch.client import Client
from search.engine.opensearch.compiling import EVERY, Query, all_of, of_numbers
from search.engine.opensearch.documents import cut_key
from search.engine.opensearch.mapping import KEY
from search.engine.opensearch.rows import Row
from search.engine.opensearch.scan import number_of, scan

KEYS_AT_ONCE = 10_000
FEW = 2_000  # documents: so many are all looked at; of more, those that are in a group
KEPT = 256  # answers of which the surplus is kept in mind


class Copies:
    """Groups of ids, told of the documents of one commit."""

    def __init__(
        self, client: Client, index: str, visible: Query, groups: Sequence[Sequence[str]]
    ) -> None:
        self.groups = groups
        self._client = client
        self._index = index
        self._visible = visible
        self._surplus: dict[str, int] = {}

    @cached_property
    def group_of(self) -> dict[int, int]:
        """The group of each document that is in any, by its number."""
        place = {cut_key(one): at for at, group in enumerate(self.groups) for one in group}
        return {number: place[key] for number, key in self._numbers(list(place))}

    def query(self, count: int) -> Query:
        """Return the query for all that may be in a group, of so many documents that answer."""
        return EVERY if count <= FEW else self._query

    @cached_property
    def _query(self) -> Query:
        return of_numbers(sorted(self.group_of))

    def surplus(self, answering: Query, count: int) -> int:
        """Return how many of `count` documents that answer are copies of others of them."""
        if count < 2 or not self.group_of:
            return 0
        name = json.dumps(answering)
        if name not in self._surplus:
            query = all_of([answering, self.query(count)])
            hits = scan(self._client, self._index, query, at_once=KEYS_AT_ONCE)
            groups = [self.group_of.get(number_of(hit)) for hit in hits]
            held = [group for group in groups if group is not None]
            if len(self._surplus) >= KEPT:
                self._surplus = {}
            self._surplus[name] = len(held) - len(set(held))
        return self._surplus[name]

    def shown(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows, which are in order, without those of which another of the group came first.

        Whatever is left out is worse than what it is a copy of; so nothing has to be known of what
        follows.
        """
        seen: set[int] = set()
        for row in rows:
            group = self.group_of.get(row.number)
            if group not in seen:
                yield row
            if group is not None:
                seen.add(group)

    def _numbers(self, keys: Sequence[str]) -> Iterator[tuple[int, str]]:
        for at in range(0, len(keys), KEYS_AT_ONCE):
            some = {"terms": {KEY: keys[at : at + KEYS_AT_ONCE]}}
            query = {"bool": {"filter": [self._visible, some]}}
            hits = scan(self._client, self._index, query, fields=[KEY], at_once=KEYS_AT_ONCE)
            for hit in hits:
                yield number_of(hit), hit["fields"][KEY][0]
