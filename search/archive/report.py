"""What an index run did, for people and for programs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.errors import SearchError


class Done(NamedTuple):
    """How far a run is. Files that have not changed are counted, but not their bytes."""

    files: int
    all_files: int
    size: int  # bytes of the files that were read
    all_size: int  # bytes of those that are to be read
    articles: int
    asked: int = 0  # strings, by a verification, and how many there are to ask
    all_asked: int = 0
    all_articles: int = 0  # of a move, which reads no files


Progress = Callable[[Done], None]


@dataclass(frozen=True, slots=True)
class DamageNote:
    """A place in an article that looks broken; it was indexed as it is."""

    id: str
    line: int  # of its text, from 1
    text: str
    reason: str
    place: str = ""  # where people find it: file and line; of a record, the line where that is


@dataclass
class Report:
    """How many articles came, changed, stayed and went, and what could not be read."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[SearchError] = field(default_factory=list)
    damage: list[DamageNote] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)  # suffix → files of kinds not read
    notes: list[str] = field(default_factory=list)  # what else should be known of the run
    recut: int = 0  # articles that another dictionary cut anew; not counted as changed
    recut_words: Sequence[str] = ()  # the words in which it differs

    def counts(self) -> Mapping[str, int]:
        """Return the four counts by name, in the order people read them."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "removed": self.removed,
        }

    @property
    def failed_articles(self) -> int:
        """How many articles could not be read; a file or folder that could not counts as one."""
        return sum(error.count for error in self.failed)

    @property
    def has_changes(self) -> bool:
        """Whether the index holds other articles than before."""
        return bool(self.added or self.changed or self.removed)
