"""What titles are made of: words as their authors write them, and phrases that several share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Token, words
from search.analysis.dictionary import NONE, Dictionary
from search.archive.phrase_table import key_of
from search.text import Folded
from search.text.gloss import drop_glosses

FEWEST_TITLES = 3  # that hold a phrase
MOST_WORDS = 3  # of a phrase
SHORTEST = 2  # characters of a word, and of the first and last of a phrase: 在 begins none


@dataclass(frozen=True, slots=True)
class TitlePhrases:
    """Key → how it is written, and in how many titles it is."""

    words: dict[str, tuple[str, int]]
    phrases: dict[str, tuple[str, int]]


def plain(text: str) -> str:
    """Return text of a title as it is offered: without glosses, on one line."""
    return " ".join(drop_glosses(text)[0].split())


def title_phrases(
    titles: Iterable[tuple[str, Folded]], dictionary: Dictionary = NONE
) -> TitlePhrases:
    """Return the words of titles, and the phrases of two or three words that several titles hold.

    A word is written as in most titles; a phrase as in the one with which they are several.
    """
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for title, folded in titles:
        tokens = list(_whole(words(folded.text, dictionary)))
        terms = {token.term: token for token in tokens if len(token.term) >= SHORTEST}
        for term, token in terms.items():
            spellings[term][_raw(title, folded, token.start, token.end)] += 1
        for key, (start, end) in _stretches(folded.text, tokens).items():
            counts[key] += 1
            if counts[key] == FEWEST_TITLES:
                written[key] = _raw(title, folded, start, end)
    return TitlePhrases(
        {
            term: (max(found, key=found.__getitem__), found.total())
            for term, found in spellings.items()
        },
        {key: (text, counts[key]) for key, text in written.items()},
    )


def _whole(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens without the parts of Latin ones."""
    end = 0
    for token in tokens:
        if token.start >= end:
            yield token
            end = token.end


def _stretches(text: str, tokens: Sequence[Token]) -> dict[str, tuple[int, int]]:
    """Return key → place of the phrases of a folded title; only blanks part their words."""
    found = {}
    for at, first in enumerate(tokens):
        end = first.end
        for last in tokens[at + 1 : at + MOST_WORDS]:
            if text[end : last.start].strip():
                break
            end = last.end
            if min(len(first.term), len(last.term)) >= SHORTEST:
                found[key_of(text[first.start : end])] = first.start, end
    return found


def _raw(title: str, folded: Folded, start: int, end: int) -> str:
    raw_start, raw_end = folded.offsets.raw_span(start, end)
    return plain(title[raw_start:raw_end])
