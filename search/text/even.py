"""Folding of the characters that become one character whatever stands beside them, all at once.

A text goes through one array as code points: against `str.translate` with a dictionary that folds
poems twice and long articles ten times as fast. Which characters these are is not known here.
"""

from collections.abc import Callable, Iterable

import numpy as np

from search.text.width import NOT_EVEN

_UTF32 = "utf-32-le"


class EvenTable:
    """Code point → folded code point, worked out by `fold_character` when it is first met.

    Those `known` to fold to themselves, but for the `changing`, need not be met.
    """

    def __init__(
        self, fold_character: Callable[[str], str], known: range, changing: Iterable[str]
    ) -> None:
        self._fold_character = fold_character
        # A zero is a character that was not met, or gives NOT_EVEN. Only used pages take memory.
        self._codes = np.zeros(0x110000, "<u4")
        # To meet two thousand Han characters one by one takes longer than all else of a first page.
        self._codes[known.start : known.stop] = known
        self._codes[list(map(ord, changing))] = 0
        self._uneven: set[str] = set()

    def fold(self, text: str) -> str:
        """Return `text` folded, NOT_EVEN in the place of each character that is not even."""
        folded = self._look_up(text)
        if NOT_EVEN in folded and self._meet_new(text, folded):
            return self._look_up(text)
        return folded

    def _look_up(self, text: str) -> str:
        codes = np.frombuffer(text.encode(_UTF32, "surrogatepass"), "<i4")
        return str(self._codes.take(codes).data, _UTF32)

    def _meet_new(self, text: str, folded: str) -> bool:
        """Note the characters of `text` not met before; return whether there were any."""
        new: set[str] = set()
        at = folded.find(NOT_EVEN)
        while at >= 0:
            new.add(text[at])
            at = folded.find(NOT_EVEN, at + 1)
        new -= self._uneven
        for character in new:
            code = ord(self._fold_character(character))
            if code:
                self._codes[ord(character)] = code
            else:
                self._uneven.add(character)
        return bool(new)
