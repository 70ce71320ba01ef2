"""Folded text → words that score and grams that match."""

from search.analysis.adjacency import Adjacency, Step, adjacency
from search.analysis.analyzer import (
    ANALYSIS_RULES,
    AnalyzedDocument,
    AnalyzedText,
    analyze_documents,
    analyze_text,
)
from search.analysis.grams import grams
from search.analysis.literal import Literal
from search.analysis.nearness import MOST_NEAR, are_near, near_spans
from search.analysis.originals import bare, holds_original, original_spans
from search.analysis.segmenter import SEGMENTER_RULES
from search.analysis.token import Token
from search.analysis.tokens import (
    beginning_so,
    distance,
    is_latin,
    is_token,
    much_alike,
    tokens,
)
from search.analysis.words import words

__all__ = [
    "ANALYSIS_RULES",
    "MOST_NEAR",
    "SEGMENTER_RULES",
    "Adjacency",
    "AnalyzedDocument",
    "AnalyzedText",
    "Literal",
    "Step",
    "Token",
    "adjacency",
    "analyze_documents",
    "analyze_text",
    "are_near",
    "bare",
    "beginning_so",
    "distance",
    "grams",
    "holds_original",
    "is_latin",
    "is_token",
    "much_alike",
    "near_spans",
    "original_spans",
    "tokens",
    "words",
]
