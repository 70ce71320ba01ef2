"""Explanations in words: how a query was read, what a hit's score is made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from search.archive import Contribution, Explanation, Hit, Results, Step
from search.cli.speech import spoken, tell
from search.messages import message

_KINDS = {
    "exact": message("exactly these characters"),
    "original": message("in these very characters"),
    "prefix": message("words that begin so"),
    "fuzzy": message("words spelt nearly so"),
    "near": message("near each other"),
    "date": message("dated so"),
    "nothing": message("nothing to search for"),
}
_PLACES = {"title": message("in the title"), "body": message("in the body")}
_READINGS = {
    "expanded": message("found by other words that stand for those of the query"),
    "relaxed": message("has some of the words only"),
}


def query_lines(results: Results, explanation: Explanation) -> Iterator[str]:
    """Yield how a query was read: its parts, what stood for them, how often they are found."""
    yield tell("how the query was read:")
    for step in explanation.steps:
        yield f"  {_step(step)}"
    for one in results.expansions:
        either = tell("{one}, or {other}", one=one["from"], other=one["to"])
        yield f"  {either} ({spoken(one['kind'])})"
    if results.word_counts:
        yield "  " + tell("articles with: {words}", words=counted(results.word_counts))


def counted(articles: Mapping[str, int]) -> str:
    """Return words with how many articles have each."""
    return ", ".join(f"{word} {count:,}" for word, count in articles.items())


def absent(results: Results) -> str:
    """Return which words are in no article, where that is why nothing is found; else nothing."""
    if results.total or not results.word_counts:
        return ""
    words = [word for word, count in results.word_counts.items() if not count]
    if words:
        return tell("in no article: {words}", words=", ".join(words))
    return tell("no article has all of these: {words}", words=counted(results.word_counts))


def hit_lines(hit: Hit) -> Iterator[str]:
    """Yield what each part added to a hit's score, and their sum."""
    for part in hit.contributions:
        yield f"{part.score:8.4f}  {_part(part)}"
    reading = f": {spoken(_READINGS[hit.reading])}" if hit.reading in _READINGS else ""
    yield f"{hit.score:8.4f}  {tell('in all')}{reading}"


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
    notes = [tell("by {field}", field=field) if kind == "column" else spoken(_KINDS.get(kind, ""))]
    notes.append(spoken(_PLACES.get(field, "")))
    notes.append(tell("excluded") if excluded else "")
    return spoken(", ").join(note for note in notes if note)


def _part(part: Contribution) -> str:
    counts = {"title": part.title_count, "body": part.body_count}
    where = "  " + tell("(title {title}, body {body})", **counts)
    match part.kind:
        case "gram" if len(part.term) > 1:
            return tell("{term} side by side", term=part.term) + where
        case "gram":
            return tell("character {term}", term=part.term) + where
        case "coverage":
            return tell("for having {term} of the words, by weight", term=part.term)
        case "recency":
            return tell("{term} more for its date", term=part.term)
        case _:
            return tell("{kind} {term}", kind=message(part.kind), term=part.term) + where
