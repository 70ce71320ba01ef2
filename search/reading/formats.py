"""The kinds of file that are read: which suffix belongs to which reader."""

import os

from search.reading.format import Format, Place, Reading
from search.reading.markdown import MarkdownFormat
from search.reading.records import RecordsFormat
from search.reading.text import TextFormat

__all__ = ["FORMATS", "SUFFIXES", "Format", "Place", "Reading", "format_of", "suffix_of"]

FORMATS: tuple[Format, ...] = (TextFormat(), MarkdownFormat(), RecordsFormat())
_BY_SUFFIX = {suffix: reader for reader in FORMATS for suffix in reader.suffixes}
SUFFIXES: tuple[str, ...] = tuple(_BY_SUFFIX)


def format_of(name: str) -> Format | None:
    """Return the reader for a file of this name, or nothing when its kind is not read."""
    return _BY_SUFFIX.get(suffix_of(name))


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name, its dot with it and in lower case.

    >>> suffix_of("年报.TXT")
    '.txt'
    """
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - a Path takes five times as long
