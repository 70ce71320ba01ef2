"""Who is asked, and how each gets the query: ours as it is typed, a peer the OR of its terms."""

from dataclasses import dataclass

from bench.peers import OURS

OURS_ANY = "ours-any"


@dataclass(frozen=True, slots=True)
class Engine:
    """A peer and the method by which it is asked; `says` goes below the tables."""

    peer: str
    says: str
    method: str = "best"


ENGINES = {
    OURS: Engine(OURS, "as typed, `search QUERY`"),
    OURS_ANY: Engine(OURS, "any of the words will do, `search --any QUERY`", "best_of_any"),
    "tantivy": Engine("tantivy", "OR of rjieba's words, title and body, BM25"),
    "tutorial": Engine("tutorial", "OR of the ChineseAnalyzer's tokens, title and body, BM25F"),
    "fts5": Engine("fts5", "OR of the trigrams, bm25; a word of two characters has none"),
}


def is_ours(engine: str) -> bool:
    """Return whether the engine is what changes from run to run: never answered from memory."""
    return ENGINES[engine].peer == OURS
