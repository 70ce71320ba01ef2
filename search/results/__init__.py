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
from search.results.line import Line, LineKind
from search.results.lines import kinds_of_lines
from search.results.pieces import Piece, all_lines, cut_pieces, shown_text, split_lines

__all__ = [
    "Article",
    "Contribution",
    "Explanation",
    "Hit",
    "Line",
    "LineKind",
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
    "kinds_of_lines",
    "shown_text",
    "split_lines",
]
