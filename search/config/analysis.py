"""How texts and queries are cut into words."""

from dataclasses import dataclass

DICTIONARY = "dictionary.txt"


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """The table `analysis` of search.toml."""

    dictionary: str = DICTIONARY  # of words, beside search.toml; there need not be one
