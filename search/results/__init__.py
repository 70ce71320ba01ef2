"""Hits, snippets, highlighting and explanation: what every front end shows."""

from search.query.steps import Step
from search.results.explanation import Explanation
from search.results.hit import (
    Article,
    Contribution,
    Hit,
    Marked,
    Marking,
    QueryWord,
    RelaxedReason,
    Results,
    Snippet,
)
from search.results.pieces import Piece, all_lines, cut_pieces, split_lines

__all__ = [
    "Article",
    "Contribution",
    "Explanation",
    "Hit",
    "Marked",
    "Marking",
    "Piece",
    "QueryWord",
    "RelaxedReason",
    "Results",
    "Snippet",
    "Step",
    "all_lines",
    "cut_pieces",
    "split_lines",
]
