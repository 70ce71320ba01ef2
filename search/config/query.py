"""How queries are read: what may stand for their words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """The table `query` of search.toml."""

    seconds: int = 60  # that an answer may take, of the command and the library; 0 for any
    synonyms: str = "synonyms.txt"  # a file beside search.toml; there need not be one
