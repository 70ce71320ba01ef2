"""The Flask application, put together from its blueprints around one archive."""

from flask import Flask, Response
from jinja2 import StrictUndefined

from search.archive import Archive
from web import api, caching, errors, pages, wording
from web.current import set_archive
from web.ids import ArticleIdConverter
from web.text_json import TextJSON

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # a query is the reader's own: other sites never learn it
}


def create_app(archive: Archive) -> Flask:
    """Return the site over `archive`; the archive stays open and is shared by all threads."""
    app = Flask(__name__)
    app.json = TextJSON(app)
    _prepare_routes(app)
    _prepare_templates(app)
    set_archive(app, archive)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    errors.register(app)
    caching.register(app)
    app.after_request(_harden)
    return app


def _prepare_routes(app: Flask) -> None:
    app.url_map.converters["article_id"] = ArticleIdConverter
    app.url_map.merge_slashes = False  # a record's id may hold '//', as a web address does


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined  # a misspelt name fails in a test, not in silence
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["count"] = wording.count
    app.jinja_env.filters["milliseconds"] = wording.milliseconds
    app.jinja_env.filters["column"] = wording.column
    app.jinja_env.filters["column_value"] = wording.column_value
    app.jinja_env.filters["reading"] = wording.reading
    app.jinja_env.filters["contribution"] = wording.contribution
    app.jinja_env.filters["expansion"] = wording.expansion


def _harden(response: Response) -> Response:
    """Return `response` with the headers every answer of the site carries."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Answers follow the index, which changes beneath a running site: ask again each time.
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
