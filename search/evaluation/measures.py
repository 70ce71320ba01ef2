"""Measures of a run against judgments, by ir-measures; the extra `eval` brings it."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from statistics import fmean
from types import ModuleType

from search.errors import ExtraMissingError
from search.evaluation.judgments import JudgedQuery
from search.evaluation.runs import Run
from search.messages import message

CUTOFF = 10
# What a measure is called here and in JSON → what people call it.
MEASURES = {"mrr_10": "MRR@10", "recall_10": "recall@10", "ndcg_10": "nDCG@10"}


@dataclass(frozen=True, slots=True)
class Figures:
    """One query's figures, or the means of many; all from 0 to 1, the more the better."""

    mrr_10: float = 0.0
    recall_10: float = 0.0
    ndcg_10: float = 0.0


def library() -> ModuleType:
    """Return ir-measures; an ExtraMissingError, better before asking than after, without it."""
    try:
        import ir_measures
    except ImportError:
        raise ExtraMissingError(message("measure a run"), "ir-measures", "eval") from None
    return ir_measures


def measure(queries: Sequence[JudgedQuery], run: Run) -> dict[str, Figures]:
    """Return the figures of each query, nought for those that the run has nothing of.

    Raises ExtraMissingError when ir-measures is not installed.
    """
    ir_measures = library()
    named = {
        ir_measures.RR @ CUTOFF: "mrr_10",
        ir_measures.R @ CUTOFF: "recall_10",
        ir_measures.nDCG @ CUTOFF: "ndcg_10",
    }
    # Scores that fall by one: equal scores would be put in another order than the one shown.
    scored = {
        judged.qid: {article: -float(at) for at, article in enumerate(run.ranked[judged.qid])}
        for judged in queries
        if run.ranked.get(judged.qid)
    }
    grades = {judged.qid: dict(judged.grades) for judged in queries}
    found: dict[str, dict[str, float]] = {judged.qid: {} for judged in queries}
    if scored:
        for metric in ir_measures.iter_calc(list(named), grades, scored):
            found[metric.query_id][named[metric.measure]] = float(metric.value)
    return {qid: Figures(**values) for qid, values in found.items()}


def mean(figures: Iterable[Figures]) -> Figures:
    """Return the mean of each figure over queries, nought of none."""
    rows = [astuple(one) for one in figures]
    return Figures(*map(fmean, zip(*rows, strict=True))) if rows else Figures()


def without_result(queries: Iterable[JudgedQuery], run: Run) -> int:
    """Return how many of the queries the run has no answer to, right or wrong."""
    return sum(not run.ranked.get(judged.qid) for judged in queries)
