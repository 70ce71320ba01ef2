"""How an index is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WritingSettings:
    """The table `writing` of search.toml."""

    keep: int = 1  # generations beside the live one: slow readers have them, and one can go back
    wait: int = 0  # seconds to wait for another run to end, before it is told who writes
