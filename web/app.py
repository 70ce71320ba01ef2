"""The Flask application of the site alone; `web.blueprint` is for those who have an app."""

from flask import Flask, Response
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from search.archive import Archive, SiteSettings
from web import errors, languages, observing, timing
from web.blueprint import create_blueprint
from web.hardening import harden

GZIP_LEVEL = 4  # a third of the time of the usual 6, for 3 % more bytes
COMPRESSED = ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"]


def create_app(archive: Archive, settings: SiteSettings | None = None) -> Flask:
    """Return the site over `archive`; the archive stays open and is shared by all threads."""
    settings = settings or SiteSettings()
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # a record's id may hold '//', as a web address does
    app.register_blueprint(create_blueprint(archive, settings, metrics=settings.metrics))
    app.add_url_rule("/robots.txt", "robots", _robots, provide_automatic_options=False)
    errors.register(app)  # for addresses that are none of the blueprint's
    app.before_request(observing.begin)
    app.after_request(observing.observe)
    app.after_request(timing.tell)  # what is added first comes last
    app.after_request(harden)
    app.after_request(languages.remember)
    app.config["COMPRESS_MIMETYPES"] = COMPRESSED
    app.config["COMPRESS_LEVEL"] = GZIP_LEVEL
    Compress(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask's documents do it
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )
    return app


def _robots() -> Response:
    """Return what machines that read the web are to leave alone: what is not for readers."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/metrics", "/healthz", "/api/"))
    return Response(f"User-agent: *\n{closed}", content_type="text/plain; charset=utf-8")
