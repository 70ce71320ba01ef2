"""Queries to try on an archive, made of words of its own newest articles."""

import threading
from collections.abc import Callable, Iterator, Sequence

from search.analysis.dictionary import NONE, Dictionary
from search.analysis.words import words
from search.archive.related import weighty_words
from search.engine import IndexReader, SearchRequest
from search.query import Dated
from search.results.written import as_written

ARTICLES = 3  # that words are taken from
LONGEST = 8  # characters of a word


class Examples:
    """Keeps the examples of the state of an index that was asked for last. Safe across threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[IndexReader, Sequence[str]] | None = None

    def of(
        self,
        reader: IndexReader,
        frequency: Callable[[str], int],
        dictionary: Dictionary = NONE,
    ) -> Sequence[str]:
        """Return a word, two words of one article, a quotation, and a word without another.

        Each finds something. Fewer where the archive has too few words for them.
        """
        with self._lock:
            if self._made is None or self._made[0] is not reader:
                self._made = reader, list(dict.fromkeys(_examples(reader, frequency, dictionary)))
            return self._made[1]


def _examples(
    reader: IndexReader, frequency: Callable[[str], int], dictionary: Dictionary
) -> Iterator[str]:
    told = [_telling(reader, number, frequency, dictionary) for number in _articles(reader)]
    told = [found for found in told if found]
    if told:
        yield told[0][0]
    for found in told[1:2] or told[:1]:
        if len(found) > 1:
            yield " ".join(found[-2:])
    for found in told[-1:]:
        yield f"“{found[0]}”"


def _articles(reader: IndexReader) -> list[int]:
    """Return the newest articles; where none has a date, some from all over the archive."""
    request = SearchRequest(Dated("0001"), ARTICLES, sort="newest")
    newest = [document.number for document in reader.search(request).documents]
    if newest:
        return newest
    numbers = reader.numbers()
    return [numbers[len(numbers) * part // ARTICLES] for part in range(ARTICLES)] if numbers else []


def _telling(
    reader: IndexReader, number: int, frequency: Callable[[str], int], dictionary: Dictionary
) -> list[str]:
    """Return up to three words that tell an article from others, none in another, as written."""
    stored = reader.text(number, "body")
    places: dict[str, tuple[int, int]] = {}
    for token in words(stored.folded.text[:20_000], dictionary):
        places.setdefault(token.term, (token.start, token.end))
    chosen: list[str] = []
    for word in weighty_words(reader, number, frequency, dictionary):
        if 1 < len(word) <= LONGEST and word in places:
            if not any(word in one or one in word for one in chosen):
                chosen.append(word)
            if len(chosen) == 3:
                break
    return [as_written(stored.raw, stored.folded, *places[word]) for word in chosen]
