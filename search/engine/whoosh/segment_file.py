"""Segments as a whole: all that is in one, to be merged, and the file that is made of it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from search.engine.whoosh.characters import characters_of
from search.engine.whoosh.inversion import Inverted
from search.engine.whoosh.lexicon import Lexicon, PairLexicon, WordLexicon
from search.engine.whoosh.posting_lists import sections_of
from search.engine.whoosh.seals import Seal
from search.engine.whoosh.sections import Array, write_sections
from search.engine.whoosh.segment import Segment
from search.engine.whoosh.threads import results


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
    path: Path,
    terms: Inverted,
    others: Mapping[str, Array | bytes],
    documents: int,
    threads: int = 1,
) -> Seal:
    """Write a segment's file, packed by so many threads, and wait until it is on disk."""

    def pairs() -> Mapping[str, Array | bytes]:
        characters = characters_of(terms.pairs, terms.pair_lists, documents)
        return {
            "characters.points": characters.points,
            **sections_of("characters", characters.lists, documents),
            **PairLexicon.sections("pairs", terms.pairs, characters.holders),
        }

    parts: list[Callable[[], Mapping[str, Array | bytes]]] = [
        pairs,
        lambda: sections_of("pairs", terms.pair_lists, documents),
        lambda: Lexicon.sections("units", terms.units),
        lambda: sections_of("units", terms.unit_lists, documents),
        lambda: WordLexicon.sections("words", terms.words),
        lambda: sections_of("words", terms.word_lists, documents),
    ]
    sections = dict(others)
    for part in results(parts, threads):
        sections |= part
    with path.open("wb") as file:
        seal = write_sections(file, sections)
        file.flush()
        os.fsync(file.fileno())
    return seal
