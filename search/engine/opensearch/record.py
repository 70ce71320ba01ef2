"""The record of the newest commit: which documents count, and what was committed with them.

A document's number says by whom it was written and when. Those that count are of the `ranges`, and
not among the `dead`. So a commit is one document that is put in place of another, by whoever has
read that other: what was written beside it counts from then on, all at once, and nothing before.

Numbers are `era << 40 | ordinal`. An era ends where a writer did not end its own: whatever that one
may still write is of no range, and so is never seen.

What is built in parts has a record for each, whose eras are of no other part.
"""

import base64
import json
import secrets
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from search.engine.opensearch.client import Client, ConflictError
from search.engine.opensearch.connection import NOTHING, Seen
from search.engine.opensearch.mapping import (
    BODY,
    GRAMS,
    NUMBER,
    RECORD,
    TITLE,
    WORDS,
    length_field,
)

RECORD_ID = "commit"
ERA_BITS = 40
PART_ERAS = 1 << 14  # of each part; a number has 63 bits, so that there may be 510 parts
LENGTHS = [length_field(kind, text) for kind in (WORDS, GRAMS) for text in (TITLE, BODY)]

Version = tuple[int, int]  # of a document: sequence number, and term of its primary


@dataclass(frozen=True, slots=True)
class Dead:
    """What counts no more, until it is taken away."""

    since: float  # seconds since 1970, when that was committed
    numbers: Sequence[int]  # of documents
    pieces: Sequence[str] = ()  # ids of what blobs were kept in


@dataclass(frozen=True, slots=True)
class Record:
    """One commit."""

    commit: int = 0
    token: str = ""  # of the commit: another each time
    era: int = 0
    writer: str = ""  # the token of who writes now; nothing when none does
    ranges: Sequence[Sequence[int]] = ((0, 0),)  # of numbers, ends exclusive, rising
    dead: Sequence[Dead] = ()
    oldest: int = 0  # the first commit of which all documents are still there
    documents: int = 0
    characters: int = 0
    lengths: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(LENGTHS, 0))
    manifest: str = ""  # key of a blob
    seen: Seen = NOTHING  # the cluster's state when all that counts was visible on all copies
    words: Sequence[Sequence[Any]] = ()  # blobs of words with their counts: key, how many words

    def next_number(self) -> int:
        """Return the number of the next document that is written."""
        return int(self.ranges[-1][1])

    def dead_numbers(self) -> list[int]:
        """Return the numbers of documents in the ranges that do not count."""
        return [number for one in self.dead for number in one.numbers]

    def visible(self) -> dict[str, Any]:
        """Return the query that all documents answer which count."""
        ranges: list[dict[str, Any]] = [
            {"range": {NUMBER: {"gte": start, "lt": end}}} for start, end in self.ranges
        ]
        query: dict[str, Any] = {"bool": {"should": ranges, "minimum_should_match": 1}}
        if len(ranges) == 1:
            query = ranges[0]
        if dead := self.dead_numbers():
            gone = [
                {"terms": {NUMBER: dead[at : at + _TERMS]}} for at in range(0, len(dead), _TERMS)
            ]
            return {"bool": {"filter": [query], "must_not": gone}}
        return query

    def to_source(self) -> dict[str, Any]:
        """Return what is put into the index."""
        told = asdict(self)
        told["dead"] = _packed(self.dead)
        return {RECORD: told}


_TERMS = 60_000  # that one query may name


def record_id(part: int = 0) -> str:
    """Return the id of the document that is the record of a part; of the whole without one."""
    return f"{RECORD_ID}-{part}" if part else RECORD_ID


def first_record(part: int = 0) -> Record:
    """Return the record of what has no commit yet."""
    start = first_number(part)
    return Record(era=part * PART_ERAS, ranges=((start, start),))


def first_number(part: int) -> int:
    """Return the first number that a document of a part may have."""
    return part * PART_ERAS << ERA_BITS


def read_record(client: Client, index: str, part: int = 0) -> tuple[Record, Version] | None:
    """Return the newest commit and the version that its document has; None where there is none."""
    found = client.get(index, record_id(part))
    if found is None:
        return None
    told = dict(found["_source"][RECORD])
    told["dead"] = _unpacked(told["dead"])
    told["seen"] = tuple(told["seen"])
    return Record(**told), (found["_seq_no"], found["_primary_term"])


def write_record(
    client: Client, index: str, record: Record, after: Version, part: int = 0
) -> Version:
    """Put a commit in place of the one with version `after`; a ConflictError if it is another."""
    source = record.to_source()
    try:
        return client.put(index, record_id(part), source, after)
    except ConflictError:
        found = client.get(index, record_id(part))
        if found is None or found["_source"] != json.loads(json.dumps(source)):
            raise
        return found["_seq_no"], found["_primary_term"]  # only the answer was lost, and asked again


def new_token() -> str:
    """Return a name that nothing else has."""
    return secrets.token_hex(8)


def _packed(dead: Sequence[Dead]) -> str:
    """Return numbers that mostly lie side by side in few characters."""
    rows = [[one.since, one.pieces, _steps(one.numbers)] for one in dead]
    return base64.b64encode(zlib.compress(json.dumps(rows).encode())).decode("ascii")


def _unpacked(text: str) -> list[Dead]:
    rows = json.loads(zlib.decompress(base64.b64decode(text)))
    found = []
    for since, pieces, steps in rows:
        numbers, last = [], 0
        for step in steps:
            last += step
            numbers.append(last)
        found.append(Dead(since, numbers, pieces))
    return found


def _steps(numbers: Sequence[int]) -> list[int]:
    rising = sorted(numbers)
    return [after - before for before, after in zip([0, *rising], rising, strict=False)]
