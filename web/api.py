"""The JSON interface: searches, articles, suggestions, analyses, and `/healthz` for who watches.

Only what an article says of itself leaves here: never a path of this machine.
"""

from dataclasses import asdict
from typing import Any

from flask import Response, request

from search.archive import Article, Hit, IndexMissingError, Results, Snippet, message
from search.archive.analysis_fields import query_fields, text_fields
from web.limits import MAX_ANALYZED
from web.openapi import document
from web.pages import ask_archive
from web.parameters import PageRequest, ParameterError, read_request
from web.site import address, current_archive
from web.tellings import TELLINGS
from web.text_json import answer_json


def api_search() -> Response:
    """Return a page of results as JSON."""
    asked = read_request(request.args)
    return answer_json(_answer(asked, ask_archive(asked, asked.facets)))


def api_suggest() -> Response:
    """Return what `q` may be the beginning of; nothing while the first table of it is made."""
    text = request.args.get("q", "")
    found = current_archive().suggest(text, wait=False)
    return answer_json({"query": text, "suggestions": list(map(asdict, found))})


def api_article(article_id: str) -> Response:
    """Return one article whole, with the places of `q` in its title and body."""
    asked = read_request(request.args)
    found = current_archive().article(
        article_id, asked.query.strip() and asked.query, expand=asked.kinds
    )
    return answer_json(_article(found))


def api_analyze() -> Response:
    """Return how `text` is folded and cut, or how `query` is read, step by step."""
    text, query = request.args.get("text", ""), request.args.get("query", "")
    if bool(text) == bool(query):
        raise ParameterError(
            message("cannot analyze: there is no text, or a query beside it"),
            message("use text=產業鏈, or query=長三角"),
        )
    if query:
        kinds = read_request(request.args).kinds
        found = query_fields(current_archive().analyze(query, expand=kinds))
        if found["index"]["problem"]:  # which names a folder of this machine
            found["index"]["problem"] = TELLINGS[IndexMissingError].message
        return answer_json(found)
    if len(text) > MAX_ANALYZED:
        raise ParameterError(
            message(
                "cannot analyze {count:,} characters: at most {most:,} are allowed",
                count=len(text),
                most=MAX_ANALYZED,
            ),
            message("use 'search analyze -' for a whole article"),
        )
    return answer_json(text_fields(current_archive().analyze_text(text)))


def api_related(article_id: str) -> Response:
    """Return the articles that are about the same as one."""
    hits = current_archive().related(article_id)
    return answer_json({"id": article_id, "related": list(map(_related, hits))})


def api_description() -> Response:
    """Return the description of the JSON interface, as OpenAPI has it."""
    return answer_json(document(address("home").rstrip("/") or "/"))


def healthz() -> Response:
    """Return that the index answers, which generation it is and how many articles it holds."""
    size = current_archive().size()
    return answer_json({"status": "ok", "generation": size.generation, "articles": size.articles})


def _answer(asked: PageRequest, results: Results) -> dict[str, Any]:
    reason = results.relaxed_reason
    return {
        "total": results.total,
        "total_exact": results.total_exact,
        "took_ms": round(results.took_ms, 3),
        "page": asked.page,
        "per_page": asked.per_page,
        "relaxed": results.relaxed,
        **({"relaxed_reason": asdict(reason)} if reason else {}),
        **({"did_you_mean": results.did_you_mean} if results.did_you_mean else {}),
        "hits": [_hit(hit, results.explanation is not None) for hit in results.hits],
        "query": _query(results),
        "facets": {
            name: [{"value": value, "count": count} for value, count in rows]
            for name, rows in results.facets.items()
        },
    }


def _query(results: Results) -> dict[str, Any]:
    explanation = results.explanation
    return {
        "text": results.query,
        "words": [{"text": word.text, "required": word.required} for word in results.words],
        "notes": list(results.notes),
        "expansions": [dict(expansion) for expansion in results.expansions],
        **({"word_counts": dict(results.word_counts)} if results.word_counts else {}),
        **({"explanation": asdict(explanation)} if explanation else {}),
    }


def _hit(hit: Hit, explained: bool) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "id": hit.id,
        "title": hit.title,
        "title_spans": [list(span) for span in hit.title_spans],
        "author": hit.author,
        "date": hit.date,
        "source": hit.source,
        "score": hit.score,
        "reading": hit.reading,
        "copies": [dict(copy) for copy in hit.copies],
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        **({"explanation": list(map(asdict, hit.contributions))} if explained else {}),
    }


def _article(found: Article) -> dict[str, Any]:
    title, body = found.title, found.body
    return {
        "id": found.id,
        "title": title.text,
        "title_spans": [list(span) for span in title.spans],
        "author": found.author,
        "date": found.date,
        "source": found.source,
        "metadata": dict(found.metadata),
        "body": body.text,
        "spans": [list(span) for span in body.spans],
        "glosses": [list(span) for span in body.glosses],
        "breaks": [list(span) for span in body.breaks],
    }


def _related(hit: Hit) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "id": hit.id,
        "title": hit.title,
        "author": hit.author,
        "date": hit.date,
        "source": hit.source,
        "score": hit.score,
    }


def _snippet(snippet: Snippet) -> dict[str, Any]:
    spans = [list(span) for span in snippet.spans]
    return {"text": snippet.text, "start": snippet.start, "spans": spans}
