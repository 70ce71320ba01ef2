"""Finding the files of a source: what is there, under which ids, and what could not be reached."""

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from search.config import USUAL, ReadingSettings
from search.config.reading import matches
from search.errors import SourceMissingError, UnreadableArticleError
from search.messages import message
from search.reading.failures import (
    bad_name,
    dangling_link,
    failure_of,
    looped_link,
    not_a_file,
    too_deep,
    unknown_kind,
)
from search.reading.formats import format_of, suffix_of, suffixes
from search.reading.identity import id_fault, printable
from search.reading.litter import is_litter
from search.reading.undecodable import empty_file

_PACKED_ALONE = (".gz", ".xz")  # of no name that tells what is packed in it
LINKED_FOLDER = message("links to folders")  # in `Walk.skipped`


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file that was named as holding articles; the same path is the same source."""

    path: Path  # absolute
    name: str = field(compare=False)  # ids begin with it

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> "Source":
        """Return the source at `path`, named after its folder; links in the path are kept."""
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        return cls(absolute, absolute.parent.name if _is_file(absolute) else absolute.name)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a source that can be read, as it was when it was found."""

    path: str  # a Path would take as long to make as all the rest of the walk
    id: str  # the source's name and the path below it, suffix kept
    size: int
    mtime_ns: int


@dataclass
class Walk:
    """What a source holds. A failure's `source` is an id, a folder's the beginning of ids."""

    files: list[SourceFile] = field(default_factory=list)  # sorted by id
    failures: list[UnreadableArticleError] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)  # suffix → files of kinds not read
    left_out: int = 0  # files that could be read, and whole folders, that the globs leave out
    links: set[str] = field(default_factory=set)  # ids of the files that are links to others


def walk(
    source: Source, settings: ReadingSettings = USUAL, but: Collection[str] = frozenset()
) -> Walk:
    """Return the files of `source`, hidden ones left out, or raise when it is not there at all.

    What lies at the paths `but`, or in them, is not looked at.
    """
    found = Walk()
    try:
        mode = source.path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SourceMissingError(printable(str(source.path))) from None
    except OSError as err:
        found.failures.append(failure_of(printable(source.name), err))
        return found
    if stat.S_ISDIR(mode):
        _walk_folder(source, found, settings, but)
        found.files = _without_second_names(found, source)
    else:
        _take_named_file(source, found)
    found.files.sort(key=lambda file: file.id)
    found.failures.sort(key=lambda failure: failure.source)
    return found


def _without_second_names(found: Walk, source: Source) -> list[SourceFile]:
    """Return the files that were found without links to those among them: each is read once."""
    if not found.links:
        return found.files
    root = os.path.realpath(source.path)
    above = len(os.fspath(source.path))
    files = sorted(found.files, key=lambda file: (file.id in found.links, file.id))
    kept: dict[str, SourceFile] = {}
    for file in files:
        is_link = file.id in found.links
        kept.setdefault(os.path.realpath(file.path) if is_link else root + file.path[above:], file)
    return list(kept.values())


def _is_file(path: Path) -> bool:
    try:
        return not stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False


def _take_named_file(source: Source, found: Walk) -> None:
    """Add the one file that the source is: it was asked for, so an unknown kind is a failure."""
    file_id = f"{source.name}/{source.path.name}"
    if format_of(source.path.name) is None:
        found.failures.append(unknown_kind(file_id, suffix_of(file_id), suffixes()))
    else:
        _take_file(source.path, file_id, found)


def _walk_folder(
    source: Source, found: Walk, settings: ReadingSettings, but: Collection[str]
) -> None:
    """Add what lies below the source's folder, down to as many folders as are allowed."""
    folders = [(str(source.path), source.name)]
    depth = settings.limits.depth
    above = source.name.count("/") + depth
    while folders:
        path, folder_id = folders.pop()
        fault = id_fault(folder_id)
        if fault:
            found.failures.append(bad_name(folder_id, fault))
            continue
        if folder_id.count("/") > above:
            found.failures.append(too_deep(folder_id, depth))
            continue
        try:
            with os.scandir(path) as entries:
                wanted = (entry for entry in entries if entry.path not in but) if but else entries
                folders.extend(_take_entries(wanted, folder_id, found, settings))
        except OSError as err:
            found.failures.append(failure_of(folder_id, err))


def _take_entries(
    entries: Iterable[os.DirEntry[str]], folder_id: str, found: Walk, settings: ReadingSettings
) -> list[tuple[str, str]]:
    """Add the files of one folder and return the folders in it, each with its id."""
    folders = []
    for entry in entries:
        if is_litter(entry.name):
            continue
        entry_id = f"{folder_id}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if _leaves_out_all(settings, entry_id):
                found.left_out += 1
            else:
                folders.append((entry.path, entry_id))
        elif entry.is_symlink() and _leads_to_folder(entry):
            if not _leaves_out_all(settings, entry_id):
                _note_folder_link(entry, entry_id, found)
        elif not settings.reads(entry_id):
            # Nobody is told of what is wrong with a file that is not wanted.
            found.left_out += format_of(entry.name) is not None
        else:
            if entry.is_symlink():
                found.links.add(entry_id)
            _take_entry(entry, entry_id, found)
    return folders


def _leaves_out_all(settings: ReadingSettings, folder_id: str) -> bool:
    """Return whether one glob leaves out whatever may lie in a folder.

    A glob that ends in a star and matches the folder's path as far as its slash does.
    """
    return any(glob.endswith("*") and matches(f"{folder_id}/", glob) for glob in settings.exclude)


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    try:
        return stat.S_ISDIR(link.stat().st_mode)
    except OSError:
        return False  # `_take_entry` says why


def _note_folder_link(link: os.DirEntry[str], link_id: str, found: Walk) -> None:
    """Take note of a link to a folder: it is not followed into."""
    if _holds(link.path):
        found.failures.append(looped_link(printable(link_id)))
    else:
        found.skipped[LINKED_FOLDER] += 1


def _holds(link: str) -> bool:
    """Return whether a link to a folder lies in that very folder, at whatever depth."""
    target, place = os.path.realpath(link), os.path.realpath(os.path.dirname(link))  # noqa: PTH120
    return os.path.commonpath([target, place]) == target


def _take_entry(entry: os.DirEntry[str], entry_id: str, found: Walk) -> None:
    """Add a file, or what a link leads to; one of another kind is counted, unless it is broken."""
    if format_of(entry.name) is None and not (entry.is_symlink() and _is_broken(entry)):
        suffix = printable(suffix_of(entry.name))
        if suffix in _PACKED_ALONE and _is_empty(entry):
            found.failures.append(empty_file(printable(entry_id)))
        else:
            found.skipped[suffix] += 1
    else:
        _take_file(entry, entry_id, found)


def _is_broken(link: os.DirEntry[str]) -> bool:
    try:
        link.stat()
    except OSError:
        return True
    return False


def _is_empty(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.stat().st_size == 0
    except OSError:
        return False


def _take_file(entry: os.DirEntry[str] | Path, file_id: str, found: Walk) -> None:
    """Add a file of a kind that is read, or why it cannot be."""
    fault = id_fault(file_id)
    if fault:
        found.failures.append(bad_name(file_id, fault))
        return
    try:
        state = entry.stat()
    except FileNotFoundError:
        if entry.is_symlink():  # any other has vanished since it was listed
            found.failures.append(dangling_link(file_id))
    except OSError as err:
        found.failures.append(failure_of(file_id, err))
    else:
        if stat.S_ISREG(state.st_mode):
            path = os.fspath(entry)
            found.files.append(SourceFile(path, file_id, state.st_size, state.st_mtime_ns))
        else:
            found.failures.append(not_a_file(file_id))
