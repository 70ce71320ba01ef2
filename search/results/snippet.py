"""Passages of a body that show the query best, cut where a reader would cut them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from heapq import heapify, heappop, heapreplace
from itertools import accumulate
from operator import sub

from search.results.edges import LONGEST_TOKEN, parts_token, token_edge
from search.results.highlight import Matches
from search.results.hit import Marked, Snippet
from search.text import Folded, Kind, Span
from search.text.characters import kind_of

SNIPPET_CHARACTERS = 80  # of folded text: glosses do not count
MOST_SNIPPETS = 2
MOST_PLACES = 200  # of one string that are weighed; a book may hold 的 ten thousand times
LEAD = 24  # a passage begins at most this far before its first match
SHORTEST = 40  # from here on it ends with the paragraph
TAIL = 16  # and is cut at punctuation if there is some this close to its end

_stop = re.compile(r"[。！？!?；;…，,、：:\n]\s*")
_sentence_stop = re.compile(r"[。！？!?；;\n]\s*")
_visible = re.compile(r"\S")


def snippets(raw: str, folded: Folded, matches: Matches) -> list[Snippet]:
    """Return the passages with most of the query, in the order of the text, as slices of `raw`.

    Without a match it is the beginning of the text.
    """
    text = folded.text
    if not matches:
        start = _first_character(text)
        return _cut(raw, folded, [(start, _end(text, start))], matches)
    windows: list[Span] = []
    for start, end in _windows(text, matches):
        if all(end <= other[0] or start >= other[1] for other in windows):
            windows.append((start, end))
            if len(windows) == MOST_SNIPPETS:
                break
    return _cut(raw, folded, sorted(windows), matches)


def mark(raw: str, folded: Folded, matches: Matches) -> Marked:
    """Return the whole of `raw` with the matches of its folded form mapped back."""
    spans = folded.offsets.raw_spans(matches.spans())
    return Marked(raw, 0, joined(spans), folded.glosses, folded.breaks)


def joined(spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one: blocks of the map are indivisible."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _windows(text: str, matches: Matches) -> Iterator[Span]:
    """Yield a window from each match on, best first, then by place; worked out when it is due.

    What a window can be worth at most is cheap to tell from the matches near, so that of a hundred
    and fifty 的 some ten windows are worked out.
    """
    # Each row is less than those of windows that come later: (-worth, start, match, whether it is
    # worked out, end). Not worked out yet, it has the most worth and the least start it can have.
    worth = _Worth(matches)
    rows = [(-most, start, at, False, 0) for at, start, most in _prospects(text, matches, worth)]
    heapify(rows)
    while rows:
        _, start, at, is_worked_out, end = rows[0]
        if is_worked_out:
            heappop(rows)
            yield start, end
            continue
        start = _start(text, matches.starts[at])
        end = _end(text, start)
        if end < matches.ends[at]:
            end = token_edge(text, matches.ends[at], forward=True)
        inside = bisect_right(matches.ends, start), bisect_right(matches.ends, end, at)
        heapreplace(rows, (-worth(*inside), start, at, True, end))


class _Worth:
    """What the matches from one on, up to another, are worth: distinct strings first, then all."""

    def __init__(self, matches: Matches) -> None:
        lengths = map(sub, matches.ends, matches.starts)
        self._covered: list[int] = list(accumulate(lengths, initial=0))
        self._texts = matches.texts
        self._is_one = len(set(matches.texts)) == 1

    def __call__(self, first: int, last: int) -> int:
        distinct = 1 if self._is_one else len(set(self._texts[first:last]))
        return 100 * distinct + self._covered[last] - self._covered[first]


def _prospects(text: str, matches: Matches, worth: _Worth) -> Iterator[tuple[int, int, int]]:
    """Yield the matches from which a window may begin: match, least start, most worth."""
    starts, ends = matches.starts, matches.ends
    weighed = _weighed(matches.texts)
    first = last = 0
    for at, end in enumerate(ends):
        start = starts[at] - _most_lead(text[starts[at]])
        while first and ends[first - 1] > start:  # a lead may be longer than the one before
            first -= 1
        while ends[first] <= start:
            first += 1
        while last < len(ends) and ends[last] <= end + LONGEST_TOKEN:
            last += 1
        if at in weighed:
            yield at, max(0, start), worth(first, last)


def _most_lead(character: str) -> int:
    """Return how far before its match a window may begin at most; the match begins so."""
    # Far only if it begins inside a token, and no token goes on with Han, kana or Hangul.
    return LEAD if kind_of(character) == "CJK" else LONGEST_TOKEN


def _weighed(texts: Sequence[str]) -> Collection[int]:
    """Return the matches from which windows may begin: of each string, at most MOST_PLACES."""
    if len(texts) <= MOST_PLACES:
        return range(len(texts))
    found: set[int] = set()
    seen: Counter[str] = Counter()
    for at, text in enumerate(texts):
        seen[text] += 1
        if seen[text] <= MOST_PLACES:
            found.add(at)
    return found


def _start(text: str, match_start: int) -> int:
    """Return where a passage with a match begins: after punctuation near it, or just before it."""
    earliest = max(0, match_start - LEAD)
    if earliest == 0:
        return _first_character(text)
    for stop in (_sentence_stop, _stop):
        for found in stop.finditer(text, earliest, match_start):
            if not parts_token(text, found.end()):
                return found.end()
    start = token_edge(text, earliest, forward=True)
    return start if start <= match_start else token_edge(text, match_start, forward=False)


def _end(text: str, start: int) -> int:
    """Return where a passage from `start` on ends: with its paragraph, or at punctuation."""
    end = start + SNIPPET_CHARACTERS
    if end >= len(text):
        return len(text)
    line_end = text.find("\n", start + SHORTEST, end)
    if line_end >= 0:
        return line_end
    stops = [stop.end() for stop in _stop.finditer(text, end - TAIL, end + 1)]
    whole = [stop for stop in stops if not parts_token(text, stop)]
    return whole[-1] if whole else token_edge(text, end, forward=False)


def _first_character(text: str) -> int:
    return len(text) - len(text.lstrip())


def _cut(raw: str, folded: Folded, windows: Sequence[Span], matches: Matches) -> list[Snippet]:
    """Return each window of the folded text as a snippet of the original."""
    found = []
    end = 0
    for window in windows:
        shown = bisect_right(matches.ends, window[0]), bisect_left(matches.starts, window[1])
        spans = joined(folded.offsets.raw_spans(matches.spans(*shown)))
        first, last = folded.offsets.raw_span(*window)
        start = max(first, end)  # a block of the map that two windows part is shown in the first
        end = start + len(raw[start:last].rstrip())
        start = end - len(raw[start:end].lstrip())
        found.append(
            Snippet(
                raw[start:end],
                start,
                _inside(spans, start, end),
                _inside(folded.offsets.dropped(Kind.GLOSS, start, end), start, end),
                _inside(folded.offsets.dropped(Kind.BREAK, start, end), start, end),
                cut_before=_visible.search(raw, 0, start) is not None,
                cut_after=_visible.search(raw, end) is not None,
            )
        )
    return found


def _inside(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
