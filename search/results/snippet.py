"""Passages of a body that show the query best, cut where a reader would cut them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from search.results.highlight import Match
from search.results.hit import Marked, Snippet
from search.text import Folded, Span

SNIPPET_CHARACTERS = 80  # of folded text: glosses do not count
MOST_SNIPPETS = 3
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
        return _cut(raw, folded, [(_first_character(text), _end(text, 0))], matches)
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
    for at, match in enumerate(matches):
        start = _start(text, match.start)
        end = max(_end(text, start), match.end)
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
        found = stop.search(text, earliest, match_start)
        if found:
            return found.end()
    return _not_inside_token(text, earliest, forward=True)


def _end(text: str, start: int) -> int:
    """Return where a passage from `start` on ends: with its paragraph, or at punctuation."""
    end = start + SNIPPET_CHARACTERS
    if end >= len(text):
        return len(text)
    line_end = text.find("\n", start + SHORTEST, end)
    if line_end >= 0:
        return line_end
    stops = list(_stop.finditer(text, end - TAIL, end + 1))
    if stops:
        return stops[-1].end()
    return _not_inside_token(text, end, forward=False)


def _not_inside_token(text: str, at: int, forward: bool) -> int:
    """Return the nearest place from `at` on, or back, that does not part letters and digits."""
    moved = at
    step = 1 if forward else -1
    while 0 < moved < len(text) and _is_alnum(text[moved - 1]) and _is_alnum(text[moved]):
        moved += step
        if abs(moved - at) > SNIPPET_CHARACTERS:  # no word: a key or an address without end
            return at
    return moved


def _is_alnum(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _first_character(text: str) -> int:
    return len(text) - len(text.lstrip())


def _cut(
    raw: str, folded: Folded, windows: Sequence[Span], matches: Sequence[Match]
) -> list[Snippet]:
    """Return each window of the folded text as a snippet of the original."""
    spans = joined(folded.offsets.raw_spans((match.start, match.end) for match in matches))
    found = []
    for window in windows:
        start, end = folded.offsets.raw_span(*window)
        text = raw[start:end]
        bare = len(text.rstrip())
        found.append(
            Snippet(
                text[:bare],
                start,
                _inside(spans, start, start + bare),
                _inside(folded.glosses, start, start + bare),
                _inside(folded.breaks, start, start + bare),
            )
        )
    return found


def _inside(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    return [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
