"""The pages a reader sees: home, results, article."""

from collections.abc import Sequence

from flask import Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from search.archive import FACETS, Results
from web.article_view import lay_out
from web.drawing import draw_page, draw_text
from web.facets import offered
from web.paging import paginate
from web.parameters import PageRequest, read_request
from web.site import address, current_archive

NEWEST = 5  # articles shown where nothing is found


def ask_archive(asked: PageRequest, facets: Sequence[str]) -> Results:
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
        explain=asked.explain == "1",
        recency=asked.recency,
    )


def home() -> Response:
    """Return the home page: the search box, the archive's size, how to search."""
    return draw_page("home.html", asked=PageRequest(""), archive=current_archive().size())


def description() -> Response:
    """Return what a browser needs to know to add the site as a search engine."""
    response = make_response(draw_text("opensearch.xml"))
    response.content_type = "application/opensearchdescription+xml; charset=utf-8"
    return response


def search() -> AnyResponse:
    """Return a page of results; without a query, the way to the home page."""
    asked = read_request(request.args)
    if not asked.query.strip():
        return redirect(address("home"))
    results = ask_archive(asked, FACETS)
    return draw_page(
        "results.html",
        asked=asked,
        results=results,
        paging=paginate(asked, results.total),
        facets=offered(asked, results),
        newest=() if results.total else current_archive().newest(NEWEST),
    )


def article(article_id: str) -> Response:
    """Return one article whole, the query's places marked and numbered."""
    asked = read_request(request.args)
    found = current_archive().article(
        article_id, asked.query.strip() and asked.query, expand=asked.kinds
    )
    related = current_archive().related(article_id)
    return draw_page(
        "article.html", asked=asked, article=found, view=lay_out(found), related=related
    )
