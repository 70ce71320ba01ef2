"""The same archive embedded and on a cluster: whatever is asked, the same is answered.

Of queries that are judged, of those with golden orders, and of random ones.
"""

import ast
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from search import Archive, Cluster
from search.archive import Results
from search.evaluation import ask, measure, read_judged
from search.evaluation import mean as mean_of
from tests.opensearch.nodes import Cluster as Nodes
from tests.opensearch.nodes import Node
from tests.query.random_queries import random_queries

TESTS = Path(__file__).parent.parent
RELEVANCE = TESTS / "relevance"
GOLDEN = TESTS / "golden"
WITHIN = 2e-5  # a cluster adds up in 32 bits
RANDOM = 300

Pair = tuple[Archive, Archive]


@pytest.fixture(scope="module")
def pairs(lone_node: Nodes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    (node,) = lone_node.nodes
    sources = {"judged": RELEVANCE / "articles.jsonl", "golden": GOLDEN / "archive.jsonl"}
    sources["seeds"] = TESTS.parent / "seeds"
    found = {}
    for name, source in sources.items():
        embedded = Archive.build([source], tmp_path_factory.mktemp(name) / "index")
        clustered = Archive.build([source], place(node, name))
        found[name] = (embedded, clustered)
    return found


def place(node: Node, name: str) -> Cluster:
    return Cluster((node.address,), name=f"both-{name}", replicas=0)


def golden_queries() -> set[str]:
    """Return every query of the golden files, and of the rows of their parameters."""
    found = set()
    for path in GOLDEN.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return {text for text in found if len(text) < 60 and "\n" not in text and text.strip()}


def judged_queries() -> list[str]:
    lines = (RELEVANCE / "judged.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["query"] for line in lines]


def differences(one: Results, other: Results) -> Iterator[str]:
    """Yield what two answers to a query differ in; of equal scores the order is one."""
    for name in ("total", "relaxed", "relaxed_reason", "notes", "facets", "word_counts"):
        if getattr(one, name) != getattr(other, name):
            yield f"{name}: {getattr(one, name)!r} is not {getattr(other, name)!r}"
    ids, others = ([hit.id for hit in results.hits] for results in (one, other))
    if sorted(ids) != sorted(others):
        yield f"hits: {ids} are not {others}"
        return
    hits = {hit.id: hit for hit in other.hits}
    for place, hit in enumerate(one.hits):
        twin = hits[hit.id]
        at = others.index(hit.id)
        if abs(hit.score - twin.score) > WITHIN:
            yield f"score of {hit.id}: {hit.score} is not {twin.score}"
        if at != place and abs(one.hits[at].score - hit.score) > WITHIN:
            yield f"place of {hit.id}: {place} is not {at}"
        if (hit.title, hit.reading, hit.copies) != (twin.title, twin.reading, twin.copies):
            yield f"what is shown of {hit.id}"
        shown, other_shown = (
            [(s.text, s.start, list(s.spans)) for s in one.snippets] for one in (hit, twin)
        )
        if shown != other_shown:
            yield f"snippets of {hit.id}"


def told(pair: Pair, queries: Sequence[str], **options: Any) -> list[str]:
    """Return what the two engines differ in, a line for each query and difference."""
    found = []
    for query in queries:
        try:
            one = pair[0].search(query, **options)
        except Exception as error:
            with pytest.raises(type(error)):
                pair[1].search(query, **options)
            continue
        other = pair[1].search(query, **options)
        found += [f"{query!r}: {line}" for line in differences(one, other)]
    return found


@pytest.mark.parametrize("name", ["golden", "seeds"])
@pytest.mark.parametrize(
    "options",
    [
        {"facets": ("year", "author", "folder", "format", "script"), "explain": True},
        {"limit": 100, "fold": False, "relax": False},
        {"sort": "newest", "recency": 1.0},
        {"any_word": True, "fields": ("title",)},
    ],
    ids=["page", "whole", "newest", "any word in titles"],
)
def test_every_query_of_the_golden_files_is_answered_alike(
    pairs: dict[str, Pair], name: str, options: dict[str, object]
) -> None:
    queries = sorted(golden_queries())
    assert len(queries) > 200, "no queries found: this test is broken"
    assert told(pairs[name], queries, **options) == []


def test_random_queries_are_answered_alike(pairs: dict[str, Pair]) -> None:
    queries = list(islice(random_queries(9), RANDOM))
    assert told(pairs["golden"], queries, limit=100) == []


def test_judged_questions_are_answered_alike(pairs: dict[str, Pair]) -> None:
    assert told(pairs["judged"], judged_queries()) == []


def test_judged_questions_are_ranked_as_well(pairs: dict[str, Pair]) -> None:
    queries = read_judged([RELEVANCE / "judged.jsonl"]).queries
    runs = [ask(archive, queries, "engine").run for archive in pairs["judged"]]
    ranks = [mean_of(measure(queries, run).values()).mrr_10 for run in runs]
    assert abs(ranks[0] - ranks[1]) <= 0.01
    best = [{qid: set(found[:10]) for qid, found in run.ranked.items()} for run in runs]
    overlaps = [len(ids & best[1][qid]) / len(ids) for qid, ids in best[0].items() if ids]
    assert mean(overlaps) >= 0.9


@pytest.mark.parametrize("name", ["golden", "seeds"])
def test_what_is_in_the_files_is_found_and_nothing_else(pairs: dict[str, Pair], name: str) -> None:
    found = pairs[name][1].verify(200)
    assert found.is_well, found.failures
    assert (found.recall, found.precision) == (1.0, 1.0)
