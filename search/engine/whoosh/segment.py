"""One segment's file: terms, posting lists and articles, memory-mapped."""

import mmap
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from search.engine.latin_words import LatinWords
from search.engine.whoosh.articles import ArticleReader
from search.engine.whoosh.columns import Columns
from search.engine.whoosh.lengths import KINDS, TEXTS, read_lengths
from search.engine.whoosh.lexicon import CharacterLexicon, Lexicon, PairLexicon, WordLexicon
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.sections import Array, Sections

if TYPE_CHECKING:
    from search.engine.whoosh.stored_texts import StoredTexts

EXTENSION = ".xwp"


class Segment:
    """The contents of a segment; its documents are numbered from 0, deleted ones included."""

    def __init__(self, buffer: memoryview | bytes, file: str = "") -> None:
        self.sections = Sections(buffer, file)
        self.articles = ArticleReader(self.sections)
        self.documents = len(self.articles)

    @classmethod
    def open(cls, path: Path) -> "Segment":
        """Return the segment in a file, mapped into memory."""
        with path.open("rb") as file:
            if not path.stat().st_size:  # which mmap refuses with an error of its own
                return cls(b"", path.name)
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return cls(memoryview(mapped), path.name)

    @cached_property
    def pairs(self) -> PairLexicon:
        """The pairs of characters, and single ones where a run ends."""
        return PairLexicon(self.sections, "pairs")

    @cached_property
    def pair_lists(self) -> ListReader:
        """The posting lists of the pairs."""
        return ListReader(self.sections, "pairs", self.documents)

    @cached_property
    def units(self) -> Lexicon:
        """The units of letters or digits."""
        return Lexicon(self.sections, "units")

    @cached_property
    def unit_lists(self) -> ListReader:
        """The posting lists of the units."""
        return ListReader(self.sections, "units", self.documents)

    @cached_property
    def words(self) -> WordLexicon:
        """The words but for those of two characters, which are marked on pairs."""
        return WordLexicon(self.sections, "words")

    @cached_property
    def latin_words(self) -> LatinWords:
        """The Latin tokens among the words, to find those that are like a text."""
        return LatinWords(self.words)

    @cached_property
    def word_lists(self) -> ListReader:
        """The posting lists of the words."""
        return ListReader(self.sections, "words", self.documents)

    @cached_property
    def characters(self) -> CharacterLexicon:
        """The characters that begin so many pairs that they have lists of their own."""
        return CharacterLexicon(self.sections, "characters")

    @cached_property
    def character_lists(self) -> ListReader:
        """The posting lists of these characters."""
        return ListReader(self.sections, "characters", self.documents)

    @cached_property
    def stored_texts(self) -> "StoredTexts":
        """The texts, to be looked through."""
        from search.engine.whoosh.stored_texts import StoredTexts  # 3 ms that few searches need

        return StoredTexts(self.articles)

    @cached_property
    def columns(self) -> Columns:
        """What documents say of themselves beside title and text."""
        return Columns(self.sections, self.documents)

    def lengths(self) -> dict[tuple[str, str], Array]:
        """Return the number of terms of each document by (kind, text)."""
        return {(k, text): read_lengths(self.sections, k, text) for k in KINDS for text in TEXTS}
