"""Runs: which articles answered which query, in what order; kept as TREC keeps them.

qid Q0 article rank score name
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.evaluation.sources import bad, read_text
from search.messages import message

_line = re.compile(r"(\S+)\s+(?:Q0|0)\s+(\S.*?)\s+(\d+)\s+(\S+)\s+(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Query → the ids that answered it, best first; of queries without an answer perhaps none."""

    name: str
    ranked: Mapping[str, Sequence[str]]


def write_run(run: Run, path: Path) -> None:
    """Write the run; an article's score falls by one a rank.

    The engine's own scores are not kept: other tools sort by score and break ties in their own
    way, and would measure another order than the one that was shown.
    """
    name = "-".join(run.name.split()) or "run"
    with path.open("w", encoding="utf-8") as file:
        for qid, articles in run.ranked.items():
            for rank, article in enumerate(articles, start=1):
                file.write(f"{qid} Q0 {article} {rank} {len(articles) - rank + 1} {name}\n")


def read_run(path: Path) -> Run:
    """Return a run that was written, by whatever tool; a JudgmentError names file and line.

    What scores more comes first, as every tool reads it; ranks decide between equal scores. A file
    without a line is a run that found nothing.
    """
    found: dict[str, list[tuple[float, int, str]]] = {}
    name = path.stem
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        match = _line.fullmatch(line.strip())
        score = _score(match[4]) if match else None
        if match is None or score is None:
            raise bad(
                path,
                number,
                message("it is not 'qid Q0 article rank score name'"),
                message("name a run of TREC form"),
            )
        name = match[5]
        found.setdefault(match[1], []).append((-score, int(match[3]), match[2]))
    return Run(name, {qid: [one[2] for one in sorted(rows)] for qid, rows in found.items()})


def _score(text: str) -> float | None:
    """Return a score, or None of what no order can be made by."""
    try:
        score = float(text)
    except ValueError:
        return None
    return score if math.isfinite(score) else None
