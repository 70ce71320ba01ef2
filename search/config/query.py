"""How queries are read: what may stand for their words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """The table `query` of search.toml."""

    synonyms: str = "synonyms.txt"  # a file beside search.toml; there need not be one
