"""How good the answers are: judged queries, runs, measures, and two runs compared."""

from search.evaluation.asking import Asked, ask
from search.evaluation.comparing import Comparison, Difference, compare
from search.evaluation.judgments import Judged, JudgedQuery, sample
from search.evaluation.measures import MEASURES, Figures, library, mean, measure, without_result
from search.evaluation.readers import read_judged
from search.evaluation.runs import Run, read_run, write_run

__all__ = [
    "MEASURES",
    "Asked",
    "Comparison",
    "Difference",
    "Figures",
    "Judged",
    "JudgedQuery",
    "Run",
    "ask",
    "compare",
    "library",
    "mean",
    "measure",
    "read_judged",
    "read_run",
    "sample",
    "without_result",
    "write_run",
]
