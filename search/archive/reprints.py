"""What an archive knows of its reprints, committed with its documents: groups of copies.

Of an article that is a file the signature is kept, from which the groups of like ones are made anew
when one of them changes. Records are copies only when they are the same: those that are, are kept
with the digest of their text; of the others the manifest's digests have to do.
"""

import struct
from collections.abc import Mapping, Sequence
from functools import cached_property

from search.archive.digest import CONTENT_BYTES

Group = Sequence[str]  # ids, rising

_NUMBER = struct.Struct("<I")


class Signatures:
    """The signatures of articles by id, unpacked when they are first asked for."""

    __slots__ = ("_rows", "_rules", "stored")

    def __init__(self, stored: bytes = b"") -> None:
        self.stored = stored
        self._rules = ""
        self._rows: dict[str, bytes] | None = None

    @property
    def rows(self) -> dict[str, bytes]:
        """Id → signature, to be changed in place."""
        if self._rows is None:
            self._rules, self._rows = _unpacked_rows(self.stored)
        return self._rows

    def rules(self) -> str:
        """Return the rules by which they were made; nothing when there are none."""
        return self._rules if self.rows else ""

    def replace(self, rows: dict[str, bytes], rules: str) -> None:
        """Take signatures made by other rules in the place of all."""
        self._rows, self._rules = rows, rules

    def to_bytes(self) -> bytes:
        """Return the signatures packed; what nobody asked for is what was stored."""
        if self._rows is None:
            return self.stored
        head = "\n".join([self._rules, *self._rows]).encode() if self._rows else b""
        return b"".join([_NUMBER.pack(len(head)), head, *self._rows.values()]) if head else b""


class Copies:
    """The groups of copies: of articles that are alike, and of records that are the same."""

    __slots__ = ("_same", "like", "stored")

    def __init__(self, stored: bytes = b"") -> None:
        self.stored = stored
        self._same: dict[bytes, list[str]] | None = None
        self.like: list[Group] = []

    @property
    def same(self) -> dict[bytes, list[str]]:
        """Digest of a text → the records that have it, two or more; to be changed in place."""
        if self._same is None:
            self.like, self._same = _unpacked_copies(self.stored)
        return self._same

    def groups(self) -> list[Group]:
        """Return all groups: of articles that are alike, then of records that are the same."""
        same = self.same  # which unpacks the others too
        return [*self.like, *map(sorted, same.values())]

    def to_bytes(self) -> bytes:
        """Return the groups packed; what nobody asked for is what was stored."""
        if self._same is None:
            return self.stored
        groups = self.groups()
        if not groups:
            return b""
        ids = "\n\n".join(map("\n".join, groups)).encode()
        return b"".join([_NUMBER.pack(len(self._same)), *self._same, ids])


class Groups:
    """All groups of copies of a committed state, as searches need them."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups

    def others(self, document_id: str) -> list[str]:
        """Return the ids of the copies that a document has, rising."""
        return [other for other in self._group_of.get(document_id, ()) if other != document_id]

    @cached_property
    def _group_of(self) -> Mapping[str, Group]:
        return {document_id: group for group in self.groups for document_id in group}


def groups_in(stored: bytes) -> list[Group]:
    """Return all groups of what `Copies` has packed."""
    like, same = _unpacked_copies(stored)
    return [*like, *same.values()]


def _unpacked_copies(stored: bytes) -> tuple[list[Group], dict[bytes, list[str]]]:
    if not stored:
        return [], {}
    (count,) = _NUMBER.unpack_from(stored)
    at = _NUMBER.size + count * CONTENT_BYTES
    groups = [group.split("\n") for group in stored[at:].decode().split("\n\n")]
    digests = [stored[i : i + CONTENT_BYTES] for i in range(_NUMBER.size, at, CONTENT_BYTES)]
    like = len(groups) - count
    return list[Group](groups[:like]), dict(zip(digests, groups[like:], strict=True))


def _unpacked_rows(stored: bytes) -> tuple[str, dict[str, bytes]]:
    if not stored:
        return "", {}
    (length,) = _NUMBER.unpack_from(stored)
    at = _NUMBER.size + length
    rules, *ids = stored[_NUMBER.size : at].decode().split("\n")
    size = (len(stored) - at) // max(1, len(ids))
    rows = [stored[i : i + size] for i in range(at, len(stored), size)]
    return rules, dict(zip(ids, rows, strict=True))
