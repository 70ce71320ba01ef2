"""Articles that are the same: their folded bodies are, whatever script or width they are in."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from search.document import Document
from search.text import fold

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Copies:
    """Articles that say the same, in the order they were read."""

    kind: str  # exact: to the character, once folded; near: told by the grams they share
    ids: tuple[str, ...]
    likeness: float | None = None  # from 0 to 1, of near ones; None where it is not known


class ExactDuplicates:
    """Takes articles one by one; `groups` are those of the same folded body."""

    def __init__(self) -> None:
        self._found: dict[bytes, list[str]] = {}

    def add(self, document: Document) -> None:
        """Look at one more article."""
        folded = fold(document.body).text.strip()
        digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES)
        self._found.setdefault(digest.digest(), []).append(document.id)

    def groups(self) -> Iterator[Copies]:
        """Yield the articles that are the same as others, group by group."""
        for ids in self._found.values():
            if len(ids) > 1:
                yield Copies("exact", tuple(ids))
