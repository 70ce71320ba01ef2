"""Segments as a whole: all that is in one, to be merged, and the file that is made of it."""

from collections.abc import Mapping
from pathlib import Path

from search.engine.whoosh.characters import characters_of
from search.engine.whoosh.inversion import Inverted
from search.engine.whoosh.lexicon import Lexicon, PairLexicon, WordLexicon
from search.engine.whoosh.posting_lists import sections_of
from search.engine.whoosh.sections import Array, write_sections
from search.engine.whoosh.segment import Segment


def inverted(segment: Segment) -> Inverted:
    """Return all terms and posting lists of a segment, to be merged."""
    return Inverted(
        segment.pairs.keys(),
        segment.pair_lists.lists(),
        list(segment.units.terms()),
        segment.unit_lists.lists(),
        list(segment.words.terms()),
        segment.word_lists.lists(),
    )


def write_segment(
    path: Path, terms: Inverted, others: Mapping[str, Array | bytes], documents: int
) -> None:
    """Write a segment's file."""
    characters = characters_of(terms.pairs, terms.pair_lists, documents)
    sections = {
        **others,
        "characters.points": characters.points,
        **sections_of("characters", characters.lists, documents),
        **PairLexicon.sections("pairs", terms.pairs, characters.holders),
        **sections_of("pairs", terms.pair_lists, documents),
        **Lexicon.sections("units", terms.units),
        **sections_of("units", terms.unit_lists, documents),
        **WordLexicon.sections("words", terms.words),
        **sections_of("words", terms.word_lists, documents),
    }
    with path.open("wb") as file:
        write_sections(file, sections)
