"""Analyses of texts and queries as JSON has them, for `search analyze --json` and the API."""

from dataclasses import asdict
from typing import Any

from search.analysis import Token
from search.archive.query_analysis import OtherText, QueryAnalysis, QueryPart
from search.archive.text_analysis import TextAnalysis


def text_fields(found: TextAnalysis) -> dict[str, Any]:
    """Return the analysis of a text as it is printed."""
    reasons = found.reasons
    return {
        "text": found.text,
        "folded": found.folded.text,
        "glosses": [(place.start, place.end) for place in reasons.dropped],
        "breaks": [(place.start, place.end) for place in reasons.joined],
        "damage": [asdict(place) for place in found.damage],
        "words": [{**_token(token, found), "kind": kind} for token, kind in found.words],
        "grams": [_token(token, found) for token in found.grams],
        "dropped": [asdict(place) for place in reasons.dropped],
        "kept": [asdict(place) for place in reasons.kept],
        "joined": [asdict(place) for place in reasons.joined],
        "kept_breaks": [asdict(place) for place in reasons.breaks],
        "wrapped": {"columns": reasons.columns, "reason": reasons.not_wrapped},
        "changes": [asdict(change) for change in reasons.changes],
    }


def _token(token: Token, found: TextAnalysis) -> dict[str, Any]:
    """Return a token with its places: in the folded text, and as `raw` in the text given."""
    return {
        "term": token.term,
        "start": token.start,
        "end": token.end,
        "position": token.position,
        "raw": found.folded.offsets.raw_span(token.start, token.end),
    }


def query_fields(found: QueryAnalysis) -> dict[str, Any]:
    """Return the analysis of a query as it is printed."""
    return {
        "query": found.query,
        "read_as": found.read_as,
        "notes": list(found.notes),
        "index": {"documents": found.documents, "problem": found.problem},
        "total": found.total,
        **({"relaxed_reason": asdict(found.relaxed_reason)} if found.relaxed_reason else {}),
        "asking": list(found.asking),
        "expansions": list(map(_other_fields, found.together)),
        "parts": list(map(_part_fields, found.parts)),
    }


def _other_fields(one: OtherText) -> dict[str, Any]:
    return {"from": one.of, "to": one.text, "kind": one.kind, "articles": one.articles}


def _part_fields(part: QueryPart) -> dict[str, Any]:
    return {
        "typed": part.typed,
        "folded": part.folded,
        "kind": part.kind,
        "field": part.field,
        "excluded": part.excluded,
        "left_out": part.left_out,
        "any_word": part.any_word,
        "articles": part.articles,
        "words": [asdict(word) for word in part.words],
        "looked_for": [
            {
                "text": one.text,
                "decided": one.decided,
                "rules": list(one.rules),
                "grams": [[asdict(step) for step in steps] for steps in one.grams.parts],
            }
            for one in part.looked_for
        ],
        "expansions": list(map(_other_fields, part.others)),
        **({"distance": part.distance} if part.distance is not None else {}),
        **({"edits": part.edits} if part.edits is not None else {}),
    }
