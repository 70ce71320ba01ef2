"""Dictionaries of a segment: the sorted terms, each known by its place, walked without loading.

Words and units are strings. Pairs of characters, which are most of all terms, are kept as the
numbers of their characters in a segment's alphabet: two bytes a pair.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from search.engine.whoosh.alphabet import alphabet_of, numbers_in
from search.engine.whoosh.ends import BLOCK, Ends
from search.engine.whoosh.sections import Array, Sections, smallest

CACHED_FIRSTS = 4096  # terms at which blocks begin


def _ends(terms: Sequence[bytes]) -> Array:
    """Return where each term begins in all of them joined, and where the last ends."""
    ends: Array = np.append(0, np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms))))
    return ends


class Lexicon:
    """Terms as strings, sorted by their UTF-8."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._text = sections.by_piece(f"{name}.text")
        self._ends = Ends(sections, f"{name}.ends")
        self._blocks = range((len(self._ends) + BLOCK - 1) // BLOCK)
        # Every search begins in the middle: of a dozen steps most are those of others before.
        self._first = lru_cache(CACHED_FIRSTS)(self._first_of)

    @staticmethod
    def sections(name: str, terms: Sequence[bytes]) -> dict[str, Array | bytes]:
        """Return sorted terms as the sections that this class reads."""
        return {f"{name}.text": b"".join(terms), **Ends.sections(f"{name}.ends", _ends(terms))}

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def text(self) -> memoryview:
        """All terms, one behind the other."""
        return self._text.raw(0, len(self._text))

    def ends(self) -> Array:
        """Return where each term begins in `text`, and where the last ends."""
        return self._ends.all()

    def term(self, place: int) -> bytes:
        """Return the term at `place`, as UTF-8."""
        start, end = self._ends.piece(place)
        return bytes(self._text.raw(start, end))

    def terms(self, start: int = 0) -> Iterator[bytes]:
        """Yield the terms from place `start` on."""
        for number in self._blocks[start // BLOCK :]:
            block = self._block(number)
            yield from block[start - number * BLOCK :] if start > number * BLOCK else block

    def first_from(self, term: bytes) -> int:
        """Return the place of the first term that is not less than `term`."""
        after = bisect_right(self._blocks, term, key=self._first)
        if not after:
            return 0
        return (after - 1) * BLOCK + bisect_left(self._block(after - 1), term)

    def place(self, term: bytes) -> int | None:
        """Return the place of `term`, or None."""
        after = bisect_right(self._blocks, term, key=self._first)
        block = self._block(after - 1) if after else []
        at = bisect_left(block, term)
        return (after - 1) * BLOCK + at if at < len(block) and block[at] == term else None

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """Return the places `start, end` between which all terms begin with `prefix`."""
        # 0xFF never occurs in UTF-8, so this sorts behind all that begins with the prefix.
        return self.first_from(prefix), self.first_from(prefix + b"\xff")

    def stretch(self, first: int, last: int) -> tuple[memoryview, Array]:
        """Return the bytes of the terms `first:last` in a row; where each begins, the last ends."""
        ends = np.append(0, self._ends.lengths(first, last).cumsum())
        start = self._ends[first] if first < last else 0
        return self._text.raw(start, start + int(ends[-1])), ends

    def _first_of(self, block: int) -> bytes:
        return self.term(block * BLOCK)

    def _block(self, number: int) -> list[bytes]:
        ends = self._ends.block(number)
        text = bytes(self._text.raw(ends[0], ends[-1]))
        return [text[start - ends[0] : end - ends[0]] for start, end in pairwise(ends)]


class WordLexicon:
    """Terms mostly of Han characters, each kept as two bytes a character instead of three."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._alphabet = sections.numbers(f"{name}.alphabet")
        self._terms = Lexicon(sections, name)

    @staticmethod
    def sections(name: str, terms: Sequence[bytes]) -> dict[str, Array | bytes]:
        """Return sorted terms, in UTF-8, as the sections that this class reads."""
        raw = b"".join(terms)
        text = raw.decode("utf-8", "surrogatepass").encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(text, np.uint32)
        alphabet = alphabet_of(points).astype(np.uint32)
        # Two bytes, the higher first, sort as the characters do; more are never met in one segment.
        wide = ">u2" if len(alphabet) < 1 << 16 else ">u4"
        joined = numbers_in(alphabet, points).astype(wide).tobytes()
        is_first = (np.frombuffer(raw, np.uint8) & 0xC0) != 0x80  # of the bytes of a character
        characters = np.append(0, np.cumsum(is_first))
        ends = characters[_ends(terms)] * np.dtype(wide).itemsize
        return {
            f"{name}.alphabet": alphabet,
            f"{name}.text": joined,
            **Ends.sections(f"{name}.ends", ends),
        }

    def __len__(self) -> int:
        return len(self._terms)

    def terms(self, start: int = 0) -> Iterator[bytes]:
        """Yield the terms from place `start` on, as UTF-8."""
        yield from map(self._utf8, self._terms.terms(start))

    def of_length(self, length: int) -> tuple[Array, Array]:
        """Return the places of the terms of so many characters, and the code points of each."""
        ends = self._terms.ends()
        places = np.flatnonzero(np.diff(ends) == length * self._width)
        text = np.frombuffer(self._terms.text, ">u2" if self._width == 2 else ">u4")
        numbers = text[ends[places][:, None] // self._width + np.arange(length)]
        return places, np.array(self._alphabet, np.uint32)[numbers]

    def first_from(self, term: bytes) -> int:
        """Return the place of the first term that is not less than `term`."""
        numbers = []
        for character in term.decode("utf-8", "replace"):
            at = bisect_left(self._alphabet, ord(character))
            numbers.append(at)
            if at == len(self._alphabet) or self._alphabet[at] != ord(character):
                # No term has it: the first that is greater begins with the next one known.
                return self._terms.first_from(self._bytes(numbers))
        return self._terms.first_from(self._bytes(numbers))

    def place(self, term: bytes) -> int | None:
        """Return the place of `term`, or None."""
        numbers = self._numbers(term.decode("utf-8", "replace"))
        return None if numbers is None else self._terms.place(self._bytes(numbers))

    def prefixed(self, prefix: str) -> tuple[int, int]:
        """Return the places `start, end` between which all terms begin with `prefix`."""
        numbers = self._numbers(prefix)
        if numbers is None:
            return 0, 0
        # No character has so great a number, so this sorts behind all that begins so.
        raw = self._bytes(numbers)
        return self._terms.first_from(raw), self._terms.first_from(raw + b"\xff" * self._width)

    def term(self, place: int) -> bytes:
        """Return the term at `place`, as UTF-8."""
        return self._utf8(self._terms.term(place))

    def points(self, first: int, last: int) -> tuple[Array, Array]:
        """Return the code points of the terms `first:last` in a row, and where each one begins."""
        raw, ends = self._terms.stretch(first, last)
        numbers = np.frombuffer(raw, ">u2" if self._width == 2 else ">u4")
        return np.array(self._alphabet, np.uint32)[numbers], ends // self._width

    @property
    def _width(self) -> int:
        return 2 if len(self._alphabet) < 1 << 16 else 4

    def _numbers(self, text: str) -> list[int] | None:
        """Return the numbers of the characters of `text`; None where no term has one of them."""
        numbers = []
        for character in text:
            at = bisect_left(self._alphabet, ord(character))
            if at == len(self._alphabet) or self._alphabet[at] != ord(character):
                return None
            numbers.append(at)
        return numbers

    def _bytes(self, numbers: Sequence[int]) -> bytes:
        return b"".join(number.to_bytes(self._width, "big") for number in numbers)

    def _utf8(self, raw: bytes) -> bytes:
        numbers = np.frombuffer(raw, ">u2" if self._width == 2 else ">u4").tolist()
        text = "".join(chr(self._alphabet[number]) for number in numbers)
        return text.encode("utf-8", "surrogatepass")


class CharacterLexicon:
    """The characters that have lists of their own."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._points = sections.numbers(f"{name}.points")

    def place(self, character: str) -> int | None:
        """Return the place of a character, or None."""
        point = ord(character)
        at = bisect_left(self._points, point)
        return at if at < len(self._points) and self._points[at] == point else None


class PairLexicon:
    """Pairs of characters, and single characters where a run ends, sorted by their UTF-8."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._alphabet = sections.numbers(f"{name}.alphabet")
        self._first = sections.numbers(f"{name}.first")
        self._seconds = sections.by_piece(f"{name}.seconds")
        self._holders = sections.numbers(f"{name}.holders")

    @staticmethod
    def sections(name: str, keys: Array, holders: Mapping[int, int]) -> dict[str, Array | bytes]:
        """Return pairs, as sorted numbers first << 32 | second, as sections for this class.

        The second is 0 where there is none. `holders` is how many documents each first is in.
        """
        firsts, seconds = keys >> np.uint64(32), keys & np.uint64(0xFFFFFFFF)
        alphabet = np.unique(np.concatenate((np.zeros(1, np.uint64), firsts, seconds)))
        edges = np.searchsorted(firsts, np.append(alphabet, alphabet[-1] + np.uint64(1)))
        return {
            f"{name}.alphabet": alphabet.astype(np.uint32),
            f"{name}.first": smallest(edges),
            f"{name}.seconds": smallest(np.searchsorted(alphabet, seconds)),
            f"{name}.holders": smallest(
                np.array([holders.get(first, 0) for first in alphabet.tolist()], np.int64)
            ),
        }

    def __len__(self) -> int:
        return len(self._seconds)

    def keys(self) -> Array:
        """Return all pairs as numbers, first << 32 | second."""
        alphabet = np.array(self._alphabet, np.uint64)
        counts: Array = np.diff(np.array(self._first, np.int64))
        firsts = np.repeat(alphabet, counts) << np.uint64(32)
        keys: Array = firsts | alphabet[self._seconds[:].astype(np.int64)]
        return keys

    def term(self, place: int) -> bytes:
        """Return the term at `place`, as UTF-8."""
        first = self._alphabet[bisect_right(self._first, place) - 1]
        second = self._alphabet[self._seconds.one(place)]
        return (chr(first) + (chr(second) if second else "")).encode("utf-8", "surrogatepass")

    def terms(self, start: int = 0) -> Iterator[bytes]:
        """Yield the terms from place `start` on."""
        yield from map(self.term, range(start, len(self)))

    def pair(self, first: str, second: str) -> int | None:
        """Return the place of a pair, or None."""
        number = self._number(second)
        start, end = self.beginning(first)
        if number is None:
            return None
        seconds = self._seconds.numbers(start, end)
        at = bisect_left(seconds, number, start, end)
        return at if at < end and seconds[at] == number else None

    def beginning(self, first: str) -> tuple[int, int]:
        """Return the places `start, end` between which all terms begin with this character."""
        number = self._number(first)
        return (0, 0) if number is None else (self._first[number], self._first[number + 1])

    def holders(self, first: str) -> int:
        """Return how many documents, deleted ones included, hold a term that begins so."""
        number = self._number(first)
        return 0 if number is None else self._holders[number]

    def place(self, term: bytes) -> int | None:
        """Return the place of a term given as UTF-8, or None."""
        text = term.decode("utf-8", "replace")
        if len(text) == 1:
            start, end = self.beginning(text)
            return start if start < end and self._seconds.one(start) == 0 else None
        return self.pair(text[0], text[1]) if len(text) == 2 and text[1] != "\0" else None

    def first_from(self, term: bytes) -> int:
        """Return the place of the first term that is not less than `term`."""
        return bisect_left(range(len(self)), term, key=self.term)

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """Return the places `start, end` between which all terms begin with `prefix`."""
        return self.first_from(prefix), self.first_from(prefix + b"\xff")

    def _number(self, character: str) -> int | None:
        point = ord(character)
        at = bisect_left(self._alphabet, point)
        return at if at < len(self._alphabet) and self._alphabet[at] == point else None
