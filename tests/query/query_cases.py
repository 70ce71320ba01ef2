"""What the tests of the query language share: short names for leaves."""

from search.query import Exact, Run, words_of


def run(text: str) -> Run:
    """Return unquoted folded text as the parser reads it."""
    return Run(text, words_of(text))


def exact(text: str) -> Exact:
    """Return quoted folded text as the parser reads it."""
    return Exact(text, words_of(text))


SHANGHAI, COMPUTING, CHIPS = map(run, ("上海", "算力", "芯片"))
A, B, C, D = map(run, "abcd")
