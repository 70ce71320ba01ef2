"""One part of the documents of an archive, of those in which several machines build it."""

from dataclasses import dataclass
from hashlib import blake2b

from search.errors import SettingError
from search.messages import message

MOST_PARTS = 500  # each has numbers of its own for its documents, of which there are so many
_HASH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Part:
    """Part `number`, from 1, `of` so many. Each document is of one, which its id alone tells."""

    number: int
    of: int

    def holds(self, document_id: str) -> bool:
        """Return whether a document is of this part, on whatever machine.

        >>> [Part(number, 3).holds("news/a.txt") for number in (1, 2, 3)]
        [True, False, False]
        """
        raw = document_id.encode("utf-8", "surrogatepass")
        digest = blake2b(raw, digest_size=_HASH_BYTES).digest()
        return int.from_bytes(digest, "big") % self.of + 1 == self.number

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of <= MOST_PARTS:
            raise SettingError(
                message(
                    "'{given}' is not K/N, such as 3/8, with K from 1 to N, and N to {most}",
                    given=self,
                    most=MOST_PARTS,
                )
            )

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
