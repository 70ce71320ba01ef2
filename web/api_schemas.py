"""What the answers of the JSON interface hold, as JSON Schema: `openapi` puts them in its place.

Keys that are named are all there, unless they are optional; others may come, and mean nothing yet.
"""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
SPAN: Schema = {
    "type": "array",
    "description": "code points, end exclusive",
    "items": COUNT,
    "minItems": 2,
    "maxItems": 2,
}


def listed(item: Schema, description: str = "") -> Schema:
    """Return the schema of a list of items."""
    told = {"description": description} if description else {}
    return {"type": "array", "items": item, **told}


def one_of(values: list[str]) -> Schema:
    """Return the schema of one of some words."""
    return {"type": "string", "enum": values}


def record(fields: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of an object that has all `fields`, and may have the `optional` ones."""
    properties = {**fields, **(optional or {})}
    return {"type": "object", "properties": properties, "required": [*fields]}


def named(name: str) -> Schema:
    """Return the way to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def mapped(item: Schema) -> Schema:
    """Return the schema of an object whose keys are the archive's own."""
    return {"type": "object", "additionalProperties": item}


COPY = record({"id": TEXT, "source": TEXT})
SNIPPET = record({"text": TEXT, "start": COUNT, "spans": listed(SPAN, "marks inside `text`")})
CONTRIBUTION = record(
    {"term": TEXT, "kind": TEXT, "title_count": COUNT, "body_count": COUNT, "score": NUMBER}
)
HEADING: dict[str, Schema] = {
    "id": TEXT,
    "title": TEXT,
    "author": TEXT,
    "date": {"type": "string", "description": "ISO 8601, whole or cut, or empty"},
    "source": TEXT,
}
UNCOUNTED: Schema = {"type": ["integer", "null"], "description": "null where it is not counted"}
REASON_RELAXED = record({"word": TEXT, "without_it": COUNT})
HIT = record(
    {
        "rank": {"type": "integer", "minimum": 1},
        **HEADING,
        "title_spans": listed(SPAN, "marks inside `title`"),
        "score": NUMBER,
        "reading": one_of(["literal", "expanded", "relaxed"]),
        "copies": listed(COPY, "reprints that are folded into this hit"),
        "snippets": listed(named("Snippet"), "slices of the author's own text"),
    },
    {"explanation": listed(CONTRIBUTION, "with explain=1")},
)
EXPANSION = record({"from": TEXT, "to": TEXT, "kind": TEXT})
STEP = record(
    {
        "typed": TEXT,
        "folded": TEXT,
        "words": listed(TEXT),
        "kind": TEXT,
        "field": TEXT,
        "excluded": FLAG,
    }
)
QUERY = record(
    {
        "text": TEXT,
        "words": listed(record({"text": TEXT, "required": FLAG})),
        "notes": listed(TEXT, "what could not be used of the query"),
        "expansions": listed(EXPANSION, "what was searched as well"),
    },
    {"word_counts": mapped(COUNT), "explanation": record({"steps": listed(STEP)})},
)
RESULTS = record(
    {
        "total": COUNT,
        "total_exact": FLAG,
        "took_ms": NUMBER,
        "page": {"type": "integer", "minimum": 1},
        "per_page": {"type": "integer", "minimum": 1},
        "relaxed": {"type": "boolean", "description": "no article has all the words"},
        "hits": listed(named("Hit")),
        "query": QUERY,
        "facets": mapped(listed(record({"value": TEXT, "count": COUNT}))),
    },
    {"relaxed_reason": REASON_RELAXED, "did_you_mean": TEXT},
)
SUGGESTIONS = record(
    {
        "query": TEXT,
        "suggestions": listed(record({"text": TEXT, "kind": one_of(["word", "phrase", "title"])})),
    }
)
ARTICLE = record(
    {
        **HEADING,
        "title_spans": listed(SPAN),
        "metadata": mapped(TEXT),
        "body": {"type": "string", "description": "the author's own text, whole"},
        "spans": listed(SPAN, "places of the query inside `body`"),
        "glosses": listed(SPAN, "pinyin glosses, which folding passes over"),
        "breaks": listed(SPAN, "line ends that layout put inside a sentence"),
    }
)
RELATED = record(
    {
        "id": TEXT,
        "related": listed(
            record({"rank": {"type": "integer", "minimum": 1}, **HEADING, "score": NUMBER})
        ),
    }
)
TOKEN = {"term": TEXT, "start": COUNT, "end": COUNT, "position": COUNT, "raw": SPAN}
REASON = record({"start": COUNT, "end": COUNT, "reason": TEXT})
CHANGE = record(
    {"before": TEXT, "after": TEXT, "kinds": listed(TEXT), "count": COUNT, "first": COUNT}
)
TEXT_ANALYSIS = record(
    {
        "text": TEXT,
        "folded": TEXT,
        "glosses": listed(SPAN),
        "breaks": listed(SPAN),
        "damage": listed(REASON, "places that look broken, left as they are"),
        "words": listed(record({**TOKEN, "kind": TEXT})),
        "grams": listed(record(TOKEN)),
        "dropped": listed(REASON),
        "kept": listed(REASON),
        "joined": listed(REASON),
        "kept_breaks": listed(REASON),
        "wrapped": record({"columns": COUNT, "reason": TEXT}),
        "changes": listed(CHANGE, "what folding writes otherwise"),
    }
)
OTHER = record({"from": TEXT, "to": TEXT, "kind": TEXT, "articles": UNCOUNTED})
GRAM = record({"gram": TEXT, "offset": COUNT, "spaced": {"type": ["boolean", "null"]}})
PART = record(
    {
        "typed": TEXT,
        "folded": TEXT,
        "kind": TEXT,
        "field": TEXT,
        "excluded": FLAG,
        "left_out": {"type": "boolean", "description": "there was too much in the query"},
        "any_word": {"type": "boolean", "description": "not all words have to be there"},
        "articles": UNCOUNTED,
        "words": listed(record({"text": TEXT, "kind": TEXT, "articles": UNCOUNTED})),
        "looked_for": listed(
            record(
                {
                    "text": TEXT,
                    "decided": FLAG,
                    "rules": listed(TEXT),
                    "grams": listed(listed(GRAM), "parts of what is looked for, each of grams"),
                }
            )
        ),
        "expansions": listed(OTHER),
    },
    {"distance": COUNT, "edits": COUNT},
)
QUERY_ANALYSIS = record(
    {
        "query": TEXT,
        "read_as": TEXT,
        "notes": listed(TEXT),
        "index": record({"documents": UNCOUNTED, "problem": TEXT}),
        "total": UNCOUNTED,
        "asking": listed(TEXT, "words that only ask: articles need not hold them"),
        "expansions": listed(OTHER, "for several words together"),
        "parts": listed(PART),
    },
    {"relaxed_reason": REASON_RELAXED},
)
ERROR = record(
    {
        "error": record({"code": TEXT, "message": TEXT, "hint": TEXT}),
        "request_id": {"type": "string", "description": "as in X-Request-Id and in the log"},
    }
)
HEALTH = record({"status": one_of(["ok"]), "generation": TEXT, "articles": COUNT})

SCHEMAS: dict[str, Schema] = {
    "Results": RESULTS,
    "Hit": HIT,
    "Snippet": SNIPPET,
    "Suggestions": SUGGESTIONS,
    "Article": ARTICLE,
    "Related": RELATED,
    "TextAnalysis": TEXT_ANALYSIS,
    "QueryAnalysis": QUERY_ANALYSIS,
    "Health": HEALTH,
    "Error": ERROR,
}
