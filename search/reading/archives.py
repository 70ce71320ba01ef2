"""Archives and packed files: .zip, .tar, .gz and .xz, and whatever format lies in them.

A member's id is the archive's, a slash and the member's path; `news.tar.gz` is one archive, not
two. Nothing is written to disk, so a path that leads out of the archive leads nowhere. What is
unpacked is counted while it is, whatever the headers say of it, and members are read one at a time.
"""

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Protocol, TypeAlias, cast

from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.beginning import checked
from search.reading.decode import decode, empty_file
from search.reading.failures import bad_name, size_limit, too_large
from search.reading.format import Format, Limit, Place, Reading
from search.reading.identity import id_fault, printable
from search.reading.litter import is_litter

FormatOf: TypeAlias = Callable[[str], Format | None]

DEPTH = 2  # archives in archives; more are a trick more often than a collection

_MB = 1 << 20
_PIECE = 1 << 18
_PACKED = {".gz": "", ".xz": "", ".tgz": ".tar", ".txz": ".tar"}
_DAMAGE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, lzma.LZMAError),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
)


def packed_name(name: str) -> str:
    """Return the name of the file that a packed file holds, or nothing for any other.

    >>> packed_name("a.txt.GZ"), packed_name("a.tgz"), packed_name("a.zip")
    ('a.txt', 'a.tar', '')
    """
    end = name[name.rfind(".") :].lower() if "." in name else ""
    return name[: -len(end)] + _PACKED[end] if end in _PACKED else ""


class Stream(Protocol):
    """What a packed file is read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most `size`, none at the end."""
        ...

    def seekable(self) -> bool:
        """Return whether it can be read in any order."""
        ...


class _TooMuchError(Exception):
    """An archive reached a limit: nothing more is unpacked, of those in it neither."""

    def __init__(self, failure: UnreadableArticleError) -> None:
        super().__init__(str(failure))
        self.failure = failure


class _Unpacked:
    """How much an archive has given so far, what is nested in it included."""

    def __init__(self, packed: int, place: Place) -> None:
        self._place = place
        self._limits = place.settings.limits
        self._packed = packed
        self._bytes = self._files = 0

    def add(self, count: int) -> None:
        """Count bytes, or raise where they become too many."""
        self._bytes += count
        limits = self._limits
        if self._bytes > limits.archive_mb * _MB:
            self._refuse(
                message("unpacked it is more than {archive_mb:,} MB", archive_mb=limits.archive_mb),
                "archive_mb",
            )
        if self._bytes > _MB and self._bytes > limits.archive_ratio * self._packed:
            self._refuse(
                message(
                    "unpacked it is more than {archive_ratio:,} times as large",
                    archive_ratio=limits.archive_ratio,
                ),
                "archive_ratio",
            )

    def add_file(self) -> None:
        """Count a file, or raise where they become too many."""
        self._files += 1
        if self._files > self._limits.archive_files:
            most = self._limits.archive_files
            self._refuse(message("it holds more than {most:,} files", most=most), "archive_files")

    def _refuse(self, cause: str, setting: str) -> None:
        raise _TooMuchError(size_limit(self._place.source, cause, setting))


class _Counted:
    """A stream that counts what is read from it."""

    def __init__(self, stream: Stream, unpacked: _Unpacked) -> None:
        self._stream = stream
        self._unpacked = unpacked

    def seekable(self) -> bool:
        """Return no: what was read is gone."""
        return False

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece, or raise when all in all it is too much."""
        piece = self._stream.read(_PIECE if size < 0 else min(size, _PIECE))
        self._unpacked.add(len(piece))
        return piece


class _Archive:
    """What reading any archive has in common."""

    limit: Limit = "archive_mb"

    def __init__(self, format_of: FormatOf) -> None:
        self._format_of = format_of

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the articles of each member whose kind is read, and an error for each bad one."""
        if not raw:
            raise empty_file(place.source)
        skipped = place.skipped.total()
        found = False
        try:
            for reading in self.members(io.BytesIO(raw), place, _Unpacked(len(raw), place), 1):
                found = True
                yield reading
        except _TooMuchError as error:
            raise error.failure from None
        if not found:
            raise _nothing_read(place, place.skipped.total() - skipped)

    def members(
        self, packed: Stream, place: Place, unpacked: _Unpacked, depth: int
    ) -> Iterator[Reading]:
        """Yield what the members of an archive give; one that is damaged as a whole is an error."""
        raise NotImplementedError

    def _member(
        self, stream: Stream, name: str, place: Place, unpacked: _Unpacked, depth: int
    ) -> Iterator[Reading]:
        """Yield what one member gives; what it unpacks to is counted."""
        reader = self._format_of(name)
        if reader is None:
            place.skipped[_suffix(name)] += 1
            return
        inner = _inner(place, name)
        fault = id_fault(inner.id)
        if fault:
            yield bad_name(inner.id, fault)
            return
        counted = _Counted(stream, unpacked)
        try:
            if isinstance(reader, _Archive):
                yield from reader._nested(counted, inner, unpacked, depth + 1)
            else:
                yield from reader.read(_whole(counted, reader, inner), inner)
        except UnreadableArticleError as error:
            yield error
        except _DAMAGE as error:
            yield _damaged(inner.source, error)

    def _nested(
        self, packed: Stream, place: Place, unpacked: _Unpacked, depth: int
    ) -> Iterator[Reading]:
        """Yield what an archive in an archive gives, not of any depth."""
        if depth > DEPTH:
            yield UnreadableArticleError(
                place.source,
                message(
                    "it is an archive in an archive, {depth} deep: {most} are read",
                    depth=depth,
                    most=DEPTH,
                ),
                message("unpack the outer ones, and index again"),
            )
            return
        yield from self.members(packed, place, unpacked, depth)


class ZipFormat(_Archive):
    """Reads `.zip`."""

    name = "zip"
    suffixes: tuple[str, ...] = (".zip",)

    def members(
        self, packed: Stream, place: Place, unpacked: _Unpacked, depth: int
    ) -> Iterator[Reading]:
        """Yield what the members give, in the order of the archive's list."""
        if not packed.seekable():
            packed = io.BytesIO(_whole(packed, self, place))
        try:
            archive = zipfile.ZipFile(cast(IO[bytes], packed))
        except _DAMAGE as error:
            raise _damaged(place.source, error) from None
        with archive:
            infos = archive.infolist()
            for info, name in zip(infos, _names(infos, place), strict=True):
                unpacked.add_file()
                name = _clean(name)
                if info.is_dir() or not name:
                    continue
                if info.flag_bits & 1 and self._format_of(name):
                    yield _encrypted(_inner(place, name).source)
                    continue
                try:
                    with archive.open(info) as stream:
                        yield from self._member(stream, name, place, unpacked, depth)
                except _DAMAGE as error:
                    yield _damaged(_inner(place, name).source, error)


class TarFormat(_Archive):
    """Reads `.tar`, and is what reads `.tar.gz` and its like once they are unpacked."""

    name = "tar"
    suffixes: tuple[str, ...] = (".tar",)

    def members(
        self, packed: Stream, place: Place, unpacked: _Unpacked, depth: int
    ) -> Iterator[Reading]:
        """Yield what the members give, in the order they lie in."""
        try:
            with tarfile.open(
                fileobj=cast(IO[bytes], packed),
                mode="r|",
                encoding="utf-8",
                errors="surrogateescape",
            ) as archive:
                for info in archive:
                    archive.members = []  # type: ignore[attr-defined]  # else all are kept
                    unpacked.add_file()
                    name = _clean(_tar_name(info.name, place))
                    # A sparse file may be any size for a few bytes; links give nothing new.
                    if not info.isreg() or info.issparse() or not name:
                        continue
                    stream = archive.extractfile(info)
                    if stream:
                        yield from self._member(stream, name, place, unpacked, depth)
        except _DAMAGE as error:
            yield _damaged(place.source, error)


class _PackedFormat(_Archive):
    """A single file, packed."""

    def members(
        self, packed: Stream, place: Place, unpacked: _Unpacked, depth: int
    ) -> Iterator[Reading]:
        """Yield what the one file gives."""
        unpacked.add_file()
        name = packed_name(place.id.rpartition("/")[2]) or "packed"
        stream = self._opened(packed)
        reader = self._format_of(name)
        if isinstance(reader, TarFormat):
            yield from reader.members(_Counted(stream, unpacked), place, unpacked, depth)
        else:
            yield from self._member(stream, name, place, unpacked, depth)

    def _opened(self, packed: Stream) -> Stream:
        raise NotImplementedError


class GzipFormat(_PackedFormat):
    """Reads `.gz` and `.tgz`."""

    name = "gzip"
    suffixes: tuple[str, ...] = (".gz", ".tgz")

    def _opened(self, packed: Stream) -> Stream:
        return cast(Stream, gzip.GzipFile(fileobj=cast(IO[bytes], packed)))


class XzFormat(_PackedFormat):
    """Reads `.xz` and `.txz`."""

    name = "xz"
    suffixes: tuple[str, ...] = (".xz", ".txz")

    def _opened(self, packed: Stream) -> Stream:
        return lzma.LZMAFile(cast(IO[bytes], packed))


def _inner(place: Place, name: str) -> Place:
    return Place(
        f"{place.id}/{name}", f"{place.source}/{name}", place.path, place.settings, place.skipped
    )


def _whole(stream: Stream, reader: Format, place: Place) -> bytes:
    """Return all of a member, or raise when it is larger than its kind may be."""
    limit = getattr(reader, "limit", "file_mb")
    most = getattr(place.settings.limits, limit) * _MB
    pieces = []
    size = 0
    found = iter(lambda: stream.read(_PIECE), b"")
    for piece in checked(found, reader, place.source, place.settings.limits):
        size += len(piece)
        if size > most:
            raise too_large(place.source, None, most // _MB, limit)
        pieces.append(piece)
    return b"".join(pieces)


def _clean(name: str) -> str:
    r"""Return the path of a member as the end of an id, or nothing for one that is litter.

    Whatever would lead out of the archive is taken away; what a Mac puts beside each file is left.

    >>> _clean("../../etc/passwd.txt"), _clean("a\\\\b.txt"), _clean("__MACOSX/a.txt")
    ('etc/passwd.txt', 'a/b.txt', '')
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if any(map(is_litter, parts)):
        return ""
    return "/".join(parts)


def _names(infos: list[zipfile.ZipInfo], place: Place) -> list[str]:
    """Return the members' names; those that do not say they are UTF-8 are decoded together.

    Windows writes them in the code page of its language, and zipfile takes each for CP437.
    """
    unknown = [info for info in infos if not info.flag_bits & 0x800]
    try:
        raw = [info.filename.encode("cp437") for info in unknown]
    except UnicodeEncodeError:  # a name from another field of the header
        return [info.filename for info in infos]
    decoded = iter(_decoded_names(raw, place))
    return [info.filename if info.flag_bits & 0x800 else next(decoded) for info in infos]


def _decoded_names(raw: list[bytes], place: Place) -> list[str]:
    joined = b"\n".join(raw)
    if joined.isascii():
        return joined.decode("ascii").split("\n") if raw else []
    encodings = ["utf-8"]
    with suppress(UnreadableArticleError):
        encodings.append(decode(joined, place).encoding)
    for encoding in (*encodings, "gb18030", "big5hkscs"):
        try:
            names = joined.decode(encoding).split("\n")
        except UnicodeDecodeError:
            continue
        if len(names) == len(raw):
            return names
    return [name.decode("cp437") for name in raw]


def _tar_name(name: str, place: Place) -> str:
    """Return the name of a member of a tar, which old Windows programs write in a code page."""
    raw = name.encode("utf-8", "surrogateescape")
    return name if name.isprintable() else _decoded_names([raw], place)[0]


def _suffix(name: str) -> str:
    last = name.rpartition("/")[2]
    return printable(last[last.rfind(".") :].lower()) if "." in last else ""


def _nothing_read(place: Place, skipped: int) -> UnreadableArticleError:
    if not skipped:
        return UnreadableArticleError(
            place.source, message("it holds no files"), message("remove it, and index again")
        )
    return UnreadableArticleError(
        place.source,
        message("it holds {skipped:,} files and none of a kind that is read", skipped=skipped),
        message("unpack it and convert them, or move it elsewhere"),
    )


def _encrypted(source: str) -> UnreadableArticleError:
    return UnreadableArticleError(
        source,
        message("it is encrypted"),
        message("unpack it with its password, and index what comes out"),
    )


def _damaged(source: str, error: Exception) -> UnreadableArticleError:
    """Return the failure that an unpacking library's `error` means."""
    if isinstance(error, NotImplementedError):
        return UnreadableArticleError(
            source,
            message("it is packed in a way that is not read"),
            message("unpack it and index what comes out, or pack it with Deflate"),
        )
    cause = (
        message("it ends too early")
        if isinstance(error, EOFError)
        else message("it is damaged or no such file")
    )
    return UnreadableArticleError(
        source, cause, message("bring a whole copy of it, and index again")
    )
