"""The port (`Engine`) and its homes, each in a folder of its own."""

from search.engine.port import (
    FIELDS,
    SORTS,
    DamageError,
    Engine,
    Heading,
    IndexReader,
    IndexWriter,
    Ranking,
    ScoredDocument,
    SearchRequest,
    Stats,
    StoredText,
)

__all__ = [
    "FIELDS",
    "SORTS",
    "DamageError",
    "Engine",
    "Heading",
    "IndexReader",
    "IndexWriter",
    "Ranking",
    "ScoredDocument",
    "SearchRequest",
    "Stats",
    "StoredText",
]
