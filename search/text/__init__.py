"""Raw text → folded text, with the map back to the original offsets."""

from search.text.damage import damage_in
from search.text.fold import FOLDING_RULES, Folded, fold
from search.text.gloss import Damage
from search.text.offsets import Kind, Offsets, Span
from search.text.stored import changed_spans, pack, unpack

__all__ = [
    "FOLDING_RULES",
    "Damage",
    "Folded",
    "Kind",
    "Offsets",
    "Span",
    "changed_spans",
    "damage_in",
    "fold",
    "pack",
    "unpack",
]
