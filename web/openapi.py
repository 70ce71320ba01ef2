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
_TEXT: Schema = {"type": "string"}
_HEADERS: dict[str, Any] = {
    "X-Request-Id": {
        "description": "what the request goes by in the log",
        "required": True,
        "schema": _TEXT,
    },
    "Cache-Control": {
        "description": "ask again each time: the index changes",
        "required": True,
        "schema": {"const": "no-cache"},
    },
}
_TIMED = {"Server-Timing": {"description": "milliseconds it took", "schema": _TEXT}}
_ETAG = {
    "ETag": {
        "description": "of the state of the index; send it as If-None-Match",
        "schema": _TEXT,
    }
}
_ALLOW = {"Allow": {"description": "the methods", "required": True, "schema": _TEXT}}
_WAIT = {
    "Retry-After": {
        "description": "seconds until it may ask again",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }
}
_LATE = {
    "Retry-After": {
        "description": "seconds until it may ask again, where that would help",
        "schema": {"type": "integer", "minimum": 1},
    }
}
# Status, what it says, and what headers besides those of every answer tell.
_REFUSALS: dict[int, tuple[str, dict[str, Any]]] = {
    400: ("A parameter is out of bounds, or nothing in the query can be searched.", _TIMED),
    404: ("There is no such article.", _TIMED),
    405: ("Only GET and HEAD are answered.", _ALLOW),
    429: ("The address asks too often.", {**_TIMED, **_WAIT}),
    503: (
        "The index cannot answer, as the log says, or the cluster that holds it "
        "(`cluster_unavailable`); too many ask at once; or the query would take longer than it may "
        "(`query_timeout`): ask for fewer and rarer words.",
        {**_TIMED, **_LATE},
    ),
}
_JSON = "application/json"


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
        "/api/search": _get(
            "search", "A page of results.", search, "Results", may=(400, 503), is_kept=True
        ),
        "/api/suggest": _get(
            "suggest",
            "Words, phrases and titles of the archive that the text may be the beginning of, in "
            "pinyin too; none while the first table of them is made.",
            [_query(False)],
            "Suggestions",
            may=(400, 503),
        ),
        "/api/doc/{id}": _get(
            "article",
            "An article whole, with the places of a query in it.",
            [_id(), _query(False), _expand()],
            "Article",
            may=(400, 404, 503),
            is_kept=True,
        ),
        "/api/doc/{id}/related": _get(
            "related",
            "Articles that are about the same.",
            [_id()],
            "Related",
            may=(404, 503),
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
            may=(400, 503),
            is_kept=True,
        ),
        "/healthz": _get(
            "health",
            "That the index answers, and how much it holds; as often as it is asked.",
            [],
            "Health",
            may=(503,),
            is_free=True,
        ),
        "/openapi.json": _get("openapi", "This description.", [], {"type": "object"}, is_kept=True),
        "/opensearch.xml": _get(
            "description",
            "What a browser needs to add the site as a search engine; refusals are pages.",
            [],
            _TEXT,
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
    may: Iterable[int] = (),
    kind: str = _JSON,
    is_kept: bool = False,
    is_free: bool = False,
) -> Operation:
    """Return the description of an address: what it takes, and each of its answers.

    `may` are the statuses it may refuse with besides those that are given before it looks at what
    it is asked; `is_kept` says that its answer is told by an ETag, `is_free` that it may be asked
    at any rate.
    """
    tag = _ETAG if is_kept else {}
    found = {
        "description": summary,
        "headers": {**_HEADERS, **_TIMED, **tag},
        "content": {kind: {"schema": _answer_schema(answer)}},
    }
    still = {"description": "The asker has it still.", "headers": {**_HEADERS, **_TIMED, **tag}}
    before = {405} if is_free else {405, 429, 503}
    refused = {str(one): _refusal(one, kind == _JSON) for one in sorted({*may, *before})}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {"200": found, **({"304": still} if is_kept else {}), **refused},
        }
    }


def _refusal(status: int, is_object: bool) -> Operation:
    """Return the description of an error, which is an object or, where a browser asks, a page."""
    description, headers = _REFUSALS[status]
    content = {_JSON: {"schema": named("Error")}} if is_object else {"text/html": {"schema": _TEXT}}
    return {
        "description": description,
        "headers": {**_HEADERS, **headers},
        "content": content,
    }


def _answer_schema(answer: str | list[str] | Schema) -> Schema:
    if isinstance(answer, str):
        return named(answer)
    return {"oneOf": [named(one) for one in answer]} if isinstance(answer, list) else answer


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
