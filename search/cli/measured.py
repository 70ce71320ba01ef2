"""Figures of runs, as people and programs are told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import click

from search.cli.failures import note
from search.cli.output import one_line, print_json
from search.cli.speech import row, say_it
from search.evaluation import MEASURES, Comparison, Figures, JudgedQuery, Run, mean
from search.messages import message


@dataclass(frozen=True, slots=True)
class Measured:
    """A run, its figures by query, and the milliseconds of the searches made just now."""

    run: Run
    figures: Mapping[str, Figures]
    without_result: int
    took_ms: Mapping[str, float]


def print_measured(shown: Measured, queries: Sequence[JudgedQuery], as_json: bool) -> None:
    """Print the figures over all queries, in JSON those of each after them."""
    summary = _summary(shown)
    if not as_json:
        _print_summary(summary)
        return
    print_json("evaluation", summary)
    for judged in queries:
        found = list(shown.run.ranked.get(judged.qid, ()))
        figures = _rounded(shown.figures[judged.qid])
        print_json("query", {"qid": judged.qid, "query": judged.query, **figures, "found": found})


def print_comparison(
    found: Comparison, runs: tuple[Run, Run], queries: Sequence[JudgedQuery], limit: int | None
) -> None:
    """Print how many queries changed, then those that changed most; in JSON without a `limit`."""
    asked = {judged.qid: judged.query for judged in queries}
    before, after = runs
    if limit is None:
        _print_comparison_json(found, runs, asked)
        return
    click.echo()
    say_it(
        "{measure} from '{one}' to '{other}': {before:.4f} → {after:.4f} ({change:+.4f}), "
        "{wins:,} better, {losses:,} worse, {ties:,} the same",
        measure=MEASURES[found.measure],
        one=before.name,
        other=after.name,
        before=found.before,
        after=found.after,
        change=found.after - found.before,
        wins=found.wins,
        losses=found.losses,
        ties=found.ties,
    )
    for one in found.differences[:limit]:
        change = f"{one.change:+.4f}  {one.before:.4f} → {one.after:.4f}"
        click.echo(f"  {change}  {one.qid}  {one_line(asked[one.qid])}")
    left = len(found.differences) - limit
    if left > 0:
        note(
            message(
                "{count:,} more changed; '--limit {whole}' shows all",
                count=left,
                whole=len(found.differences),
            )
        )


def _print_comparison_json(
    found: Comparison, runs: tuple[Run, Run], asked: Mapping[str, str]
) -> None:
    fields = {
        "measure": found.measure,
        "from": runs[0].name,
        "to": runs[1].name,
        "before": round(found.before, 6),
        "after": round(found.after, 6),
        "wins": found.wins,
        "losses": found.losses,
        "ties": found.ties,
    }
    print_json("comparison", fields)
    for one in found.differences:
        figures = {"before": round(one.before, 6), "after": round(one.after, 6)}
        print_json("difference", {"qid": one.qid, "query": asked[one.qid], **figures})


def _summary(shown: Measured) -> dict[str, Any]:
    count = len(shown.figures)
    return {
        "run": shown.run.name,
        "queries": count,
        **_rounded(mean(shown.figures.values())),
        "without_result": shown.without_result,
        "without_result_share": round(shown.without_result / count, 6),
        "median_ms": round(median(shown.took_ms.values()), 3) if shown.took_ms else None,
    }


def _rounded(figures: Figures) -> dict[str, float]:
    return {name: round(getattr(figures, name), 6) for name in MEASURES}


def _print_summary(summary: Mapping[str, Any]) -> None:
    row("queries", f"{summary['queries']:,}")
    for name, called in MEASURES.items():
        row(called, f"{summary[name]:.4f}")
    share = summary["without_result_share"]
    row("no result", f"{share:.2%} ({summary['without_result']:,})")
    if summary["median_ms"] is not None:
        row("median", f"{summary['median_ms']:.2f} ms")
