"""What an archive says of itself."""

from dataclasses import dataclass
from typing import NamedTuple


class Size(NamedTuple):
    """Which generation answers and how much it holds."""

    generation: str
    articles: int
    characters: int  # of all bodies, as the authors wrote them
    commit: str = ""  # of the generation: another after each
    segments: int = 0  # parts that the index is stored in: more are slower


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds and what it was built by."""

    index: str
    generation: str
    engine: str
    built: str  # ISO 8601, UTC
    articles: int
    characters: int  # of all bodies, as the authors wrote them
    sources: tuple[str, ...]
    fingerprint: dict[str, str]
    dictionary: str = ""  # the file of the user's words by which texts are cut
    dictionary_words: int = 0
    dictionary_has_changed: bool = False  # whether that file says something else now
    parts_done: int = 0  # of a build that several machines share, while it goes on
    parts: int = 0  # in how many that is built
