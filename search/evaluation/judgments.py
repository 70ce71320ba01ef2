"""Judged queries: what is asked, and which articles answer it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and the grade of each judged article; of grade 1 or more it is relevant."""

    qid: str
    query: str
    grades: Mapping[str, int]

    @property
    def is_answered(self) -> bool:
        """Whether any article is relevant: where none is, nothing can be measured."""
        return any(grade > 0 for grade in self.grades.values())


@dataclass(frozen=True, slots=True)
class Judged:
    """The queries that can be measured, in the order of their files, and the ids of all others."""

    queries: Sequence[JudgedQuery]
    left_out: Sequence[str] = ()  # no article is relevant

    @property
    def articles(self) -> list[str]:
        """The ids of all relevant articles, each once."""
        grades = (pair for judged in self.queries for pair in judged.grades.items())
        return list(dict.fromkeys(article for article, grade in grades if grade > 0))


def sample(queries: Sequence[JudgedQuery], size: int, seed: int) -> list[JudgedQuery]:
    """Return `size` of the queries drawn by `seed`, in their order; all when there are fewer."""
    if size >= len(queries):
        return list(queries)
    drawn = random.Random(seed).sample(range(len(queries)), size)
    return [queries[at] for at in sorted(drawn)]
