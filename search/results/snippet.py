"""Passages of a body that show the query best, cut where a reader would cut them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heapreplace
from itertools import accumulate
from operator import sub

from search.deadline import check_deadline
from search.results.edges import LONGEST_TOKEN, parts_token, token_edge
from search.results.highlight import Matches
from search.results.hit import Marked, Snippet
from search.text import Folded, Kind, Offsets, Span
from search.text.characters import kind_of

SNIPPET_CHARACTERS = 80  # of folded text: glosses do not count
MOST_SNIPPETS = 2
MOST_PLACES = 200  # of one string that are weighed; a book may hold 的 ten thousand times
LEAD = 24  # a passage begins at most this far before its first match
SHORTEST = 40  # from here on it ends with the paragraph
TAIL = 16  # and is cut at punctuation if there is some this close to its end

_stop = re.compile(r"[。！？!?；;…，,、：:\n]\s*")
_sentence_stop = re.compile(r"[。！？!?；;\n]\s*")
_visible = re.compile(r"\S").search

# A window: (-worth, start, match, whether it is worked out, end). Each is less than those that come
# later; not worked out yet, it has the most worth and at most the start that it can have.
_Row = tuple[int, int, int, bool, int]


def snippets(raw: str, folded: Folded, matches: Matches) -> list[Snippet]:
    """Return the passages with most of the query, in the order of the text, as slices of `raw`.

    Without a match it is the beginning of the text.
    """
    text = folded.text
    if not matches:
        start = _first_character(text)
        return _cut(raw, folded, [(start, _end(text, start))], matches)
    return _cut(raw, folded, sorted(_windows(text, matches)), matches)


def mark(raw: str, folded: Folded, matches: Matches) -> Marked:
    """Return the whole of `raw` with the matches of its folded form mapped back."""
    check_deadline()
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


def _windows(text: str, matches: Matches) -> list[Span]:
    """Return the best windows that are apart, of those from each match on; of equals the first.

    What a window can be worth at most is cheap to tell from the matches near, so that of a hundred
    and fifty 的 some ten windows are worked out.
    """
    worth = _Worth(matches)
    rows = _prospects(text, matches, worth)
    heapify(rows)
    chosen: list[Span] = []
    while rows and len(chosen) < MOST_SNIPPETS:
        check_deadline()
        _, start, at, is_worked_out, end = rows[0]
        if _overlaps(matches.starts[at], matches.ends[at], chosen):
            heappop(rows)  # and so would the window, which holds the match whole
        elif not is_worked_out:
            start, end = _window(text, matches.starts[at], matches.ends[at])
            inside = bisect_right(matches.ends, start), bisect_right(matches.ends, end, at)
            heapreplace(rows, (-worth(*inside), start, at, True, end))
        else:
            heappop(rows)
            if not _overlaps(start, end, chosen):
                chosen.append((start, end))
    return chosen


def _overlaps(start: int, end: int, windows: Sequence[Span]) -> bool:
    return bool(windows) and any(start < high and end > low for low, high in windows)


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

    def of_each(self, firsts: list[int], lasts: list[int]) -> list[int]:
        """Return what the matches of each pair are worth."""
        if not self._is_one:
            return list(map(self, firsts, lasts))
        covered = self._covered
        pairs = zip(firsts, lasts, strict=True)
        return [100 + covered[last] - covered[first] for first, last in pairs]


def _prospects(text: str, matches: Matches, worth: _Worth) -> list[_Row]:
    """Return a row, not worked out, of each match from which a window may begin."""
    check_deadline()
    starts, ends = matches.starts, matches.ends
    # How far before its match a window may begin at most: far only if that begins inside a token,
    # and no token goes on with Han, kana or Hangul.
    leads = [LEAD if kind_of(text[start]) == "CJK" else LONGEST_TOKEN for start in starts]
    least = list(map(sub, starts, leads))
    firsts = [bisect_right(ends, start) for start in least]
    lasts = [bisect_right(ends, end + LONGEST_TOKEN) for end in ends]
    check_deadline()
    most = worth.of_each(firsts, lasts)
    return [(-most[at], least[at], at, False, 0) for at in _weighed(matches.texts)]


def _weighed(texts: Sequence[str]) -> Iterable[int]:
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


def _window(text: str, match_start: int, match_end: int) -> Span:
    """Return the passage from just before a match on, the match whole."""
    start = _start(text, match_start)
    end = _end(text, start)
    return start, end if end >= match_end else token_edge(text, match_end, forward=True)


def _start(text: str, match_start: int) -> int:
    """Return where a passage with a match begins: after punctuation near it, or just before it."""
    earliest = max(0, match_start - LEAD)
    if earliest == 0:
        return _first_character(text)
    for stop in (_sentence_stop, _stop):
        found = stop.search(text, earliest, match_start)
        while found:
            after = found.end()
            if not parts_token(text, after):
                return after
            found = stop.search(text, after, match_start)
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
    while stops and parts_token(text, stops[-1]):
        del stops[-1]
    return stops[-1] if stops else token_edge(text, end, forward=False)


def _first_character(text: str) -> int:
    return len(text) - len(text.lstrip())


def _cut(raw: str, folded: Folded, windows: Sequence[Span], matches: Matches) -> list[Snippet]:
    """Return each window of the folded text as a snippet of the original."""
    found = []
    end = 0
    offsets = folded.offsets
    for window in windows:
        shown = bisect_right(matches.ends, window[0]), bisect_left(matches.starts, window[1])
        spans = matches.spans(*shown)
        if offsets.edits:
            spans = joined(offsets.raw_spans(spans))
        first, last = offsets.raw_span(*window)
        start = max(first, end)  # a block of the map that two windows part is shown in the first
        text = raw[start:last].rstrip()
        end = start + len(text)
        text = text.lstrip()
        start = end - len(text)
        found.append(
            Snippet(
                text,
                start,
                _inside(spans, start, end),
                _dropped(offsets, Kind.GLOSS, start, end),
                _dropped(offsets, Kind.BREAK, start, end),
                cut_before=_visible(raw, 0, start) is not None,
                cut_after=_visible(raw, end) is not None,
            )
        )
    return found


def _dropped(offsets: Offsets, kind: Kind, start: int, end: int) -> list[Span]:
    return _inside(offsets.dropped(kind, start, end), start, end) if offsets.edits else []


def _inside(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
