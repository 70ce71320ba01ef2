"""Query string → query tree, and back."""

from search.query.leaves import words_of
from search.query.parser import Query, parse
from search.query.printer import printed
from search.query.tree import (
    And,
    Dated,
    Exact,
    Expanded,
    Expansion,
    Filter,
    Fuzzy,
    Held,
    In,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Original,
    Prefix,
    Run,
)
from search.query.walks import (
    expansion_leaves,
    expansions,
    leaves,
    literal,
    optional_parts,
    required_words,
    wanted,
)

__all__ = [
    "And",
    "Dated",
    "Exact",
    "Expanded",
    "Expansion",
    "Filter",
    "Fuzzy",
    "Held",
    "In",
    "Leaf",
    "Near",
    "Node",
    "Not",
    "Or",
    "Original",
    "Prefix",
    "Query",
    "Run",
    "expansion_leaves",
    "expansions",
    "leaves",
    "literal",
    "optional_parts",
    "parse",
    "printed",
    "required_words",
    "wanted",
    "words_of",
]
