"""Why a file or folder could not be read, in plain words."""

import errno
import os

from search.errors import UnreadableArticleError
from search.reading.formats import SUFFIXES, suffix_of
from search.reading.identity import printable, surrogate_fault

_CAUSES = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOENT: "it vanished while being read",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "it is no longer a folder",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.EIO: "the disk failed while it was read",
    errno.ENAMETOOLONG: "its path is too long for this system",
    errno.EMFILE: "too many files are open",
}
_HINTS = {
    "permission denied": "let yourself read it with 'chmod u+rX', and index again",
    "it vanished while being read": "index again",
}
_MEND = "mend the cause and index again"


def failure_of(source: str, error: OSError) -> UnreadableArticleError:
    """Return the failure that the system's `error` on reading `source` means."""
    cause = _CAUSES.get(error.errno or 0)
    if cause is None:
        cause = os.strerror(error.errno).lower() if error.errno else "it could not be read"
    return UnreadableArticleError(source, cause, _HINTS.get(cause, _MEND))


def bad_name(source: str, fault: str) -> UnreadableArticleError:
    """Return the failure of a file or folder whose path cannot be an article's id."""
    cause = "its name is not UTF-8" if surrogate_fault(source) else f"its path {fault}"
    return UnreadableArticleError(printable(source), cause, "rename it and index again")


def dangling_link(source: str) -> UnreadableArticleError:
    """Return the failure of a link to something that is not there."""
    return UnreadableArticleError(
        source, "it is a link to nothing", "mend or remove the link, and index again"
    )


def not_a_file(source: str) -> UnreadableArticleError:
    """Return the failure of a pipe, socket or device: reading one might never end."""
    return UnreadableArticleError(
        source, "it is not a regular file", "copy its text into a file and index that"
    )


def unknown_kind(source: str) -> UnreadableArticleError:
    """Return the failure of a file that was asked for and that no format reads."""
    suffix = printable(suffix_of(source))
    kind = f"unknown kind of file '{suffix}'" if suffix else "a file without a suffix"
    return UnreadableArticleError(
        printable(source),
        f"{kind}: {', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]} are read",
        "name a file of a kind that is read, or a folder of them",
    )
