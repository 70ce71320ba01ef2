"""The article as read from its file: raw text, never changed by folding or indexing."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """One article of the archive, in the author's own characters.

    `id` is unique in an archive: a file's is its source folder's name and the path below it, a
    record's is the one it carries. `source` is the file it came from, in the same form as a file's
    id; `path` is where that file lies on this machine. `date` is ISO 8601, whole or cut (`2024`,
    `2024-06`, `2024-06-28`), or empty. `at` is, for a record, the line of its file where it stands
    (`news/a.jsonl:3`): no part of what the article is, since lines move.
    """

    id: str
    title: str
    body: str
    author: str = ""
    date: str = ""
    source: str = ""
    path: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    at: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """Where people find the article: the line of a record, else its file."""
        return self.at or self.source
