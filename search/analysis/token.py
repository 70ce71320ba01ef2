"""What analysis makes of a text: tokens with their place in the folded text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One term of a text, as the index stores it."""

    term: str
    start: int  # code points in the folded text, end exclusive; results/ maps them to the original
    end: int
    position: int  # ordinal in the text, for adjacency; never a character offset
