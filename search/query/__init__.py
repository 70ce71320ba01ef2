"""Query string → query tree."""

from search.query.parser import Query, parse, words_of
from search.query.tree import And, Exact, Node, Not, Or, Run, leaves, required_words, wanted

__all__ = [
    "And",
    "Exact",
    "Node",
    "Not",
    "Or",
    "Query",
    "Run",
    "leaves",
    "parse",
    "required_words",
    "wanted",
    "words_of",
]
