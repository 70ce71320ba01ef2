"""The user's dictionary that an index is to be cut by: from a file, whose place is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from search.analysis.dictionary import NONE, Dictionary
from search.archive.fingerprint import digest_of_contents
from search.archive.meta import Meta
from search.errors import SettingError
from search.messages import message, system_cause
from search.reading.identity import printable


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a file, or none; and what is to be said of lines that change nothing."""

    dictionary: Dictionary = NONE
    path: str = ""
    file: str = ""  # what tells its content
    notes: Sequence[str] = ()


def wanted(given: str | Path | None, before: Meta | None) -> Wanted:
    """Return the dictionary in the file `given`; without, in the one the index was cut by `before`.

    A SettingError when it cannot be read, or a line of it cannot be used.
    """
    if given is not None:
        path = Path(given).absolute()
    elif before is not None and before.dictionary:
        path = Path(before.dictionary)
    else:
        return Wanted()
    from search.analysis.dictionary_file import read_dictionary  # few have such a file

    raw = _read(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(
            path,
            message("not UTF-8 at byte {start}", start=error.start),
            message("save it as UTF-8"),
        ) from None
    dictionary, notes = read_dictionary(text, printable(str(path)))
    return Wanted(dictionary, str(path), digest_of_contents([raw]), notes)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        hint = message("bring it back; an empty file takes its words out of the index")
        raise _unreadable(path, message("no such file"), hint) from None
    except OSError as error:
        raise _unreadable(
            path, system_cause(error), message("mend the cause and run the command again")
        ) from error


def _unreadable(path: Path, cause: str, hint: str) -> SettingError:
    return SettingError(
        message("cannot read dictionary '{path}': {cause}", path=printable(str(path)), cause=cause),
        hint,
    )
