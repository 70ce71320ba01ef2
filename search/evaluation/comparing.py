"""Two runs of the same queries, query by query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.evaluation.measures import Figures, mean


@dataclass(frozen=True, slots=True)
class Difference:
    """What one query has in both runs, by one measure."""

    qid: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """What was gained; less than nought is lost."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both means, how many queries got better and worse, and these, the most changed first."""

    measure: str
    before: float
    after: float
    wins: int
    losses: int
    ties: int
    differences: Sequence[Difference]


def compare(
    before: Mapping[str, Figures], after: Mapping[str, Figures], measure: str
) -> Comparison:
    """Return how the queries of `after` changed by `measure`, one of `MEASURES`.

    Changes of the same size stand by qid. Both hold the same queries.
    """
    pairs = [
        Difference(qid, getattr(before[qid], measure), getattr(figures, measure))
        for qid, figures in after.items()
    ]
    changed = sorted(
        (pair for pair in pairs if pair.change), key=lambda pair: (-abs(pair.change), pair.qid)
    )
    wins = sum(pair.change > 0 for pair in changed)
    return Comparison(
        measure,
        getattr(mean(before.values()), measure),
        getattr(mean(after.values()), measure),
        wins,
        len(changed) - wins,
        len(pairs) - len(changed),
        changed,
    )
