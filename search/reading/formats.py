"""The kinds of file that are read: which suffix belongs to which reader.

Beside the built-in formats, those that installed packages name as entry points of the group
`xunwen.formats`. They are loaded when a suffix is first asked for, so by indexing alone, and come
before a built-in format of the same suffix.
"""

import os
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from search.errors import FormatError
from search.messages import message
from search.reading.archives import GzipFormat, TarFormat, XzFormat, ZipFormat, packed_name
from search.reading.columns import ColumnsFormat
from search.reading.docx import DocFormat, DocxFormat
from search.reading.format import Format, Place, Reading
from search.reading.html import HtmlFormat
from search.reading.markdown import MarkdownFormat
from search.reading.pdf import PdfFormat
from search.reading.records import RecordsFormat
from search.reading.text import TextFormat

__all__ = ["FORMATS", "Format", "Place", "Reading", "format_of", "suffix_of", "suffixes"]

GROUP = "xunwen.formats"


def format_of(name: str) -> Format | None:
    """Return the reader for a file of this name, or nothing when its kind is not read.

    `notes.sql.gz` is as little read as `notes.sql`.
    """
    reader = _by_suffix().get(_last_suffix(name))
    packed = packed_name(name)
    return reader if not packed or reader is None or format_of(packed) else None


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name, its dot with it and in lower case.

    >>> suffix_of("年报.TXT"), suffix_of("年报.txt.gz")
    ('.txt', '.txt.gz')
    """
    last = _last_suffix(name)
    packed = packed_name(name)
    return _last_suffix(packed) + last if packed else last


def suffixes() -> tuple[str, ...]:
    """Return every suffix that is read, in the order of the formats."""
    return tuple(_by_suffix())


FORMATS: tuple[Format, ...] = (
    TextFormat(),
    MarkdownFormat(),
    HtmlFormat(),
    PdfFormat(),
    DocxFormat(),
    DocFormat(),
    RecordsFormat(),
    ColumnsFormat(),
    ZipFormat(format_of),
    TarFormat(format_of),
    GzipFormat(format_of),
    XzFormat(format_of),
)


@cache
def _by_suffix() -> Mapping[str, Format]:
    found = {suffix: reader for reader in FORMATS for suffix in reader.suffixes}
    given: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        reader = _loaded(point)
        for suffix in reader.suffixes:
            if suffix in given:
                fault = message(
                    "'{value}' reads '{suffix}' already", value=given[suffix].value, suffix=suffix
                )
                raise FormatError(point.name, point.value, fault)
            given[suffix] = point
            found[suffix] = reader
    return found


def _loaded(point: EntryPoint) -> Format:
    """Return the format that an installed package names, or raise what is wrong with it."""
    try:
        reader: Format = point.load()()
    except Exception as error:  # whatever another's code does when it is imported
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise FormatError(point.name, point.value, said) from error
    fault = _fault(reader)
    if fault:
        raise FormatError(point.name, point.value, fault)
    return reader


def _fault(reader: Format) -> str:
    """Return what keeps an object from being a format, or nothing."""
    if not callable(getattr(reader, "read", None)):
        return message("it has no method 'read'")
    if not isinstance(getattr(reader, "name", None), str):
        return message("it has no 'name'")
    suffixes = getattr(reader, "suffixes", None)
    if not isinstance(suffixes, tuple) or not suffixes:
        return message("its 'suffixes' are no tuple of texts")
    for suffix in suffixes:
        if not isinstance(suffix, str) or _last_suffix(f"a{suffix}") != suffix:
            return message(
                "its suffix {suffix!r} is not one part in lower case with its dot",
                suffix=suffix,
            )
    return ""


def _last_suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - a Path takes five times as long
