"""What expansion asks of an archive: its words of Han characters, and in how many documents."""

from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]


class Vocabulary(Protocol):
    """The words of one state of an archive; an engine's reader is one."""

    def han_words(self, length: int) -> tuple[Array, Array]:
        """Return the words of so many Han characters, and how many documents hold each.

        A row of code points, two bytes each, is a word; only lengths from 2 on are asked for.
        """
        ...

    def frequency(self, word: str) -> int:
        """Return how many documents hold a word."""
        ...


class WordList:
    """The vocabulary of words given with their counts: for tests, and without an index."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts

    def han_words(self, length: int) -> tuple[Array, Array]:
        """Return the words of so many characters and their counts."""
        words = [word for word in self._counts if len(word) == length and not word.isascii()]
        points = np.array([list(map(ord, word)) for word in words], np.uint16)
        counts = np.array([self._counts[word] for word in words], np.int64)
        return points.reshape(len(words), length), counts

    def frequency(self, word: str) -> int:
        """Return the count of a word."""
        return self._counts.get(word, 0)
