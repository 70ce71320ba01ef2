"""One commit of an index on a cluster, and what is known of it."""

from functools import cached_property

from search.engine.opensearch.client import Client
from search.engine.opensearch.columns import Columns
from search.engine.opensearch.mapping import DAY
from search.engine.opensearch.record import Record
from search.engine.opensearch.statistics import Statistics
from search.engine.opensearch.texts import StoredDocuments
from search.engine.opensearch.words import Words


class State:
    """What answers to one commit; each part is asked for when it is first needed."""

    def __init__(self, client: Client, index: str, record: Record) -> None:
        self.client = client
        self.index = index
        self.record = record
        self.statistics = Statistics(client, index, record)
        self.documents = StoredDocuments(client, index)
        self.columns = Columns(self.statistics)
        self.words = Words(client, index, record, self.statistics)

    @cached_property
    def newest_day(self) -> int | None:
        """The newest day of any document, since 1970; None where none has a date."""
        found = self.statistics.aggregated({"day": {"max": {"field": DAY}}})["day"]["value"]
        return None if found is None else round(found)
