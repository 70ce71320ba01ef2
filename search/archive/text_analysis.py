"""What a text becomes on its way into an index, step by step, each with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import Token, grams
from search.analysis.dictionary import NONE, Dictionary
from search.analysis.kinds import words_with_kinds
from search.text import Damage, Folded, damage_in, fold
from search.text.reasons import Reasons, reasons_of


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """A text, what it folds to and why, and the terms that an index holds of it."""

    text: str
    folded: Folded
    reasons: Reasons
    damage: Sequence[Damage]
    words: Sequence[tuple[Token, str]]  # each with its kind, one of `search.analysis.kinds`
    grams: Sequence[Token]


def analyze_text(text: str, dictionary: Dictionary = NONE) -> TextAnalysis:
    """Return all steps by which `text` would be indexed, cut with the words of `dictionary`."""
    folded = fold(text)
    return TextAnalysis(
        text,
        folded,
        reasons_of(text),
        damage_in(text),
        list(words_with_kinds(folded.text, dictionary)),
        list(grams(folded.text)),
    )
