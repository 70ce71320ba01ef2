"""Why a file or folder could not be read, in plain words."""

import errno
import os
from collections.abc import Sequence

from search.errors import UnreadableArticleError
from search.messages import Message, message
from search.reading.identity import printable, surrogate_fault

_DENIED = message("permission denied")
_VANISHED = message("it vanished while being read")
_CAUSES = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.ENOENT: _VANISHED,
    errno.EISDIR: message("it is a folder"),
    errno.ENOTDIR: message("it is no longer a folder"),
    errno.ELOOP: message("it is a link that leads back to itself"),
    errno.EIO: message("the disk failed while it was read"),
    errno.ENAMETOOLONG: message("its path is too long for this system"),
    errno.EMFILE: message("too many files are open"),
}
_HINTS = {
    _DENIED: message("let yourself read it with 'chmod u+rX', and index again"),
    _VANISHED: message("index again"),
}
_MEND = message("mend the cause and index again")


def failure_of(source: str, error: OSError) -> UnreadableArticleError:
    """Return the failure that the system's `error` on reading `source` means."""
    cause = _CAUSES.get(error.errno or 0)
    if cause is None:
        cause = message("it could not be read")
        if error.errno:
            cause = Message(os.strerror(error.errno).lower())
    return UnreadableArticleError(source, cause, _HINTS.get(cause, _MEND))


def bad_name(source: str, fault: str) -> UnreadableArticleError:
    """Return the failure of a file or folder whose path cannot be an article's id."""
    cause = (
        message("its name is not UTF-8")
        if surrogate_fault(source)
        else message("its path {fault}", fault=fault)
    )
    return UnreadableArticleError(printable(source), cause, message("rename it and index again"))


def dangling_link(source: str) -> UnreadableArticleError:
    """Return the failure of a link to something that is not there."""
    return UnreadableArticleError(
        source,
        message("it is a link to nothing"),
        message("mend or remove the link, and index again"),
    )


def not_a_file(source: str) -> UnreadableArticleError:
    """Return the failure of a pipe, socket or device: reading one might never end."""
    return UnreadableArticleError(
        source,
        message("it is not a regular file"),
        message("copy its text into a file and index that"),
    )


def too_large(
    source: str, size_mb: int | None, most_mb: int, setting: str
) -> UnreadableArticleError:
    """Return the failure of a file over a limit; its size where it is known without reading on."""
    size = (
        message("it is {size_mb:,} MB large", size_mb=size_mb)
        if size_mb
        else message("it is too large")
    )
    return size_limit(
        source,
        message("{size}, at most {most_mb:,} MB are read", size=size, most_mb=most_mb),
        setting,
    )


def size_limit(source: str, cause: str, setting: str) -> UnreadableArticleError:
    """Return the failure of a file that reaches one of `Limits`."""
    return UnreadableArticleError(
        source,
        cause,
        message(
            "raise '{setting}' under [reading.limits] in search.toml if it is good, "
            "else move it elsewhere",
            setting=setting,
        ),
    )


def changed(source: str) -> UnreadableArticleError:
    """Return the failure of a file that was written to while it was read."""
    return UnreadableArticleError(
        source, message("it changed while being read"), message("index again")
    )


def too_deep(source: str, most: int) -> UnreadableArticleError:
    """Return the failure of a folder below too many others."""
    return size_limit(
        source, message("it lies more than {most:,} folders deep", most=most), "depth"
    )


def looped_link(source: str) -> UnreadableArticleError:
    """Return the failure of a link to a folder that it lies in."""
    return UnreadableArticleError(
        source,
        message("it is a link that leads back to a folder it lies in"),
        message("remove the link, and index again"),
    )


def unknown_kind(source: str, suffix: str, known: Sequence[str]) -> UnreadableArticleError:
    """Return the failure of a file that was asked for and that no format reads."""
    kind = (
        message("unknown kind of file '{suffix}'", suffix=printable(suffix))
        if suffix
        else message("a file without a suffix")
    )
    return UnreadableArticleError(
        printable(source),
        message(
            "{kind}: {known} and {last} are read",
            kind=kind,
            known=", ".join(known[:-1]),
            last=known[-1],
        ),
        message("name a file of a kind that is read, or a folder of them"),
    )
