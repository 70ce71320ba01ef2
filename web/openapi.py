"""The JSON interface described for programs: `/openapi.json`, OpenAPI 3.1.

Bounds and choices are those that the code itself uses. Whether a query holds anything that can be
searched, or a date is one, no schema can say: these are documented answers of 400.
"""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from typing import Any

from search.archive import FACETS, FIELDS, KINDS, MAX_LIMIT, MAX_QUERY, SORTS
from web.api_schemas import SCHEMAS, Schema, named
from web.limits import MAX_ANALYZED
from web.parameters import MAX_PER_PAGE

Operation = dict[str, Any]

_DESCRIPTION = (
    "Full-text search of an archive of Chinese articles. Only GET; texts are given as their authors"
    " wrote them, places in code points. Parameters that are not named here mean nothing."
)
_EMPTY: Schema = {"const": ""}
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_CUT = f"^({_YEAR}(-(0[1-9]|1[0-2]))?)?$"  # of a date, day and month may be left out
_HEADERS: dict[str, Any] = {
    "X-Request-Id": {
        "description": "what the request goes by in the log",
        "schema": {"type": "string"},
    },
    "Server-Timing": {"description": "milliseconds it took", "schema": {"type": "string"}},
}
_ETAG = {
    "ETag": {
        "description": "of the state of the index; send it as If-None-Match",
        "schema": {"type": "string"},
    }
}


@cache
def document(base: str) -> dict[str, Any]:
    """Return the whole description, of addresses below `base`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Xunwen 寻文",
            "version": version("xunwen"),
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base}],
        "paths": _paths(),
        "components": {"schemas": SCHEMAS},
    }


def _paths() -> dict[str, Any]:
    search = [_query(True), *_search_parameters()]
    return {
        "/api/search": _get("search", "A page of results.", search, "Results", is_kept=True),
        "/api/suggest": _get(
            "suggest",
            "Words, phrases and titles of the archive that the text may be the beginning of, in "
            "pinyin too; none while the first table of them is made.",
            [_query(False)],
            "Suggestions",
        ),
        "/api/doc/{id}": _get(
            "article",
            "An article whole, with the places of a query in it.",
            [_id(), _query(False), _expand()],
            "Article",
            can_miss=True,
            is_kept=True,
        ),
        "/api/doc/{id}/related": _get(
            "related",
            "Articles that are about the same.",
            [_id()],
            "Related",
            can_miss=True,
            is_kept=True,
        ),
        "/api/analyze": _get(
            "analyze",
            "How a text is folded and cut, or how a query is read: one of `text` and `query`.",
            [
                _parameter("text", _text(MAX_ANALYZED), "A text, such as 產業鏈."),
                _parameter("query", _text(MAX_QUERY), "A query, such as 長三角."),
                _expand(),
            ],
            ["TextAnalysis", "QueryAnalysis"],
            is_kept=True,
        ),
        "/healthz": _get("health", "That the index answers, and how much it holds.", [], "Health"),
        "/openapi.json": _get("openapi", "This description.", [], {"type": "object"}, is_kept=True),
        "/opensearch.xml": _get(
            "description",
            "What a browser needs to add the site as a search engine.",
            [],
            {"type": "string"},
            kind="application/opensearchdescription+xml",
            is_kept=True,
        ),
    }


def _get(
    name: str,
    summary: str,
    parameters: Iterable[Operation],
    answer: str | list[str] | Schema,
    *,
    kind: str = "application/json",
    can_miss: bool = False,
    is_kept: bool = False,
) -> Operation:
    """Return the description of an address: what it takes, and each of its answers.

    `can_miss` says that it may not be there, `is_kept` that it is told by an ETag.
    """
    found = {
        "description": summary,
        "headers": {**_HEADERS, **(_ETAG if is_kept else {})},
        "content": {kind: {"schema": _answer_schema(answer)}},
    }
    refused = {
        "400": _error("A parameter is out of bounds, or nothing in the query can be searched."),
        **({"404": _error("There is no such article.")} if can_miss else {}),
        "405": _error("Only GET and HEAD are answered."),
        "429": _error("The address asks too often; `Retry-After` says when to ask again."),
        "503": _error("The index cannot answer; the log says why."),
    }
    known = {"304": {"description": "The asker has it still."}} if is_kept else {}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {"200": found, **known, **refused},
        }
    }


def _answer_schema(answer: str | list[str] | Schema) -> Schema:
    if isinstance(answer, str):
        return named(answer)
    return {"oneOf": [named(one) for one in answer]} if isinstance(answer, list) else answer


def _error(description: str) -> Operation:
    return {
        "description": description,
        "headers": _HEADERS,
        "content": {"application/json": {"schema": named("Error")}},
    }


def _parameter(name: str, schema: Schema, description: str, **more: Any) -> Operation:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def _text(most: int) -> Schema:
    return {"type": "string", "maxLength": most}


def _id() -> Operation:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The id of an article, as hits have it; slashes may stay as they are.",
        "schema": {"type": "string", "minLength": 1},
        "examples": {"a file of the seeds": {"value": "seeds/000_414e468a296fc206.txt"}},
    }


def _query(is_required: bool) -> Operation:
    return _parameter(
        "q",
        _text(MAX_QUERY),
        'Words, "exact text", -without, a OR b, title:x, date:2024-01..2024-06, prefix*, fuzzy~.',
        required=is_required,
        examples={"words": {"value": "长三角 算力"}, "exact": {"value": "“联合招商”"}},
    )


def _expand() -> Operation:
    kinds = "|".join(KINDS)
    return _parameter(
        "expand",
        {"type": "string", "pattern": f"^([01]?|({kinds})(,({kinds}))*)$"},
        f"Which other words may stand for those of the query: some of {', '.join(KINDS)}, "
        "commas between; 0 for none.",
    )


def _switch(name: str, description: str) -> Operation:
    return _parameter(name, {"type": "string", "enum": ["", "0", "1"]}, description)


def _whole(name: str, most: int, description: str) -> Operation:
    bounds = {"type": "integer", "minimum": 1, "maximum": most}
    return _parameter(name, {"anyOf": [bounds, _EMPTY]}, description)


def _search_parameters() -> list[Operation]:
    date = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "pattern": _CUT}]}
    share = {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.01}
    return [
        _whole("page", MAX_LIMIT, f"From 1; no page reaches beyond hit {MAX_LIMIT:,}."),
        _whole("per_page", MAX_PER_PAGE, "Hits on a page [10]."),
        _parameter("sort", {"type": "string", "enum": ["", *SORTS]}, f"[{SORTS[0]}]"),
        _parameter("since", date, "From this date on: 2024, 2024-06 or 2024-06-28."),
        _parameter("until", date, "Up to this date, inclusive."),
        _parameter("field", {"type": "string", "enum": ["", *FIELDS]}, "Where to search [both]."),
        _parameter(
            "where",
            {"type": "array", "items": {"type": "string", "maxLength": MAX_QUERY}},
            "What articles must say of themselves, as name=value, such as author=余光中.",
            style="form",
            explode=True,
        ),
        _switch("fold", "0: each reprint is a hit of its own."),
        _expand(),
        _switch("relax", "0: nothing that lacks a word of the query."),
        _parameter(
            "facets",
            {"type": "string", "maxLength": MAX_QUERY},
            f"What to count by: some of {', '.join(FACETS)}, month and names of the metadata, "
            "commas between; 1 for the usual ones.",
            examples={"usual": {"value": "1"}, "some": {"value": "year,author"}},
        ),
        _switch("explain", "1: how the query was read and what scores are made of."),
        _parameter(
            "recency", {"anyOf": [share, _EMPTY]}, "How much more the newest articles score [0]."
        ),
    ]
