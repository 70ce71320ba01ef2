"""Our ranking with a part of it switched off, by name.

An `Ablation` is a name, what is off, and the constants of ranking as they are without it: they are
set for the time of a run. A new part of ranking is a line in `ABLATIONS`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from bench.relevance.engines import OURS
from search.engine import ranking
from search.engine.whoosh import relaxing, scoring

ABLATED = OURS


@dataclass(frozen=True, slots=True)
class Ablation:
    """A part of ranking switched off: constants of `module` and their values without it."""

    says: str
    constants: Mapping[str, Any]
    module: ModuleType = ranking


def _shares(**without: float) -> dict[str, Any]:
    return {name: replace(getattr(ranking, name), **without) for name in ("STRICT", "RELAXED")}


ABLATIONS = {
    "no-grams": Ablation("words and characters", _shares(gram=0, edge=0)),
    "no-edges": Ablation("no grams over the edges of words", _shares(edge=0)),
    "no-words": Ablation("grams and characters", _shares(word=0, single_word=0)),
    "no-characters": Ablation("words and grams", _shares(character=0)),
    "no-coverage": Ablation("a share of the words counts for nothing", {"EMPHASIS": 0.0}, relaxing),
    "no-title-weight": Ablation(
        "title weighs as body does", {"FIELD_WEIGHT": {"title": 1.0, "body": 1.0}}, scoring
    ),
    "no-length": Ablation(
        "length counts for nothing", {"LENGTH_SHARE": {"title": 0.0, "body": 0.0}}, scoring
    ),
}


def chosen(names: Sequence[str]) -> dict[str, Ablation]:
    """Return the ablations named, for "all" each; a ValueError for a name there is none of."""
    if "all" in names:
        return dict(ABLATIONS)
    unknown = sorted(set(names) - ABLATIONS.keys())
    if unknown:
        known = ", ".join(ABLATIONS)
        raise ValueError(f"no part of ranking is named '{unknown[0]}'\nhint: name of: {known}")
    return {name: ABLATIONS[name] for name in names}


@contextmanager
def applied(ablation: Ablation) -> Iterator[None]:
    """Rank so meanwhile; an index has to be opened inside, since it remembers what it worked out.

    A constant that ranking has not is an AttributeError: an ablation of nothing shows no change.
    """
    usual = {name: getattr(ablation.module, name) for name in ablation.constants}
    try:
        for name, value in ablation.constants.items():
            setattr(ablation.module, name, value)
        yield
    finally:
        for name, value in usual.items():
            setattr(ablation.module, name, value)
