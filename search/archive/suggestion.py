"""A query that an archive suggests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that finds something, as its authors write it: a "word", "phrase" or "title"."""

    text: str
    kind: str
