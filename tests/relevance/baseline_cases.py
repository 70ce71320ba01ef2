"""The figures of the committed judged set, and what is said when they changed.

`python tests/relevance/baseline_cases.py` writes them into `baseline.json`: in the commit that
raised them, never to make a drop pass.
"""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from search import Archive
from search.evaluation import ask, mean, measure, read_judged

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
JUDGED = HERE / "judged.jsonl"
TOLERANCE = 0.005
WAYS = {"as typed": False, "any word": True}  # the second tells of ranking, whatever is required
COMMAND = "python tests/relevance/baseline_cases.py"

Baseline = dict[str, dict[str, dict[str, float]]]  # way → kind of query → measure → figure


def build(folder: Path) -> Archive:
    """Return the archive of the committed articles, with its index in `folder`."""
    return Archive.build([HERE / "articles.jsonl"], folder / "index")


def kinds() -> dict[str, list[str]]:
    """Return kind of query → qids, "all" among the kinds."""
    found: dict[str, list[str]] = {"all": []}
    for line in JUDGED.read_text("utf-8").splitlines():
        record = json.loads(line)
        for kind in ("all", record["kind"]):
            found.setdefault(kind, []).append(record["qid"])
    return found


def measured(archive: Archive) -> Baseline:
    """Return the figures that the archive has now, to six digits."""
    queries = read_judged([JUDGED]).queries
    found: Baseline = {}
    for way, any_word in WAYS.items():
        figures = measure(queries, ask(archive, queries, way, any_word=any_word).run)
        found[way] = {}
        for kind, qids in kinds().items():
            means = asdict(mean(figures[qid] for qid in qids))
            found[way][kind] = {name: round(value, 6) for name, value in means.items()}
    return found


def changes(baseline: Baseline, now: Baseline) -> tuple[list[str], list[str]]:
    """Return a line for each figure that dropped, and each that rose, by more than the tolerance.

    A figure that is on one side only is a drop: what is not measured any more cannot be held.
    """
    dropped, risen = [], []
    before, after = flat(baseline), flat(now)
    for name in sorted(before.keys() | after.keys()):
        if name not in before or name not in after:
            dropped.append(f"{name}: only in {'baseline.json' if name in before else 'this run'}")
            continue
        change = after[name] - before[name]
        line = f"{name}: {before[name]:.4f} → {after[name]:.4f} ({change:+.4f})"
        if change < -TOLERANCE:
            dropped.append(line)
        elif change > TOLERANCE:
            risen.append(line)
    return dropped, risen


def flat(baseline: Baseline) -> dict[str, float]:
    """Return figures by one name each, such as 'as typed, keywords, mrr_10'."""
    return {
        f"{way}, {kind}, {name}": value
        for way, by_kind in baseline.items()
        for kind, figures in by_kind.items()
        for name, value in figures.items()
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        text = json.dumps(measured(build(Path(temporary))), indent=1)
    BASELINE.write_text(f"{text}\n", "utf-8")
