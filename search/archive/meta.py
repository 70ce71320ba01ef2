"""`meta.json` of a generation: what built it, from what and when; and whether that still holds."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search import durability
from search.analysis.dictionary import NONE, Dictionary, from_json
from search.archive.fingerprint import content_digest, fingerprint
from search.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexUnreadableError,
    SearchError,
    is_of_the_system,
)
from search.messages import message, system_cause

FORMAT = 7  # of the files in a generation; raise when older ones cannot be read any more
META = "meta.json"
# What JSON that is not what was written can lead to.
UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError),
    *(RecursionError, OverflowError),
)
STAGED = "staged.json"  # of a generation that is being built: by what rules
DICTIONARY = "dictionary.json"  # the user's words by which it is cut; not there without any


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


def read_meta(folder: Path) -> Meta:
    """Return what the generation in `folder` was built by; an IndexDamagedError when unreadable."""
    try:
        stored = _stored(folder)
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
    except UNREADABLE as error:
        raise _unread(folder, META, error) from error


def write_meta(folder: Path, built: Built) -> None:
    """Write into a generation what it was built by, from and when, and what it holds so far."""
    meta = {
        "format": FORMAT,
        "engine": built.engine,
        "built": built.built,
        "sources": list(built.sources),
        "dictionary": {"path": built.dictionary, "file": built.dictionary_file},
        "counts": {"articles": built.articles, "characters": built.characters},
        "fingerprint": fingerprint(read_dictionary(folder)),
    }
    durability.replace(folder / META, _text(meta))


def note_dictionary(folder: Path, path: str, file: str) -> None:
    """Write into a generation's meta which file its words come from, and what tells its content."""
    _change(folder, {"dictionary": {"path": path, "file": file}})


def note_sources(folder: Path, sources: Sequence[str]) -> None:
    """Write into a generation's meta what sources it has now, in case its manifest is lost."""
    _change(folder, {"sources": list(sources)})


def read_dictionary(folder: Path) -> Dictionary:
    """Return the user's words by which a generation is cut; an IndexDamagedError if unreadable."""
    try:
        return from_json((folder / DICTIONARY).read_text("utf-8"))
    except FileNotFoundError:
        return NONE
    except (OSError, ValueError) as error:
        raise _unread(folder, DICTIONARY, error) from error


def write_dictionary(folder: Path, dictionary: Dictionary) -> None:
    """Write into a generation the words by which it is cut."""
    (folder / DICTIONARY).unlink(missing_ok=True)
    if dictionary:
        durability.write(folder / DICTIONARY, dictionary.to_json().encode())


def check_format(folder: Path) -> Meta:
    """Return the meta of a generation; an IndexMismatchError when its files cannot be read here."""
    meta = read_meta(folder)
    if meta.format != FORMAT:
        raise IndexMismatchError(
            str(folder.parent),
            message(
                "format {built_by}, and this version reads format {reads}",
                built_by=meta.format,
                reads=FORMAT,
            ),
        )
    return meta


def check(folder: Path) -> tuple[Meta, Dictionary]:
    """Return the meta and the dictionary of a generation that what is running can search.

    An IndexMismatchError names the part in which other rules, tables or libraries built it.
    """
    meta, dictionary = check_format(folder), read_dictionary(folder)
    if meta.fingerprint.get("dictionary", NONE.digest) != dictionary.digest:
        raise _damaged(folder, DICTIONARY)
    running = fingerprint(dictionary)
    for part in [*running, *(meta.fingerprint.keys() - running.keys())]:
        built_by, runs = meta.fingerprint.get(part, "none"), running.get(part, "none")
        if built_by != runs and part != "dictionary":
            raise IndexMismatchError(
                str(folder.parent),
                message(
                    "{part} {built_by}, and {part} {runs} is running",
                    part=part,
                    built_by=built_by,
                    runs=runs,
                ),
            )
    return meta, dictionary


def dictionary_has_changed(meta: Meta) -> bool:
    """Return whether the file of words that an index is cut by says something else now."""
    if not meta.dictionary:
        return False
    try:
        return content_digest([Path(meta.dictionary)]) != meta.dictionary_file
    except OSError:  # gone, which the next run will say
        return False


def _stored(folder: Path) -> dict[str, Any]:
    """Return what is stored of a generation; a ValueError when it is not what was written."""
    stored: dict[str, Any] = json.loads((folder / META).read_bytes())
    checksum = stored.pop("checksum", None)  # none in older ones, and where it was edited by hand
    if checksum is not None and checksum != _checksum(stored):
        raise ValueError(META)
    return stored


def _change(folder: Path, changed: dict[str, Any]) -> None:
    durability.replace(folder / META, _text(_stored(folder) | changed))


def _text(meta: dict[str, Any]) -> bytes:
    whole = meta | {"checksum": _checksum(meta)}
    # Bytes of a path that are not UTF-8 are surrogates, which JSON escapes.
    return json.dumps(whole, indent=2, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _checksum(meta: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(meta, sort_keys=True).encode("ascii"))


def _unread(folder: Path, file: str, error: Exception) -> SearchError:
    """Return what to raise for a file that cannot be read: it is damaged, or the system is busy."""
    if isinstance(error, OSError) and is_of_the_system(error):
        return IndexUnreadableError(system_cause(error))
    return _damaged(folder, file)


def _damaged(folder: Path, file: str) -> IndexDamagedError:
    return IndexDamagedError(
        str(folder.parent), message("{name}/{file} cannot be read", name=folder.name, file=file)
    )
