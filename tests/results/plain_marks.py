"""Matches and snippets worked out plainly, each match and each window looked at: the slow twins.

Shared with the code under test are `Literal`, the moving on to a `token_edge`, and the numbers.
"""

import re

from search.query import Node, Run, wanted
from search.results import Snippet
from search.results.edges import token_edge
from search.results.snippet import (
    LEAD,
    MOST_PLACES,
    MOST_SNIPPETS,
    SHORTEST,
    SNIPPET_CHARACTERS,
    TAIL,
    joined,
)
from search.text import Folded
from search.text.characters import DIGIT, LETTER, MARKS

Row = tuple[int, int, str]  # start, end, string


_PART = rf"(?:{LETTER}|{DIGIT}|[{MARKS}])"
_within = re.compile(
    rf"{_PART}:{_PART}|{_PART}:[+#]|\+:\+|#:#|{DIGIT},:{DIGIT}|{DIGIT}:,{DIGIT}"
    rf"|{_PART}[.\-_+&/@'’·:#*]:{_PART}|{_PART}:[.\-_+&/@'’·:#*]{_PART}"
)


def plain_parts_token(text: str, at: int) -> bool:
    """Return whether a cut before `at` parts what is read as one, the cut written as a colon."""
    near = range(max(0, at - 2), at)
    return any(
        _within.fullmatch(f"{text[first:at]}:{text[at:last]}")
        for first in near
        for last in (at + 1, at + 2)
        if last <= len(text)
    )


def plain_matches(tree: Node | None, folded: str) -> list[Row]:
    """Return what is marked, in order."""
    leaves = wanted(tree) if tree is not None else []
    wholes = [leaf.whole for leaf in leaves]
    signs = [w for w in wholes if not w.searchable]
    wholes = [w for w in wholes if w not in signs]
    wholes = [w for w in wholes if len(w.text) > 1] or wholes
    wholes += signs
    words = [w for leaf in leaves if isinstance(leaf, Run) for w in leaf.literals]
    words = [w for w in words if w not in wholes]
    found = [(*span, w.text) for w in {*wholes, *words} for span in w.spans(folded)]
    longer = [row for row in found if len(row[2]) > 1 or row[2] in [w.text for w in wholes]]
    kept: list[Row] = []
    for start, end, text in sorted(longer, key=lambda row: (row[0], -row[1])):
        if not kept or end > kept[-1][1]:
            kept.append((max([start] + [row[1] for row in kept[-1:]]), end, text))
    marked = {at for start, end, _ in kept for at in range(start, end)}
    lone = {row[0]: row[2] for row in found if row not in longer and row[0] not in marked}
    edges = {at for start, end, _ in kept for at in (start, end)}
    for at in lone:
        first = last = at
        while first - 1 in lone:
            first -= 1
        while last + 1 in lone:
            last += 1
        kinds = {lone[other] for other in range(first, last + 1)}
        if first in edges or last + 1 in edges or len(kinds) > 1:
            kept.append((at, at + 1, lone[at]))
    return sorted(kept)


def plain_snippets(raw: str, folded: Folded, matches: list[Row]) -> list[Snippet]:
    """Return the passages of a body with most of the query: all windows made, then the best two."""
    text = folded.text
    if not matches:
        start = len(text) - len(text.lstrip())
        return _cut(raw, folded, [(start, _end(text, start))], matches)
    windows: list[tuple[int, int]] = []
    for start, end, _ in sorted(_windows(text, matches), key=lambda w: (-w[2], w[0])):
        if len(windows) == MOST_SNIPPETS:
            break
        if all(end <= other[0] or start >= other[1] for other in windows):
            windows.append((start, end))
    return _cut(raw, folded, sorted(windows), matches)


def _windows(text: str, matches: list[Row]) -> list[tuple[int, int, int]]:
    found = []
    for at, (match_start, match_end, string) in enumerate(matches):
        if sum(row[2] == string for row in matches[:at]) >= MOST_PLACES:
            continue
        start = _start(text, match_start)
        end = _end(text, start)
        if end < match_end:
            end = token_edge(text, match_end, forward=True)
        inside = [row for row in matches if row[1] > start and row[1] <= end]
        worth = 100 * len({row[2] for row in inside}) + sum(row[1] - row[0] for row in inside)
        found.append((start, end, worth))
    return found


def _start(text: str, match_start: int) -> int:
    earliest = max(0, match_start - LEAD)
    if earliest == 0:
        return len(text) - len(text.lstrip())
    for stop in (r"[。！？!?；;\n]\s*", r"[。！？!?；;…，,、：:\n]\s*"):
        for found in re.compile(stop).finditer(text, earliest, match_start):
            if not plain_parts_token(text, found.end()):
                return found.end()
    start = token_edge(text, earliest, forward=True)
    return start if start <= match_start else token_edge(text, match_start, forward=False)


def _end(text: str, start: int) -> int:
    end = start + SNIPPET_CHARACTERS
    if end >= len(text):
        return len(text)
    line_end = text.find("\n", start + SHORTEST, end)
    if line_end >= 0:
        return line_end
    stops = re.compile(r"[。！？!?；;…，,、：:\n]\s*").finditer(text, end - TAIL, end + 1)
    whole = [stop.end() for stop in stops if not plain_parts_token(text, stop.end())]
    return whole[-1] if whole else token_edge(text, end, forward=False)


def _cut(
    raw: str, folded: Folded, windows: list[tuple[int, int]], matches: list[Row]
) -> list[Snippet]:
    found = []
    end = 0
    for window in windows:
        shown = [row[:2] for row in matches if row[0] < window[1] and row[1] > window[0]]
        spans = joined([folded.offsets.raw_span(*span) for span in shown])
        first, last = folded.offsets.raw_span(*window)
        start = max(first, end)
        end = start + len(raw[start:last].rstrip())
        start = end - len(raw[start:end].lstrip())
        of_it = [
            [(max(s, start) - start, min(e, end) - start) for s, e in all_ if s < end and e > start]
            for all_ in (spans, folded.glosses, folded.breaks)
        ]
        before, after = bool(raw[:start].strip()), bool(raw[end:].strip())
        found.append(Snippet(raw[start:end], start, *of_it, cut_before=before, cut_after=after))
    return found
