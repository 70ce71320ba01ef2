"""The pages a reader sees: home, results, article, help."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

from flask import Response, abort, make_response, redirect, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from search.archive import FACETS, Results
from web.article_view import lay_out
from web.dates import date_ranges, named_range
from web.drawing import draw_page, draw_text
from web.facets import offered
from web.long_articles import cut_out, part_of
from web.paging import paginate
from web.parameters import PageRequest, read_request
from web.ranges import read_range
from web.site import address, current_archive, current_site
from web.timeline import MOST_COUNTED, timeline

NEWEST = 5  # articles shown on the home page, and where nothing is found
_unfit = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff/\\]")
COUNTED = {**dict.fromkeys(FACETS, 10), "year": MOST_COUNTED, "month": MOST_COUNTED}


def ask_archive(
    asked: PageRequest, facets: Sequence[str], facet_values: int | Mapping[str, int] = 10
) -> Results:
    """Return the archive's answer to `asked`, the hits of its page only, counted by `facets`."""
    return current_archive().search(
        asked.query,
        limit=asked.per_page,
        offset=asked.offset,
        sort=asked.sort,
        since=asked.since,
        until=asked.until,
        fields=asked.fields,
        where=asked.filters,
        fold=asked.fold != "0",
        expand=asked.kinds,
        relax=asked.relax != "0",
        facets=facets,
        facet_values=facet_values,
        explain=asked.explain == "1",
        recency=asked.recency,
    )


def home() -> Response:
    """Return the home page: the search box, the archive's size, its newest articles, examples."""
    archive = current_archive()
    return draw_page(
        "home.html",
        asked=PageRequest(""),
        archive=archive.size(),
        examples=archive.examples(),
        newest=archive.newest(NEWEST),
    )


def description() -> Response:
    """Return what a browser needs to know to add the site as a search engine."""
    response = make_response(draw_text("opensearch.xml", home=address("home", _external=True)))
    response.content_type = "application/opensearchdescription+xml; charset=utf-8"
    return response


def guide() -> Response:
    """Return how to search, and what the keys do."""
    return draw_page("guide.html", asked=PageRequest(""))


def search() -> AnyResponse:
    """Return a page of results; without a query, the way to the home page."""
    asked = read_request(request.args)
    if not asked.query.strip():
        return redirect(address("home", **language_asked()))
    results = ask_archive(asked, tuple(COUNTED), COUNTED)
    ranges = date_ranges(asked, date.today())
    bars = timeline(asked, results.facets)
    return draw_page(
        "results.html",
        asked=asked,
        results=results,
        paging=paginate(asked, results.total),
        facets=offered(asked, results, but=("year", "month") if bars else ("month",)),
        timeline=bars,
        ranges=ranges,
        range_name=named_range(asked, ranges),
        related=results.related_queries if asked.page == 1 else (),
        newest=() if results.total else current_archive().newest(NEWEST),
    )


def article(article_id: str) -> Response:
    """Return one article whole, the query's places marked and numbered."""
    asked = read_request(request.args)
    archive = current_archive()
    found = archive.article(article_id, asked.query.strip() and asked.query, expand=asked.kinds)
    pointed = request.args.get("at", "")
    stretch = read_range(pointed, found.body.text)
    part = part_of(found.body, request.args.get("part", ""), stretch)
    view = lay_out(replace(found, body=cut_out(found.body, part)), stretch)
    return draw_page(
        "article.html",
        asked=asked,
        article=found,
        view=view,
        part=part,
        asked_part=partial(address, "article", article_id=article_id, **asked.address(page=1)),
        is_lost=bool(pointed.strip()) and not view.is_pointed,
        has_original=current_site().settings.originals and found.source == found.id,
        related=archive.related(article_id),
    )


def original(article_id: str) -> Response:
    """Return the file of an article, byte for byte as it was indexed, to be saved."""
    if not current_site().settings.originals:
        abort(404)
    found = current_archive().original(article_id)
    # A name is the author's: line ends would break the header, half pairs have no bytes.
    name = _unfit.sub("_", found.name)
    # Never shown by a browser as what it says it is: it may be HTML with scripts.
    return send_file(BytesIO(found.content), "application/octet-stream", True, name, etag=False)


def language_asked() -> Mapping[str, Any]:
    """Return the parameter of the language, where the address has one."""
    return {"lang": request.args["lang"]} if "lang" in request.args else {}
