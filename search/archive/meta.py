"""What is said of a generation: what built it, from what and when; and whether that still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.analysis.dictionary import NONE, Dictionary
from search.archive.fingerprint import content_digest, fingerprint
from search.errors import IndexDamagedError, IndexMismatchError
from search.messages import message

FORMAT = 7  # of what is stored of a generation; raise when older ones cannot be read any more
# What JSON that is not what was written can lead to.
UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError),
    *(RecursionError, OverflowError),
)
DICTIONARY = "dictionary.json"  # the user's words by which a generation is cut


@dataclass(frozen=True, slots=True)
class Meta:
    """What a generation was built by: engine, format, rules, dictionary and time."""

    engine: str
    built: str  # ISO 8601, UTC
    format: int
    fingerprint: dict[str, str]
    dictionary: str = ""  # the file that its words came from
    dictionary_file: str = ""  # what tells the content of that file
    sources: Sequence[str] = ()  # absolute paths


@dataclass(frozen=True, slots=True)
class Built:
    """What is written into the meta of a generation that was just made."""

    engine: str
    built: str
    articles: int
    characters: int
    sources: Sequence[str]
    dictionary: str = ""
    dictionary_file: str = ""


def meta_of(stored: Mapping[str, Any]) -> Meta:
    """Return what is stored of a generation; one of UNREADABLE where it is not what was written."""
    dictionary = stored.get("dictionary", {})
    return Meta(
        str(stored["engine"]),
        str(stored["built"]),
        int(stored["format"]),
        {str(k): str(v) for k, v in stored["fingerprint"].items()},
        str(dictionary.get("path", "")),
        str(dictionary.get("file", "")),
        tuple(map(str, stored["sources"])),
    )


def to_store(built: Built, dictionary: Dictionary) -> dict[str, Any]:
    """Return what is stored of a generation that was made just now, cut by `dictionary`."""
    return {
        "format": FORMAT,
        "engine": built.engine,
        "built": built.built,
        "sources": list(built.sources),
        "dictionary": {"path": built.dictionary, "file": built.dictionary_file},
        "counts": {"articles": built.articles, "characters": built.characters},
        "fingerprint": fingerprint(dictionary),
    }


def rules(dictionary: Dictionary) -> dict[str, Any]:
    """Return by what rules a generation is being built: others do not go on with it."""
    return {"format": FORMAT, "fingerprint": fingerprint(dictionary)}


def check_format(meta: Meta, index: str) -> Meta:
    """Return the meta; an IndexMismatchError when what it is said of cannot be read here."""
    if meta.format != FORMAT:
        raise IndexMismatchError(
            index,
            message(
                "format {built_by}, and this version reads format {reads}",
                built_by=meta.format,
                reads=FORMAT,
            ),
        )
    return meta


def check_rules(meta: Meta, dictionary: Dictionary, index: str, name: str) -> None:
    """Raise an IndexMismatchError that names the part in which other rules built a generation.

    Or other tables or libraries. An IndexDamagedError when `dictionary` is not what it was cut by.
    """
    if meta.fingerprint.get("dictionary", NONE.digest) != dictionary.digest:
        raise damaged(index, name, DICTIONARY)
    running = fingerprint(dictionary)
    for part in [*running, *(meta.fingerprint.keys() - running.keys())]:
        built_by, runs = meta.fingerprint.get(part, "none"), running.get(part, "none")
        if built_by != runs and part != "dictionary":
            raise IndexMismatchError(
                index,
                message(
                    "{part} {built_by}, and {part} {runs} is running",
                    part=part,
                    built_by=built_by,
                    runs=runs,
                ),
            )


def dictionary_has_changed(meta: Meta) -> bool:
    """Return whether the file of words that an index is cut by says something else now."""
    if not meta.dictionary:
        return False
    try:
        return content_digest([Path(meta.dictionary)]) != meta.dictionary_file
    except OSError:  # gone, which the next run will say
        return False


def damaged(index: str, name: str, file: str) -> IndexDamagedError:
    """Return the error that says what of a generation cannot be read."""
    return IndexDamagedError(index, message("{name}/{file} cannot be read", name=name, file=file))
