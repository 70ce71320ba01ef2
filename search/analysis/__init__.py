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
from search.analysis.segmenter import SEGMENTER_RULES
from search.analysis.token import Token
from search.analysis.words import words

__all__ = [
    "ANALYSIS_RULES",
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
    "grams",
    "words",
]
