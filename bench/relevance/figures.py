"""Figures of answers, and how they are kept in docs/relevance.json.

`{"results": {set: {kind: {engine: {"at", "halves": {half: figures}}}}}, "ablations": {name: …}}`; a
half is "tune", "report" or "all". A run replaces what it measured and leaves all others.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.relevance.task import HALVES, Question
from bench.relevance.workspace import Answer
from search.evaluation import JudgedQuery, Run, mean, measure, without_result

ALL = "all"
Figures = dict[str, Any]
Answers = Mapping[str, Answer]


def judged(asked: Sequence[Question]) -> list[JudgedQuery]:
    """Return the questions as judged queries."""
    return [JudgedQuery(q.qid, q.query, {q.answer: 1}) for q in asked]


def run(name: str, answers: Answers) -> Run:
    """Return answers as a run."""
    return Run(name, {qid: answer.ids for qid, answer in answers.items()})


def by_half(asked: Sequence[Question], answers: Answers, half: str) -> dict[str, Figures]:
    """Return the figures of each half that was asked whole: of all, those of both and of all."""
    halves = (*HALVES, ALL) if half == ALL else (half,)
    found = {}
    for name in halves:
        part = [q for q in asked if name in (ALL, q.half)]
        if part:
            found[name] = _figures(part, answers)
    return found


def differing(first: Answers, second: Answers) -> int:
    """Return how many of the queries of both have other hits, or the same in another order."""
    both = first.keys() & second.keys()
    return sum(list(first[qid].ids) != list(second[qid].ids) for qid in both)


def record(kept: Figures, place: Sequence[str], at: str, halves: Mapping[str, Figures]) -> None:
    """Put figures at a place, a path of names, beside those of halves that were not asked."""
    for name in place:
        kept = kept.setdefault(name, {})
    kept["at"] = at
    kept.setdefault("halves", {}).update(halves)


def read_figures(path: Path) -> Figures:
    """Return the figures kept at `path`, none when there is no such file."""
    if not path.exists():
        return {}
    kept: Figures = json.loads(path.read_text("utf-8"))
    return kept


def merge(kept: Figures, new: Figures) -> None:
    """Put new figures in the place of those there were, and leave all others."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(kept.get(key), dict):
            merge(kept[key], value)
        else:
            kept[key] = value


def _figures(part: Sequence[Question], answers: Answers) -> Figures:
    queries, found = judged(part), run("", answers)
    means = asdict(mean(measure(queries, found).values()))
    return {
        "queries": len(part),
        **{name: round(value, 6) for name, value in means.items()},
        "no_result": round(without_result(queries, found) / len(part), 6),
        "seconds": round(sum(answers[question.qid].seconds for question in part), 3),
    }
