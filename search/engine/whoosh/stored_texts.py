"""Strings looked for in all stored texts of a segment, or in many of them.

So are found signs alone (😀, ——, 。。), which no term holds, and what terms do not decide in very
many documents (。的). Blocks of texts are folded character by character, without the maps: in most
texts that is all that folding does. Where a map says otherwise, what it changed is left out of
account; only texts in which that leaves the answer open are folded and read. Which signs are in no
text the alphabet of the segment tells at once.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np

from search.analysis import Literal, holds_original
from search.analysis.classes import code_points, text_of
from search.deadline import check_deadline, checked
from search.engine.whoosh.articles import ArticleReader, Block
from search.engine.whoosh.document_sets import Documents, Mask
from search.engine.whoosh.sections import Array
from search.text import Span, changed_spans, unpack
from search.text.characters import is_cjk, kind_of
from search.text.width import fold_alone, source, sources_of

CACHED_LITERALS = 32  # whose documents are kept, a bit for each document
FEW = 4  # numbers of characters: to compare a block with each is cheaper than to look all up


class StoredTexts:
    """Looks through the titles or the bodies of one segment."""

    def __init__(self, articles: ArticleReader) -> None:
        self._articles = articles
        self._packed = lru_cache(CACHED_LITERALS)(self._look_through_all)

    def holding(self, among: Documents, literal: Literal, body: bool, typed: str = "") -> Documents:
        """Return those of some documents, rising, whose body, else whose title, holds a literal.

        With `typed`, of which a plain literal is made: those where the author wrote just that.
        """
        if literal.searchable:
            held = self._look_through(literal, body, typed, among)
        else:
            packed = self._packed(literal, body, typed)
            held = np.unpackbits(packed, count=len(self._articles)).view(bool)
        return among[held[among]]

    def _look_through_all(self, literal: Literal, body: bool, typed: str) -> Array:
        return np.packbits(self._look_through(literal, body, typed))

    def _look_through(
        self, literal: Literal, body: bool, typed: str, among: Documents | None = None
    ) -> Mask:
        """Return of each document whether it holds a literal; of those `among`, if there are."""
        held = np.zeros(len(self._articles), bool)
        needed = self._needed(literal)
        if not all(needed):
            return held
        rarest = self._numbers_of(min(needed, key=len)) if needed else []
        wanted = held.copy()
        wanted[slice(None) if among is None else among] = True
        for first, block in checked(self._articles.blocks(body, among)):
            if needed and not _has_any(block.numbers(), rarest):
                continue
            apart = set(block.folded_apart())
            found = self._standing(literal, typed, block, apart)
            found += [
                at
                for at in checked(apart - set(found))
                if wanted[first + at]
                and _is_in(literal, typed, block.text(at), block.folding(at), needed)
            ]
            held[[first + at for at in found]] = True
        return held

    def _needed(self, literal: Literal) -> list[str]:
        """Return of each sign of a literal the characters of which it can have been made.

        A text that holds the literal holds one of each.
        """
        signs = dict.fromkeys(
            source(one)
            for one in literal.text
            if kind_of(one) in ("", "MARK") and not one.isspace()
        )
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

    def _standing(self, literal: Literal, typed: str, block: Block, apart: set[int]) -> list[int]:
        """Return which of the texts of a block hold a literal, or what was typed, beyond doubt.

        Of those that are not `apart` they are all that do.
        """
        characters = self._articles.alphabet if typed else self._folded
        text = text_of(characters.take(block.numbers()))
        head = typed or (literal.text if literal.is_plain else literal.head)
        ends = block.ends
        found: list[int] = []
        changed: dict[int, Sequence[Span]] = {}
        start = text.find(head)
        while start >= 0:
            check_deadline()
            at = bisect_right(ends, start) - 1
            first, last = ends[at], ends[at + 1]
            end = start + len(head)
            if literal.is_plain:
                if at in apart and at not in changed:
                    changed[at] = changed_spans(block.folding(at))
                is_told = end <= last and _is_clear(changed.get(at, ()), start - first, end - first)
                going_on = last if is_told else start + 1
            else:
                is_told = at not in apart and literal.is_in(text[first:last])
                going_on = last
            if is_told:
                found.append(at)
            start = text.find(head, going_on)
        return found


def _is_in(literal: Literal, typed: str, raw: str, folding: bytes, needed: list[str]) -> bool:
    """Return whether a text holds a literal, or what was typed for it, by reading it."""
    if not all(any(one in raw for one in makers) for makers in needed):
        return False
    if typed:
        return holds_original(typed, literal, raw, folding)
    return literal.is_in(unpack(raw, folding).text)


def _is_clear(spans: Sequence[Span], start: int, end: int) -> bool:
    """Return whether none of the spans, which are in order, has a part of `start:end`."""
    before = bisect_left(spans, (end, end)) - 1  # the last that begins before the end
    return before < 0 or spans[before][1] <= start


def _has_any(numbers: Array, wanted: list[int]) -> bool:
    if len(wanted) > FEW:
        return True
    return any((numbers == number).any() for number in wanted)
