"""Damaged files, said as what they are.

Whoosh has no checksums and raises whatever its parsers stumble over: struct.error, zlib.error,
EOFError, TypeError, IndexError, a bare Exception. Around everything that reads its files all of
that becomes one `DamageError`, the first error kept as its cause.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from search.engine.port import DamageError
from search.errors import SearchError


@contextmanager
def damage_named(folder: str) -> Iterator[None]:
    """Turn what goes wrong while the segments in `folder` are read into a DamageError."""
    try:
        yield
    except (SearchError, DamageError):
        raise
    except Exception as error:
        raise DamageError(f"a segment in '{folder}' is missing or damaged") from error


@contextmanager
def damage_told_from_failed_writes(folder: str) -> Iterator[None]:
    """Do the same where files are written too: what the system refuses to write is no damage."""
    try:
        with damage_named(folder):
            yield
    except DamageError as damage:
        cause = damage.__cause__
        if isinstance(cause, OSError) and cause.errno and not isinstance(cause, FileNotFoundError):
            raise cause from None
        raise
