"""Why a file or folder could not be read, in plain words."""

import errno
import os
from collections.abc import Sequence

from search.errors import UnreadableArticleError
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


def too_large(
    source: str, size_mb: int | None, most_mb: int, setting: str
) -> UnreadableArticleError:
    """Return the failure of a file over a limit; its size where it is known without reading on."""
    size = f"it is {size_mb:,} MB large" if size_mb else "it is too large"
    return size_limit(source, f"{size}, at most {most_mb:,} MB are read", setting)


def size_limit(source: str, cause: str, setting: str) -> UnreadableArticleError:
    """Return the failure of a file that reaches one of `Limits`."""
    return UnreadableArticleError(
        source,
        cause,
        f"raise '{setting}' under [reading.limits] in search.toml if it is good, "
        "else move it elsewhere",
    )


def changed(source: str) -> UnreadableArticleError:
    """Return the failure of a file that was written to while it was read."""
    return UnreadableArticleError(source, "it changed while being read", "index again")


def too_deep(source: str, most: int) -> UnreadableArticleError:
    """Return the failure of a folder below too many others."""
    return size_limit(source, f"it lies more than {most:,} folders deep", "depth")


def looped_link(source: str) -> UnreadableArticleError:
    """Return the failure of a link to a folder that it lies in."""
    return UnreadableArticleError(
        source,
        "it is a link that leads back to a folder it lies in",
        "remove the link, and index again",
    )


def unknown_kind(source: str, suffix: str, known: Sequence[str]) -> UnreadableArticleError:
    """Return the failure of a file that was asked for and that no format reads."""
    kind = f"unknown kind of file '{printable(suffix)}'" if suffix else "a file without a suffix"
    return UnreadableArticleError(
        printable(source),
        f"{kind}: {', '.join(known[:-1])} and {known[-1]} are read",
        "name a file of a kind that is read, or a folder of them",
    )
