"""Our ranking with a part of it switched off, by name.

An `Ablation` is a name, what is off, and the constants of ranking as they are without it. Ranking
takes no settings today, so the constants of its module are set for the time of a run; when it does,
`applied` is the one place that changes, and a new part of ranking is a line in `ABLATIONS`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from bench.relevance.engines import OURS_ANY
from search.engine.whoosh import scoring

# As typed, questions find nothing as long as all words are required: nothing would be measured.
ABLATED = OURS_ANY


@dataclass(frozen=True, slots=True)
class Ablation:
    """A part of ranking switched off: constants of `module` and their values without it."""

    says: str
    constants: Mapping[str, Any]
    module: ModuleType = scoring


ABLATIONS = {
    "no-grams": Ablation("words alone", {"KIND_WEIGHT": {"words": 1.0, "grams": 0.0}}),
    "no-words": Ablation("grams alone", {"KIND_WEIGHT": {"words": 0.0, "grams": 1.0}}),
    "no-title-weight": Ablation(
        "title weighs as body does", {"FIELD_WEIGHT": {"title": 1.0, "body": 1.0}}
    ),
    "no-length": Ablation(
        "length counts for nothing", {"LENGTH_SHARE": {"title": 0.0, "body": 0.0}}
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
