"""Strings of signs alone (😀, ——, 。。), which no term holds, looked for in all texts of a segment.

The alphabet of the segment tells at once which signs are in no text. Else the stored texts are
gone through a block at a time, folded character by character without their maps: in most texts that
is all that folding does. Where a map says otherwise, what it changed is left out of account; only
texts in which that leaves the answer open are folded and read.
"""

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property, lru_cache

import numpy as np

from search.analysis import Literal, holds_original
from search.analysis.classes import code_points, text_of
from search.engine.whoosh.articles import ArticleReader, Block
from search.engine.whoosh.document_sets import Documents
from search.engine.whoosh.sections import Array
from search.text import Span, changed_spans, unpack
from search.text.characters import is_cjk
from search.text.width import fold_alone, source, sources_of

CACHED_LITERALS = 32  # whose documents are kept, a bit for each document
FEW = 4  # numbers of characters: to compare a block with each is cheaper than to look all up


class SignTexts:
    """Looks through the titles or the bodies of one segment."""

    def __init__(self, articles: ArticleReader) -> None:
        self._articles = articles
        self._packed = lru_cache(CACHED_LITERALS)(self._look_through)

    def holders(self, literal: Literal, body: bool, typed: str = "") -> Documents:
        """Return the documents whose body, else whose title, holds a string of signs, rising.

        With `typed`, of which an unmarked literal is made: those where the author wrote just that.
        """
        packed = self._packed(literal, body, typed)
        return np.flatnonzero(np.unpackbits(packed, count=len(self._articles)))

    def _look_through(self, literal: Literal, body: bool, typed: str) -> Array:
        held = np.zeros(len(self._articles), bool)
        needed = self._needed(literal)
        if needed and all(needed):
            rarest = self._numbers_of(min(needed, key=len))
            for first, block in self._articles.blocks(body):
                if _has_any(block.numbers(), rarest):
                    found = self._found(literal, typed, block, needed)
                    held[[first + at for at in found]] = True
        return np.packbits(held)

    def _needed(self, literal: Literal) -> list[str]:
        """Return of each sign of a literal the characters of which it can have been made.

        A text that holds the literal holds one of each.
        """
        signs = dict.fromkeys(source(sign) for sign in literal.text if not sign.isspace())
        return [self._makers.get(sign, "") for sign in signs]

    @cached_property
    def _makers(self) -> dict[str, str]:
        """Source → the characters of the segment that have it; Han, kana, Hangul make no sign."""
        found: defaultdict[str, str] = defaultdict(str)
        for character in text_of(self._articles.alphabet):
            if not is_cjk(character):
                for made in sources_of(character):
                    found[made] += character
        return dict(found)

    @cached_property
    def _folded(self) -> Array:
        """The characters of the segment, folded each by itself."""
        return code_points(fold_alone(text_of(self._articles.alphabet)))

    def _numbers_of(self, characters: str) -> list[int]:
        """Return the places of characters in the alphabet."""
        is_one = np.isin(self._articles.alphabet, code_points(characters))
        return np.flatnonzero(is_one).tolist()

    def _found(self, literal: Literal, typed: str, block: Block, needed: list[str]) -> set[int]:
        """Return which texts of a block hold a literal, or what was typed for it."""
        characters = self._articles.alphabet if typed else self._folded
        text = text_of(characters.take(block.numbers()))
        apart = block.folded_apart()
        found = _standing(literal, typed, text, block, set(apart))
        found.update(
            at
            for at in apart
            if at not in found and _is_in(literal, typed, block.text(at), block.folding(at), needed)
        )
        return found


def _is_in(literal: Literal, typed: str, raw: str, folding: bytes, needed: list[str]) -> bool:
    """Return whether a text holds a literal, or what was typed for it, by reading it."""
    if not all(any(one in raw for one in makers) for makers in needed):
        return False
    if typed:
        return holds_original(typed, literal, raw, folding)
    return literal.is_in(unpack(raw, folding).text)


def _standing(literal: Literal, typed: str, text: str, block: Block, apart: set[int]) -> set[int]:
    """Return which of the texts of a block, `text` together, hold a literal beyond doubt.

    Of those that are not `apart` they are all that do.
    """
    found: set[int] = set()
    head = typed or literal.text.partition(" ")[0]
    ends = block.ends
    start = text.find(head)
    while start >= 0:
        at = bisect_right(ends, start) - 1
        first, last = ends[at], ends[at + 1]
        going_on = last
        if not literal.is_unmarked:
            if at not in apart and literal.is_in(text[first:last]):
                found.add(at)
        elif start + len(head) > last:
            going_on = start + 1  # it reaches into the next text
        elif at not in apart or _is_unchanged(
            block, at, (start - first, start - first + len(head))
        ):
            found.add(at)
        else:
            going_on = start + 1
        start = text.find(head, going_on)
    return found


def _is_unchanged(block: Block, at: int, span: Span) -> bool:
    """Return whether a span of a text is folded character by character."""
    start, end = span
    return not any(first < end and last > start for first, last in changed_spans(block.folding(at)))


def _has_any(numbers: Array, wanted: list[int]) -> bool:
    if len(wanted) > FEW:
        return True
    return any((numbers == number).any() for number in wanted)
