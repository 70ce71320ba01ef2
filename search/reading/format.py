"""What a format is: the suffixes it is known by, and a reader of bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from search.config import ReadingSettings
from search.document import Document
from search.errors import UnreadableArticleError

Reading: TypeAlias = Document | UnreadableArticleError


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes came from: the id their file gives an article, and the file as people name it.

    `path` is where that file lies on this machine; `settings` is how it is to be read.
    """

    id: str
    source: str
    path: str = ""
    settings: ReadingSettings = field(default_factory=ReadingSettings)


class Format(Protocol):
    """A kind of file. A new one is a module with such a class and a line in `formats`."""

    name: str  # as `search index --dry-run` and `search doctor` call it
    suffixes: tuple[str, ...]  # lower case, with the dot

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield each article of the file, or the error that stands for it.

        An UnreadableArticleError is raised for a file that has no more to give; nothing else is.
        """
        ...
