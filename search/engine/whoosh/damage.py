"""Damaged files, said as what they are.

Whoosh has no checksums and raises whatever its parsers stumble over: struct.error, zlib.error,
EOFError, TypeError, IndexError, a bare Exception. Around everything that reads its files all of
that becomes one `DamageError`, the first error kept as its cause.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from search.engine.port import DamageError
from search.engine.whoosh.sections import SectionsError
from search.errors import IndexUnreadableError, SearchError, is_of_the_system
from search.messages import Message, message, system_cause

Method = TypeVar("Method", bound=Callable[..., Any])


@contextmanager
def damage_named(folder: str) -> Iterator[None]:
    """Turn what goes wrong while the segments in `folder` are read into a DamageError.

    Only reading may stand inside: a fault of our own in what is made of it is no damage.
    """
    try:
        yield
    except (SearchError, DamageError, MemoryError):
        raise
    except SectionsError as error:
        raise DamageError(damage_told(error, folder)) from error
    except Exception as error:
        if isinstance(error, OSError) and is_of_the_system(error):
            raise IndexUnreadableError(system_cause(error)) from error
        if isinstance(error, FileNotFoundError) and error.filename:
            file = os.path.basename(os.fsdecode(error.filename))  # noqa: PTH119 - bytes or a path
            raise DamageError(
                message("'{folder}/{file}' is missing", folder=folder, file=file)
            ) from error
        raise DamageError(
            message("a segment in '{folder}' is missing or damaged", folder=folder)
        ) from error


def damage_told(error: SectionsError, folder: str) -> Message:
    """Return which part of which file in `folder` is damaged."""
    if error.section:
        return message(
            "'{section}' of '{folder}/{file}' is damaged",
            section=error.section,
            folder=folder,
            file=error.file,
        )
    return message("'{folder}/{file}' is cut off or damaged", folder=folder, file=error.file)


class Reading(Protocol):
    """What reads files of segments."""

    def reading(self) -> AbstractContextManager[None]:
        """Return what names damage that is met inside."""
        ...


def guarded(method: Method) -> Method:
    """Have damage that a method of a `Reading` meets named as such.

    It costs nothing as long as nothing goes wrong, which to enter a context each time would.
    """

    @wraps(method)
    def guard(self: Reading, *arguments: Any) -> Any:
        try:
            return method(self, *arguments)
        except Exception as error:
            with self.reading():
                raise error from None

    return cast(Method, guard)


@contextmanager
def damage_told_from_failed_writes(folder: str) -> Iterator[None]:
    """Do the same where files are written too: what the system refuses to write is no damage."""
    try:
        with damage_named(folder):
            yield
    except IndexUnreadableError as refused:
        raise (refused.__cause__ or refused) from None
    except DamageError as damage:
        cause = damage.__cause__
        if isinstance(cause, OSError) and cause.errno and not isinstance(cause, FileNotFoundError):
            raise cause from None
        raise
