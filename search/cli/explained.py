"""Explanations in words: how a query was read, what a hit's score is made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from search.archive import Contribution, Explanation, Hit, Results, Step

_KINDS = {
    "exact": "exactly these characters",
    "original": "in these very characters",
    "prefix": "words that begin so",
    "fuzzy": "words spelt nearly so",
    "near": "near each other",
    "date": "dated so",
    "nothing": "nothing to search for",
}
_READINGS = {
    "expanded": "found by other words that stand for those of the query",
    "relaxed": "has some of the words only",
}


def query_lines(results: Results, explanation: Explanation) -> Iterator[str]:
    """Yield how a query was read: its parts, what stood for them, how often they are found."""
    yield "how the query was read:"
    for step in explanation.steps:
        yield f"  {_step(step)}"
    for one in results.expansions:
        yield f"  {one['from']}, or {one['to']} ({one['kind']})"
    if results.word_counts:
        yield f"  articles with: {counted(results.word_counts)}"


def counted(articles: Mapping[str, int]) -> str:
    """Return words with how many articles have each."""
    return ", ".join(f"{word} {count:,}" for word, count in articles.items())


def absent(results: Results) -> str:
    """Return which words are in no article, where that is why nothing is found; else nothing."""
    if results.total or not results.word_counts:
        return ""
    words = [word for word, count in results.word_counts.items() if not count]
    if words:
        return f"in no article: {', '.join(words)}"
    return f"no article has all of these: {counted(results.word_counts)}"


def hit_lines(hit: Hit) -> Iterator[str]:
    """Yield what each part added to a hit's score, and their sum."""
    for part in hit.contributions:
        yield f"{part.score:8.4f}  {_part(part)}"
    reading = f": {_READINGS[hit.reading]}" if hit.reading in _READINGS else ""
    yield f"{hit.score:8.4f}  in all{reading}"


def explanation_fields(explanation: Explanation | None) -> dict[str, Any]:
    """Return an explanation as it is printed; nothing where none was asked for."""
    return {"explanation": asdict(explanation)} if explanation else {}


def _step(step: Step) -> str:
    """Return one part of a query, as typed, folded and cut, each only where it is not the same."""
    ways: Sequence[str] = (step.typed, step.folded, " ".join(step.words))
    told = " → ".join(dict.fromkeys(way for way in ways if way))
    notes = asked_so(step.kind, step.field, step.excluded)
    return f"{told}  ({notes})" if notes else told


def asked_so(kind: str, field: str, excluded: bool) -> str:
    """Return what a part of a query asks for besides its words; nothing where that is all."""
    notes = [f"by {field}" if kind == "column" else _KINDS.get(kind, "")]
    notes.append(f"in the {field}" if field in ("title", "body") else "")
    notes.append("excluded" if excluded else "")
    return ", ".join(note for note in notes if note)


def _part(part: Contribution) -> str:
    where = f"  (title {part.title_count}, body {part.body_count})"
    match part.kind:
        case "gram" if len(part.term) > 1:
            return f"{part.term} side by side{where}"
        case "gram":
            return f"character {part.term}{where}"
        case "coverage":
            return f"for having {part.term} of the words, by weight"
        case "recency":
            return f"{part.term} more for its date"
        case _:
            return f"{part.kind} {part.term}{where}"
