"""What a verification found: how much was asked and right, and each failure with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_NAMED = 10_000  # failures; of an index that is all wrong the others are counted


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that the index gets wrong.

    `kind` is "miss" or "extra" (an article that a query does not find, or finds wrongly), "query"
    (read otherwise than meant), "rule" (a string that is not found where it was taken from),
    "page" (total, order or an id twice), "mark" (a snippet or span that is not the text's),
    "text", "heading" or "map" (what is stored is not what the file says), "missing", "unknown",
    "twice" or "count" (articles and what they are counted as).
    """

    kind: str
    message: str
    id: str = ""
    place: str = ""  # the file, of a record with its line
    field: str = ""  # "title", "body"; nothing where it is neither, or not known
    offset: int | None = None  # code points into the author's title or body
    query: str = ""
    context: str = ""  # of the author's text


@dataclass(frozen=True, slots=True)
class Note:
    """A file that is not as the last index run left it: no failure of the index.

    `kind` is "changed", "gone", "new", "unfinished" (the run could not read all of it),
    "unreadable" or "taken" (its articles bear the ids of others).
    """

    kind: str
    source: str
    message: str
    hint: str


@dataclass
class Verification:
    """What was compared: the index with its articles' files, read and folded again."""

    index: str
    seed: int
    strings: int = 0  # drawn and asked
    characters_asked: int = 0
    characters_skipped: int = 0  # of the archive, but folded to others when typed alone
    files: int = 0  # read again
    articles: int = 0
    articles_from_files: int = 0  # the others were compared with the text that is stored
    characters: int = 0  # of all bodies
    found: int = 0  # articles, over all queries
    held: int = 0  # articles that hold what was asked for
    right: int = 0  # articles that were found and hold it
    hits_shown: int = 0  # whose snippets and marks were looked at
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)  # MOST_NAMED at the most
    notes: list[Note] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of the articles that hold what was asked for, the share that was found."""
        return self.right / self.held if self.held else 1.0

    @property
    def precision(self) -> float:
        """Of the articles that were found, the share that holds what was asked for."""
        return self.right / self.found if self.found else 1.0

    @property
    def is_well(self) -> bool:
        """Whether nothing failed; notes are no failures."""
        return not self.failed

    def fail(self, *failures: Failure) -> None:
        """Count failures, and name them unless there are very many."""
        self.failed += len(failures)
        self.failures += failures[: max(0, MOST_NAMED - len(self.failures))]

    def fail_each(self, failures: Sequence[Failure], count: int) -> None:
        """Count so many failures, of which these are named."""
        self.fail(*failures)
        self.failed += count - len(failures)
