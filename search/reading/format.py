"""What a format is: the suffixes it is known by, and a reader of bytes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from search.config import ReadingSettings
from search.document import Document
from search.errors import UnreadableArticleError

Reading: TypeAlias = Document | UnreadableArticleError
Limit: TypeAlias = Literal["file_mb", "records_mb", "archive_mb"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes came from: the id their file gives an article, and the file as people name it.

    `path` is where that file lies on this machine; `settings` is how it is to be read. `skipped`
    counts, by suffix, the files in an archive whose kind is not read.
    """

    id: str
    source: str
    path: str = ""
    settings: ReadingSettings = field(default_factory=ReadingSettings)
    skipped: Counter[str] = field(default_factory=Counter, compare=False)


class Format(Protocol):
    """A kind of file. A new one is a module with such a class and a line in `formats`.

    One that lives in a package of its own is named there as an entry point of the group
    `xunwen.formats`; it is made without arguments.
    """

    name: str  # as `search index --dry-run` and `search doctor` call it
    suffixes: tuple[str, ...]  # lower case, with the dot
    limit: Limit  # which of `Limits` the size of such a file is held to

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield each article of the file, or the error that stands for it.

        An UnreadableArticleError is raised for a file that has no more to give; nothing else is.
        """
        ...
