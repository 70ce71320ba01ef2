"""Runs with words of the user's dictionary in them: jieba's model with these words in it.

As jieba does: of all ways to cut a run into known words and single characters the likeliest, each
word as likely as its share of all frequencies; then its model of characters joins single ones that
stand side by side. What jieba divides by stays as it is without the user's words, so that no word
changes how a run without it is cut. jieba is the reference that tests hold this to.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import exp, inf, log

from search.analysis.dictionary import FORBIDDEN, Dictionary
from search.analysis.frequencies import LONGEST, TOTAL, frequency
from search.analysis.segmenter import guessed_words, known_words

_LOG_TOTAL = log(TOTAL)


def cut_with(run: str, dictionary: Dictionary) -> list[str]:
    """Return the words of a run of usual Han characters, in order; joined they give the run."""
    words: list[str] = []
    singles = ""
    for word in _likeliest(run, dictionary):
        if len(word) == 1:
            singles += word
            continue
        words += _joined(singles, dictionary.han)
        words.append(word)
        singles = ""
    return words + _joined(singles, dictionary.han)


def frequency_needed(word: str, dictionary: Dictionary) -> int:
    """Return the frequency with which a Han word, standing alone, is cut as one.

    By jieba's formula: more than what its parts, as the dictionary without it has them, make as
    likely; no less than what jieba gives it.
    """
    held = dictionary.is_in(word)
    parts = list(_likeliest(word, dictionary)) if held else known_words(word)
    found = sum(log(dictionary.han.get(part) or frequency(part) or 1) for part in parts)
    likely = found - (len(parts) - 1) * _LOG_TOTAL
    return max(int(exp(likely)) + 1, frequency(word))


def _likeliest(run: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the parts of the likeliest cut; of equally likely ones jieba takes the longer part."""
    best = [0.0] * (len(run) + 1)
    ends = [0] * len(run)
    theirs: dict[int, list[str]] = {}
    for at, word in dictionary.begins_in(run):
        theirs.setdefault(at, []).append(word)
    for start in reversed(range(len(run))):
        found = (-inf, 0)
        for end, count in _known(run, start, theirs.get(start, ()), dictionary.han).items():
            found = max(found, (log(count) - _LOG_TOTAL + best[end], end))
        best[start], ends[start] = found
    at = 0
    while at < len(run):
        yield run[at : ends[at]]
        at = ends[at]


def _known(run: str, start: int, theirs: Sequence[str], han: Mapping[str, int]) -> dict[int, int]:
    """Return where the words end that begin at `start`, with their frequencies."""
    known = {start + 1: frequency(run[start]) or 1}
    for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
        if count := frequency(run[start:end]):
            known[end] = count
    for word in theirs:
        known[start + len(word)] = han[word]
    return {end: count for end, count in known.items() if count != FORBIDDEN}


def _joined(singles: str, han: Mapping[str, int]) -> list[str]:
    """Return what jieba's model of characters makes of single ones; forbidden words stay apart."""
    if len(singles) < 2 or han.get(singles, frequency(singles)):
        return list(singles)  # a known word that was no part of the likeliest cut
    return [
        part
        for word in guessed_words(singles)
        for part in (word if han.get(word) == FORBIDDEN else [word])
    ]
