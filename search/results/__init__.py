"""Hits, snippets, highlighting and explanation: what every front end shows."""

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
    "Hit",
    "Marked",
    "Marking",
    "Piece",
    "QueryWord",
    "RelaxedReason",
    "Results",
    "Snippet",
    "all_lines",
    "cut_pieces",
    "split_lines",
]
