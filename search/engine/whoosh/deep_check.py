"""Every byte of a commit compared with its checksums."""

from collections.abc import Iterator
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment

from search.engine.port import DamageError
from search.engine.whoosh import table
from search.engine.whoosh.codec import opened
from search.engine.whoosh.damage import damage_named, damage_told
from search.engine.whoosh.manifest import read_manifest
from search.engine.whoosh.sections import SectionsError
from search.engine.whoosh.table_index import TableIndex
from search.messages import Message, as_message, message


def damage_in(folder: Path) -> list[Message]:
    """Return what of the newest commit in `folder` is not as it was written, by name."""
    number = table.newest(folder)
    if number < 0:
        return [message("no table of contents in '{name}'", name=folder.name)]
    try:
        with damage_named(folder.name):
            contents = table.read(folder, number)
    except DamageError as error:
        return [as_message(error)]
    found = [one for segment in contents.segments for one in _damage_of(segment, folder)]
    try:
        with damage_named(folder.name):
            read_manifest(folder, number, contents.manifest)
    except DamageError as error:
        found.append(as_message(error))
    return found


def _damage_of(segment: W3Segment, folder: Path) -> Iterator[Message]:
    try:
        with damage_named(folder.name):
            sections = opened(TableIndex(folder).storage, segment).sections
            damaged = sections.verify()
    except DamageError as error:
        yield as_message(error)
        return
    for name in damaged:
        yield damage_told(SectionsError(sections.file, name, "is damaged"), folder.name)
