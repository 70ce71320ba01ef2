"""The site as a blueprint: all its addresses, to be mounted in any Flask app."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from search.archive import Archive, SiteSettings, within
from web import (
    admission,
    api,
    assets,
    caching,
    errors,
    holding,
    languages,
    limiting,
    observing,
    pages,
    timing,
)
from web.hardening import harden
from web.ids import ArticleIdConverter
from web.metrics import metrics as tell_metrics
from web.site import Site, mount

# Address, and what answers it: the views' names are those that `web.site.address` takes.
ADDRESSES = (
    ("/", pages.home),
    ("/search", pages.search),
    ("/doc/<article_id:article_id>", pages.article),
    ("/original/<article_id:article_id>", pages.original),
    ("/help", pages.guide),
    ("/opensearch.xml", pages.description),
    ("/static/<path:filename>", assets.static),
    ("/api/search", api.api_search),
    ("/api/suggest", api.api_suggest),
    ("/api/doc/<article_id:article_id>/related", api.api_related),
    ("/api/doc/<article_id:article_id>", api.api_article),
    ("/api/analyze", api.api_analyze),
    ("/openapi.json", api.api_description),
    ("/healthz", api.healthz),
)
METRICS = (("/metrics", tell_metrics),)


def create_blueprint(
    archive: Archive,
    settings: SiteSettings | None = None,
    name: str = "xunwen",
    metrics: bool = False,
) -> Blueprint:
    """Return the site over `archive` as a blueprint, to be registered under any prefix and name.

    It brings its own templates, files, errors and headers, and leaves those of the app alone. The
    archive stays open and is shared by all threads. With `metrics` there is /metrics too, which is
    not for readers. Raises SettingError for settings that cannot be used.
    """
    blueprint = Blueprint(name, __name__)
    site = Site(archive, settings or SiteSettings())
    blueprint.record(lambda state: _mount(state, site))
    for rule, view in (*ADDRESSES, *(METRICS if metrics else ())):
        # Nothing but reading: other methods, OPTIONS among them, are refused.
        blueprint.add_url_rule(
            rule,
            view.__name__,
            _bounded(view, site),
            methods=["GET"],
            provide_automatic_options=False,
        )
    errors.register(blueprint)
    blueprint.before_request(observing.begin)
    blueprint.before_request(timing.begin)
    blueprint.before_request(limiting.limit)
    blueprint.before_request(admission.admit)
    blueprint.before_request(_bounded(caching.answer_known, site))  # which may ask a cluster
    blueprint.teardown_request(holding.let_go)
    blueprint.after_request(observing.observe)  # what is added first comes last
    blueprint.after_request(caching.tell)
    blueprint.after_request(languages.remember)
    blueprint.after_request(harden)
    blueprint.after_request(timing.tell)
    return blueprint


def _bounded(view: Callable[..., Any], site: Site) -> Callable[..., Any]:
    """Return a view that takes no longer than the site allows: from the search to the last mark."""

    @wraps(view)
    def answer(**values: Any) -> Any:
        with within(site.settings.seconds):
            return view(**values)

    return answer


def _mount(state: BlueprintSetupState, site: Site) -> None:
    """Prepare the app for the addresses, before they are added to it."""
    app: Flask = state.app  # type: ignore[assignment]  # the type of all scaffolds
    app.url_map.converters["article_id"] = ArticleIdConverter
    mount(app, f"{state.name_prefix}.{state.name}".lstrip("."), site)
