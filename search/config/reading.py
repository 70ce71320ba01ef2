"""How the files of an archive are read: which, in what encoding, up to what size."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

# What a column of a CSV file or a field of a record can be named as.
COLUMNS = ("id", "title", "body", "author", "date", "url")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused, with a line that says so, instead of taking all memory or all day."""

    file_mb: int = 64  # a file that is one article
    records_mb: int = 4096  # a file of records
    archive_mb: int = 4096  # what one .zip, .gz or .xz holds, unpacked
    archive_ratio: int = 200  # times its own size that is, from 1 MB on
    archive_files: int = 1_000_000  # in one .zip
    pdf_pages: int = 5_000
    pdf_seconds: int = 60
    depth: int = 64  # folders in folders below a source


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """The table `reading` of search.toml. Globs are matched with ids and with parts of them."""

    include: tuple[str, ...] = ()  # only files that match one of these, if there are any
    exclude: tuple[str, ...] = ()
    encodings: Mapping[str, str] = field(default_factory=dict)  # glob → encoding
    columns: Mapping[str, str] = field(default_factory=dict)  # "body", "author", … → column
    record_ids: str = "own"  # the whole id of a record; "file" puts its file's id and # before it
    limits: Limits = Limits()

    def reads(self, file_id: str) -> bool:
        """Return whether a file is one of those to be read.

        >>> ReadingSettings(exclude=("drafts/*",)).reads("news/drafts/a.txt")
        False
        """
        if self.include and not any(matches(file_id, glob) for glob in self.include):
            return False
        return not any(matches(file_id, glob) for glob in self.exclude)

    def encoding_of(self, file_id: str) -> str:
        """Return the encoding that is set for a file, or nothing; the first glob that matches."""
        found = (name for glob, name in self.encodings.items() if matches(file_id, glob))
        return next(found, "")


USUAL = ReadingSettings()


def matches(file_id: str, glob: str) -> bool:
    """Return whether an id, or what is behind one of its slashes, matches a glob.

    >>> [matches("news/old/a.txt", glob) for glob in ("*.txt", "old/*", "news/*", "new/*")]
    [True, True, True, False]
    """
    parts = file_id.split("/")
    return any(fnmatchcase("/".join(parts[at:]), glob) for at in range(len(parts)))
