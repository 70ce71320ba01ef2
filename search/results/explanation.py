"""Why results are what they are: how the query was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.query.steps import Step


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was read, step by step; what a hit's score is made of are its contributions.

    What else was searched for, what was not read as typed and how many articles have each word is
    in the results themselves.
    """

    steps: Sequence[Step]
