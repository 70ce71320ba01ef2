"""Why results are what they are: how the query was read, and how often its words are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.query.steps import Step


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was read, step by step; what a hit's score is made of are its contributions.

    What else was searched for, and what was not read as typed, is in the results themselves.
    """

    steps: Sequence[Step]
    articles: Mapping[str, int]  # word → how many articles it is found in, filters observed
