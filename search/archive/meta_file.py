"""`meta.json` and the dictionary of a generation that lies in a folder."""

import json
import zlib
from pathlib import Path
from typing import Any

from search import durability
from search.analysis.dictionary import NONE, Dictionary, from_json
from search.archive.meta import DICTIONARY, UNREADABLE, Built, Meta, damaged, meta_of, to_store
from search.errors import IndexUnreadableError, SearchError, is_of_the_system
from search.messages import system_cause

META = "meta.json"


def read_meta(folder: Path) -> Meta:
    """Return what the generation in `folder` was built by; an IndexDamagedError when unreadable."""
    try:
        return meta_of(_stored(folder))
    except UNREADABLE as error:
        raise _unread(folder, META, error) from error


def write_meta(folder: Path, built: Built) -> None:
    """Write into a generation what it was built by, from and when, and what it holds so far."""
    durability.replace(folder / META, _text(to_store(built, read_dictionary(folder))))


def change_meta(folder: Path, changed: dict[str, Any]) -> None:
    """Have a generation's meta say something else in these parts."""
    durability.replace(folder / META, _text(_stored(folder) | changed))


def read_dictionary(folder: Path) -> Dictionary:
    """Return the user's words by which a generation is cut; an IndexDamagedError if unreadable."""
    try:
        return from_json((folder / DICTIONARY).read_text("utf-8"))
    except FileNotFoundError:
        return NONE
    except (OSError, ValueError) as error:
        raise _unread(folder, DICTIONARY, error) from error


def write_dictionary(folder: Path, dictionary: Dictionary) -> None:
    """Write into a generation the words by which it is cut; no file without any."""
    (folder / DICTIONARY).unlink(missing_ok=True)
    if dictionary:
        durability.write(folder / DICTIONARY, dictionary.to_json().encode())


def _stored(folder: Path) -> dict[str, Any]:
    """Return what is stored of a generation; a ValueError when it is not what was written."""
    stored: dict[str, Any] = json.loads((folder / META).read_bytes())
    checksum = stored.pop("checksum", None)  # none in older ones, and where it was edited by hand
    if checksum is not None and checksum != _checksum(stored):
        raise ValueError(META)
    return stored


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
    return damaged(str(folder.parent), folder.name, file)
