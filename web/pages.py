"""The pages a reader sees: home, results, article."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from search.archive import Results
from web.article_view import lay_out
from web.current import current_archive
from web.marks import gather
from web.paging import paginate
from web.parameters import PageRequest, read_request

blueprint = Blueprint("pages", __name__)


def render_page(template: str, status: int = 200, **context: Any) -> Response:
    """Return the page drawn from `template`; what UTF-8 cannot carry is shown as '?'."""
    html = render_template(template, gather=gather, **context)
    response = make_response(html.encode("utf-8", "replace"), status)
    response.content_type = "text/html; charset=utf-8"
    return response


def ask_archive(asked: PageRequest) -> Results:
    """Return the archive's answer to `asked`, the hits of its page only."""
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
    )


@blueprint.get("/")
def home() -> Response:
    """Return the home page: the search box, the archive's size, how to search."""
    return render_page("home.html", asked=PageRequest(""), archive=current_archive().size())


@blueprint.get("/search")
def search() -> AnyResponse:
    """Return a page of results; without a query, the way to the home page."""
    asked = read_request(request.args)
    if not asked.query.strip():
        return redirect(url_for("pages.home"))
    results = ask_archive(asked)
    paging = paginate(asked, results.total)
    return render_page("results.html", asked=asked, results=results, paging=paging)


@blueprint.get("/doc/<article_id:article_id>")
def article(article_id: str) -> Response:
    """Return one article whole, the query's places marked and numbered."""
    asked = read_request(request.args)
    found = current_archive().article(
        article_id, asked.query.strip() and asked.query, expand=asked.kinds
    )
    related = current_archive().related(article_id)
    return render_page(
        "article.html", asked=asked, article=found, view=lay_out(found), related=related
    )
