"""Runs and judgments as files that `search eval` reads, and what changed since others."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.relevance.figures import Answers, judged, run
from bench.relevance.task import Question
from search.evaluation import MEASURES, compare, measure, read_run, write_run

MEASURE = "mrr_10"
SHOWN = 10

Task = tuple[str, str]  # judged set and kind of query


def save_runs(
    folder: Path,
    engine: str,
    queries: Mapping[Task, Sequence[Question]],
    tasks: Mapping[Task, Answers],
) -> None:
    """Write `SET.KIND.jsonl`, what was asked, and `SET.KIND.ENGINE.run`, what was answered."""
    folder.mkdir(parents=True, exist_ok=True)
    for task, answers in tasks.items():
        with (folder / f"{_stem(task)}.jsonl").open("w", encoding="utf-8") as file:
            for q in queries[task]:
                record = {"qid": q.qid, "query": q.query, "rel": q.answer}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        write_run(run(engine, answers), folder / f"{_stem(task)}.{engine}.run")


def compare_runs(
    folder: Path,
    engine: str,
    queries: Mapping[Task, Sequence[Question]],
    tasks: Mapping[Task, Answers],
) -> None:
    """Print of each task how many queries got better and worse, and those that changed most."""
    for task, answers in tasks.items():
        asked = judged(queries[task])
        texts = {one.qid: one.query for one in asked}
        before = measure(asked, read_run(folder / f"{_stem(task)}.{engine}.run"))
        found = compare(before, measure(asked, run(engine, answers)), MEASURE)
        print(
            f"{engine}, {' '.join(task)}: "
            f"{MEASURES[MEASURE]} {found.before:.4f} → {found.after:.4f}, "
            f"{found.wins:,} better, {found.losses:,} worse, {found.ties:,} the same"
        )
        for one in found.differences[:SHOWN]:
            print(f"  {one.change:+.4f}  {one.qid}  {texts[one.qid]}")
        print()


def _stem(task: Task) -> str:
    return ".".join(task).replace(" ", "-")
