"""One run of the bench: who is asked what, and the figures of it."""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import circumstances
from bench.peers import version
from bench.relevance.ablations import ABLATED, Ablation, applied
from bench.relevance.engines import ENGINES, is_ours
from bench.relevance.figures import ALL, Answers, Figures, by_half, differing, record
from bench.relevance.runs import Task, compare_runs, save_runs
from bench.relevance.table import FULL
from bench.relevance.task import KINDS, Question, asked, questions
from bench.relevance.workspace import Workspace

Queries = Mapping[Task, Sequence[Question]]
Tasks = dict[Task, Answers]


def measured(given: argparse.Namespace, ablations: Mapping[str, Ablation]) -> Figures:
    """Return the figures of the engines, or of ours with and without the parts in `ablations`."""
    queries = _queries(given)
    with tempfile.TemporaryDirectory() as temporary:
        space = Workspace(given.folder or Path(temporary), given.data, given.corpora, say)
        if ablations:
            return _without(given, space, queries, ablations)
        return _beside(given, space, queries)


def _beside(given: argparse.Namespace, space: Workspace, queries: Queries) -> Figures:
    """Return the figures of each engine; runs are saved and compared on the way."""
    figures: Figures = {}
    there, left_out = _installed(given.engine or list(ENGINES))
    at = circumstances([said for name, said in there.items() if not is_ours(name)], left_out)
    for engine in there:
        tasks = _ask(space, engine, queries)
        for task, answers in tasks.items():
            halves = by_half(queries[task], answers, given.half)
            record(figures, ("results", *task, engine), at, halves)
            name, kind = task
            if kind == KINDS[1] and (name, KINDS[0]) in tasks and given.half == ALL:
                differ = differing(tasks[name, KINDS[0]], answers)
                figures["results"][name][kind][engine]["differing"] = differ
        if given.save_runs:
            save_runs(given.save_runs, engine, queries, tasks)
        if given.compare and is_ours(engine):
            compare_runs(given.compare, engine, queries, tasks)
    return figures


def _without(
    given: argparse.Namespace,
    space: Workspace,
    queries: Queries,
    ablations: Mapping[str, Ablation],
) -> Figures:
    """Return the figures of ours with everything on, then without each of the parts."""
    figures: Figures = {}
    at = circumstances([], [])
    found = {FULL: _ask(space, ABLATED, queries)}
    for name, ablation in ablations.items():
        say(f"{name}: {ablation.says}")
        with applied(ablation):
            found[name] = _ask(space, ABLATED, queries)
    for name, tasks in found.items():
        for task, answers in tasks.items():
            halves = by_half(queries[task], answers, given.half)
            record(figures, ("ablations", name, *task), at, halves)
    return figures


def _queries(given: argparse.Namespace) -> Queries:
    """Return what is asked, by judged set and kind."""
    found = {}
    for name in given.set:
        originals = questions(name, given.data)
        if given.half != ALL:
            originals = [question for question in originals if question.half == given.half]
        if given.sample:
            originals = originals[:: max(1, len(originals) // given.sample)][: given.sample]
        for kind in given.kind:
            found[name, kind] = asked(name, kind, originals)
    return found


def _ask(space: Workspace, engine: str, queries: Queries) -> Tasks:
    """Return the answers of an engine to all queries, its index opened anew."""
    peer = space.opened(ENGINES[engine].peer)
    found = {}
    for (name, kind), wanted in queries.items():
        answers = space.answers(engine, peer, f"{name}.{kind.replace(' ', '-')}", wanted)
        seconds = sum(answer.seconds for answer in answers.values())
        say(f"{engine}, {name}, {kind}: {len(answers):,} queries in {seconds:.1f} s")
        found[name, kind] = answers
    return found


def _installed(names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the version of each engine that is there, and the names of the others."""
    there, missing = {}, []
    for name in names:
        try:
            there[name] = version(ENGINES[name].peer)
        except ImportError as error:
            say(f"{name} is left out, it is not installed: {error}")
            missing.append(name)
    return there, missing


def say(line: str) -> None:
    """Tell people on stderr how far it is, or what failed."""
    print(f"relevance: {line}", file=sys.stderr, flush=True)
