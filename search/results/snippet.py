"""Passages of a body that show the query best, cut where a reader would cut them."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from search.results.edges import parts_token, token_edge
from search.results.highlight import Match
from search.results.hit import Marked, Snippet
from search.text import Folded, Span

SNIPPET_CHARACTERS = 80  # of folded text: glosses do not count
MOST_SNIPPETS = 2
MOST_PLACES = 200  # of one string that are weighed; a book may hold 的 ten thousand times
LEAD = 24  # a passage begins at most this far before its first match
SHORTEST = 40  # from here on it ends with the paragraph
TAIL = 16  # and is cut at punctuation if there is some this close to its end

_stop = re.compile(r"[。！？!?；;…，,、：:\n]\s*")
_sentence_stop = re.compile(r"[。！？!?；;\n]\s*")


def snippets(raw: str, folded: Folded, matches: Sequence[Match]) -> list[Snippet]:
    """Return the passages with most of the query, in the order of the text, as slices of `raw`.

    Without a match it is the beginning of the text.
    """
    text = folded.text
    if not matches:
        start = _first_character(text)
        return _cut(raw, folded, [(start, _end(text, start))], matches)
    windows: list[Span] = []
    for start, end, _ in sorted(_windows(text, matches), key=lambda w: (-w[2], w[0])):
        if len(windows) == MOST_SNIPPETS:
            break
        if all(end <= other[0] or start >= other[1] for other in windows):
            windows.append((start, end))
    return _cut(raw, folded, sorted(windows), matches)


def mark(raw: str, folded: Folded, matches: Sequence[Match]) -> Marked:
    """Return the whole of `raw` with the matches of its folded form mapped back."""
    spans = folded.offsets.raw_spans((match.start, match.end) for match in matches)
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


def _windows(text: str, matches: Sequence[Match]) -> list[tuple[int, int, float]]:
    """Return a window from each match on, with its worth: distinct strings first, then all."""
    found: list[tuple[int, int, float]] = []
    ends = [match.end for match in matches]
    seen: Counter[str] = Counter()
    for at, match in enumerate(matches):
        seen[match.text] += 1
        if seen[match.text] > MOST_PLACES:
            continue
        start = _start(text, match.start)
        end = _end(text, start)
        if end < match.end:
            end = token_edge(text, match.end, forward=True)
        first, last = bisect_left(ends, start + 1), at
        while last < len(matches) and matches[last].end <= end:
            last += 1
        inside = matches[first:last]
        covered = sum(m.end - m.start for m in inside)
        worth = 100.0 * len({m.text for m in inside}) + covered
        found.append((start, end, worth))
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


def _cut(
    raw: str, folded: Folded, windows: Sequence[Span], matches: Sequence[Match]
) -> list[Snippet]:
    """Return each window of the folded text as a snippet of the original."""
    found = []
    end = 0
    for window in windows:
        shown = [m for m in matches if m.start < window[1] and m.end > window[0]]
        spans = joined(folded.offsets.raw_spans((match.start, match.end) for match in shown))
        first, last = folded.offsets.raw_span(*window)
        start = max(first, end)  # a block of the map that two windows part is shown in the first
        end = start + len(raw[start:last].rstrip())
        start = end - len(raw[start:end].lstrip())
        found.append(
            Snippet(
                raw[start:end],
                start,
                _inside(spans, start, end),
                _inside(folded.glosses, start, end),
                _inside(folded.breaks, start, end),
                cut_before=not _is_blank(raw, 0, start),
                cut_after=not _is_blank(raw, end, len(raw)),
            )
        )
    return found


def _is_blank(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip()


def _inside(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
