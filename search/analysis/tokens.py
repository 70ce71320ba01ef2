"""Latin tokens of a folded text, and those of them that begin like a text or are much like it.

A token is what a reader takes for one word (docker-compose), each stretch of letters and digits in
it, and each stretch of only letters or only digits.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from search.analysis.literal import Literal
from search.analysis.runs import Script, alnums, runs, units
from search.deadline import checked_by_many
from search.text import Span
from search.text.characters import is_cjk

FEW_TEXTS = 4  # whose tokens are kept: each word of a query asks for those of one text in turn


def tokens(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield each token of `folded` with its start and end; those in another are told as well.

    >>> [token for token, _, _ in tokens("用docker-c5")]
    ['docker-c5', 'docker', 'c5', 'docker', 'c', '5']
    """
    for run in checked_by_many(runs(folded)):
        if run.script is Script.LATIN:
            for part in chain([None], alnums(run.text), units(run.text)):
                text, start = (run.text, 0) if part is None else (part.text, part.start)
                yield text, run.start + start, run.start + start + len(text)


def is_latin(text: str) -> bool:
    """Return whether `text` has nothing that is written without spaces: Han, kana or Hangul."""
    return not any(map(is_cjk, text))


def is_token(text: str) -> bool:
    """Return whether folded `text` is one token, as `tokens` tells them.

    >>> is_token("docker-c5"), is_token("new york"), is_token("卡拉ok")
    (True, False, False)
    """
    return any(token == text for token, _, _ in tokens(text))


def beginning_so(folded: str, prefix: str) -> list[Span]:
    """Return the tokens that begin with `prefix`; with Han in it, wherever it stands as text."""
    if not is_latin(prefix):
        return Literal.of(prefix).spans(folded)
    if not prefix or prefix not in folded:
        return []
    rows = _by_text(folded)
    found = []
    for token, start, end in rows[bisect_left(rows, (prefix, -1, -1)) :]:
        if not token.startswith(prefix):
            break
        found.append((start, end))
    return sorted(found, key=lambda span: (span[0], -span[1]))


def much_alike(folded: str, text: str, edits: int) -> list[Span]:
    """Return the tokens that so many edits make `text` of; see `distance`."""
    if not is_latin(text):
        return Literal.of(text).spans(folded)
    known: dict[str, bool] = {}
    found = []
    for token, start, end in checked_by_many(_in_order(folded)):
        if token not in known:
            known[token] = distance(token, text, edits) <= edits
        if known[token]:
            found.append((start, end))
    return found


@lru_cache(FEW_TEXTS)
def _in_order(folded: str) -> Sequence[tuple[str, int, int]]:
    """Return the tokens of a text, told once however many of a query's words ask for them."""
    return list(tokens(folded))


@lru_cache(FEW_TEXTS)
def _by_text(folded: str) -> Sequence[tuple[str, int, int]]:
    return sorted(_in_order(folded))


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters added, left out, changed or swapped with the next part two texts.

    No letter is edited twice. Of more than `most` edits only that they are more is told.

    >>> distance("kuberentes", "kubernetes", 2), distance("gti", "gist", 1)
    (1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for to, other_letter in enumerate(other, start=1):
            cost = min(before[to - 1] + (letter != other_letter), before[to] + 1, row[-1] + 1)
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == other_letter:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) > most and (not before or min(before) > most):
            return most + 1
    return min(row[-1], most + 1)
