"""Whether one text, or one article, answers a leaf of the query tree: plainly, every way tried."""

import re
from functools import cache
from itertools import pairwise, product

from search.analysis import AnalyzedDocument, AnalyzedText, Literal
from search.analysis.runs import elements
from search.text import fold
from search.text.characters import CJK
from search.text.script import only_simplified, only_traditional

FORMATS = {"htm": "html", "xhtml": "html", "markdown": "md", "ndjson": "jsonl", "text": "txt"}


def begins(text: AnalyzedText, prefix: str) -> bool:
    """Return whether a token begins so."""
    if re.search(f"[{CJK}]", prefix):
        return Literal.of(prefix).is_in(text.folded.text)
    return any(term.startswith(prefix) for term in {*text.words, *text.grams})


def is_alike(text: AnalyzedText, token: str, edits: int) -> bool:
    """Return whether so many edits make `token` of a token of the text."""
    if re.search(f"[{CJK}]", token):
        return Literal.of(token).is_in(text.folded.text)
    return any(distance(term, token) <= edits for term in text.words)


@cache
def distance(one: str, other: str) -> int:
    """Return Damerau's distance without editing a letter twice, by its definition."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        distance(one[:-1], other) + 1,
        distance(one, other[:-1]) + 1,
        distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-1] + other[-2]:
        ways.append(distance(one[:-2], other[:-2]) + 1)
    return min(ways)


def are_near(parts: list[str], most: int, text: AnalyzedText) -> bool:
    """Return whether the parts stand near: all places of all of them tried."""
    folded = text.folded.text
    numbers = ordinals(folded)
    places = []
    for part in parts:
        literal = Literal.of(part)
        spans = {
            (start, end)
            for start in range(len(folded))
            for end in range(start + 1, len(folded) + 1)
            if is_at(literal, folded, start, end)
        }
        places.append([[n for at, n in numbers.items() if s <= at < e] for s, e in spans])
    for chosen in product(*places):
        order = sorted(chosen)
        gaps = [after[0] - before[-1] - 1 for before, after in pairwise(order)]
        if all(gap >= 0 for gap in gaps) and sum(gaps) <= most:
            return True
    return False


def is_at(literal: Literal, folded: str, start: int, end: int) -> bool:
    """Return whether a literal stands at a place, whatever of it stands elsewhere."""
    match = literal._pattern.search(folded, start)
    return bool(match and match.span("found") == (start, end))


def ordinals(folded: str) -> dict[int, int]:
    """Return the number of the element that begins at each place.

    Where more than spaces part two, or spaces part two Han characters, a number is left out.
    """
    found: dict[int, int] = {}
    end, number, was_cjk = 0, -1, False
    for stretch, start, is_cjk in elements(folded):
        for at, piece in enumerate(stretch if is_cjk else [stretch]):
            gap = folded[end : start + at]
            number += (
                1 if re.fullmatch(r"[^\S\n]*", gap) and not (gap and is_cjk and was_cjk) else 2
            )
            found[start + at] = number
            end, was_cjk = start + at + len(piece), is_cjk
    return found


def is_original(typed: str, folded: str, raw: str) -> bool:
    """Return whether the author wrote it so: every part of the text without its glosses tried."""
    whole = fold(raw)
    dropped = sorted(whole.glosses + whole.breaks)
    for start, end in reversed(dropped):
        raw = raw[:start] + raw[end:]
    wanted = "".join(fold_free(typed).split())
    return any(
        "".join(raw[start:end].split()) == wanted
        and Literal.of(folded).is_in(fold(raw[max(start - 3, 0) : end + 3]).text)
        for start in range(len(raw))
        for end in range(start + 1, min(len(raw), start + 3 * len(typed) + 3) + 1)
    )


def fold_free(typed: str) -> str:
    """Return what was typed without glosses."""
    for start, end in reversed(fold(typed).glosses):
        typed = typed[:start] + typed[end:]
    return typed


def is_dated(date: str, since: str, until: str) -> bool:
    """Return whether a date, whole or cut, can be of these days."""
    if not since and not until:
        return True
    first, last = (date + rest[len(date) :] for rest in ("0000-00-00", "9999-99-99"))
    return (
        bool(date) and last >= since and (not until or first <= until + "9999-99-99"[len(until) :])
    )


def is_held(article: AnalyzedDocument, name: str, value: str) -> bool:
    """Return whether an article has a value in a column, however it is written."""
    held = value_of(article, name)
    if name == "source":
        path, value = fold(held).text, fold(value.strip("/")).text
        return bool(held) and (path == value or path.startswith(value + "/"))
    if name == "format":
        value = FORMATS.get(value.lower().lstrip("."), value.lower().lstrip("."))
    return bool(held) and fold(held).text == fold(value).text


def value_of(article: AnalyzedDocument, name: str) -> str:
    """Return the value of an article in a column, or nothing."""
    document = article.document
    file = document.source.rpartition("/")[2].lower().removesuffix(".gz").removesuffix(".xz")
    suffix = file.rpartition(".")[2] if "." in file else ""
    known = {
        "author": document.author,
        "source": document.source,
        "folder": document.source.rpartition("/")[0],
        "format": FORMATS.get(suffix, suffix),
        "year": document.date[:4],
        "script": script_of(document.body),
    }
    return known.get(name, document.metadata.get(name, ""))


def script_of(body: str) -> str:
    """Return the script of a body."""
    traditional = sum(character in only_traditional() for character in body)
    simplified = sum(character in only_simplified() for character in body)
    if not traditional + simplified:
        return "other"
    if 10 * min(traditional, simplified) >= traditional + simplified:
        return "mixed"
    return "traditional" if traditional > simplified else "simplified"
