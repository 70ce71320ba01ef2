"""Suggestions as a query is typed: the archive's own words, phrases of its titles, its titles.

They are found by how they begin in either script, by pinyin or its initials, titles by what they
hold as well. The order of each kind is fixed: words by the articles that hold them, phrases and
titles by the titles that do.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

from search.analysis.dictionary import NONE, Dictionary
from search.archive.phrase_table import LONGEST_COMPARED, PhraseTable, key_of
from search.archive.suggestion import Suggestion
from search.archive.title_phrases import plain, title_phrases
from search.deadline import checked
from search.engine import FIELDS, IndexReader, SearchRequest
from search.query import Exact
from search.query.pinyin import begun_ways, initials, syllable_ways
from search.query.sounding import LONGEST_WORD, read_as, read_from
from search.query.vocabulary import Array
from search.text import fold

MOST_TITLES = 100_000  # that differ; of more, those that most articles bear
MOST_CUT = 30_000  # of these titles, for the phrases in them: 20 µs each
MOST_WORDS = 100_000
MOST_WAYS = 4  # to read typed letters, each looked for
MOST_HELD = 2  # texts that titles are looked through for: what is typed, and what it sounds like
READY_WORDS = 256  # of which the spelling is looked up at once: with it the engine warms up
CACHED_WORDS = 4096  # how authors write words that are in no title
LONGEST = 60  # characters of a title, and of what is typed: longer ones are no queries

_latin = re.compile("[!-~]+").fullmatch
_typed = re.compile("[a-z][a-z '’-]*").fullmatch


class Suggestions:
    """What one committed state of an archive suggests. Safe across threads."""

    def __init__(self, reader: IndexReader, dictionary: Dictionary = NONE) -> None:
        """Read the titles and words of the archive: a second or some, by their number."""
        self._reader = reader
        titles = [plain(title) for title in _frequent(reader.titles())]
        folded = [fold(title) for title in titles]
        found = title_phrases(islice(zip(titles, folded, strict=True), MOST_CUT), dictionary)
        keys = [key_of(one.text) for one in folded]
        by_key: dict[str, str] = {}
        for key, title in zip(keys, titles, strict=True):
            if 0 < len(key) <= LONGEST:
                by_key.setdefault(key, title)
        self._titles = PhraseTable(list(by_key))
        self._texts = list(by_key.values())
        counts = dict(chain(_han_counts(reader), _latin_counts(found.words)))
        phrases = {key: count for key, (_, count) in found.phrases.items() if key not in counts}
        ranked = sorted(
            chain(counts.items(), phrases.items()), key=lambda row: (-row[1], len(row[0]), row[0])
        )
        offered = [key for key, _ in ranked[:MOST_WORDS]]
        self._words = PhraseTable(offered)
        self._phrases = frozenset(key for key in offered if key in phrases)
        written = found.phrases | found.words
        self._written = {key: written[key][0] for key in offered if key in written}
        self._looked_up = lru_cache(CACHED_WORDS)(self._look_up)
        for word in offered[:READY_WORDS]:
            self._written.setdefault(word, self._looked_up(word))

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """Return what may be meant by the beginning of a query, the likeliest first.

        Words and phrases, then titles; each are half where there is enough of both.
        """
        key = key_of(fold(text).text)
        if not key or len(key) > LONGEST or limit < 1:
            return []
        words = dict.fromkeys(self._words.beginning(key, limit))
        titles = dict.fromkeys(self._titles.beginning(key, limit))
        held = {key: None}
        for sounds in checked(_sounds(key)):
            if min(len(words), len(titles)) >= limit:
                break
            heard = self._words.sounding(sounds, limit)
            held.update((self._words.key(number), None) for number in heard[:1])
            words.update(dict.fromkeys(heard))
            titles.update(dict.fromkeys(self._titles.sounding(sounds, limit)))
        for one in checked(list(held)[:MOST_HELD]):
            if len(titles) < limit:
                titles.update(dict.fromkeys(self._titles.holding(one, limit)))
        return self._chosen(key, list(words), list(titles), limit)

    def _chosen(
        self, key: str, words: Sequence[int], titles: Sequence[int], limit: int
    ) -> list[Suggestion]:
        """Return words, then titles, each once; of words no more than half where titles follow."""
        found: dict[str, Suggestion] = {}
        most = max((limit + 1) // 2, limit - len(titles))
        for word in map(self._words.key, words):
            if len(found) == most:
                break
            if word != key and (text := self._written.get(word) or self._looked_up(word)):
                found[word] = Suggestion(text, "phrase" if word in self._phrases else "word")
        for number in titles:
            if len(found) == limit:
                break
            found.setdefault(self._titles.key(number), Suggestion(self._texts[number], "title"))
        return list(found.values())

    def _look_up(self, word: str) -> str:
        """Return a word as the article writes it that it weighs most in; "" when none holds it."""
        reader = self._reader
        for found in reader.search(SearchRequest(Exact(word, (word,)), limit=1)).documents:
            for field in FIELDS:
                stored = reader.text(found.number, field)
                if (at := stored.folded.text.find(word)) >= 0:
                    start, end = stored.folded.offsets.raw_span(at, at + len(word))
                    return "".join(plain(stored.raw[start:end]).split())
        return ""


def _frequent(titles: Iterable[str]) -> list[str]:
    """Return the titles that differ, those of most articles first, then as they came in."""
    return [title for title, _ in Counter(titles).most_common(MOST_TITLES)]


def _han_counts(reader: IndexReader) -> Iterator[tuple[str, int]]:
    """Yield the Han words that most articles hold, of each length, and how many do."""
    for length in range(2, LONGEST_WORD + 1):
        points, counts = reader.han_words(length)
        for row in counts.argsort(kind="stable")[::-1][:MOST_WORDS]:
            yield "".join(map(chr, points[row])), int(counts[row])


def _latin_counts(words: Mapping[str, tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield the Latin words of titles, and how many titles hold them: less than articles do."""
    return ((word, count) for word, (_, count) in words.items() if _latin(word))


def _sounds(key: str) -> Iterator[Sequence[Array]]:
    """Yield what typed letters may sound like, a row of characters for each syllable.

    Whole syllables first, then with the last one only begun, then initials alone.
    """
    if len(key) < 2 or not _typed(key):
        return
    for way in syllable_ways(key)[:MOST_WAYS]:
        if len(way) <= LONGEST_COMPARED:
            yield [read_as(syllable) for syllable in way]
    for way, begun in begun_ways(key)[:MOST_WAYS]:
        if len(way) < LONGEST_COMPARED:
            yield [*map(read_as, way), read_from(begun)]
    if letters := initials(key):
        yield [read_from(letter) for letter in letters]
