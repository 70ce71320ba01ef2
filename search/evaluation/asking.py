"""Asking an archive all queries: what makes a run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.archive import Archive, QueryError
from search.evaluation.judgments import JudgedQuery
from search.evaluation.runs import Run
from search.messages import said_by


@dataclass(frozen=True, slots=True)
class Asked:
    """A run with the milliseconds of each search, and what could not be searched at all."""

    run: Run
    took_ms: Mapping[str, float]
    refused: Mapping[str, str]  # qid → why


def ask(
    archive: Archive,
    queries: Iterable[JudgedQuery],
    name: str,
    depth: int = 10,
    any_word: bool = False,
) -> Asked:
    """Return the best `depth` articles for each query, asked as a user types it.

    With `any_word` any of its words will do, as with `search --any`. Articles of the same text are
    hits of their own: the one that was judged shall not be hidden behind a copy. A query that
    cannot be searched has no result.
    """
    ranked: dict[str, list[str]] = {}
    took: dict[str, float] = {}
    refused: dict[str, str] = {}
    for judged in queries:
        ranked[judged.qid] = []
        try:
            results = archive.search(judged.query, limit=depth, any_word=any_word, fold=False)
        except QueryError as error:
            refused[judged.qid] = said_by(error)
            continue
        took[judged.qid] = results.took_ms
        ranked[judged.qid] = [hit.id for hit in results.hits]
    return Asked(Run(name, ranked), took, refused)
