"""The site as settings say, for whatever serves it: `web.wsgi`, and each worker of its own."""

from dataclasses import replace

from flask import Flask

from search.archive import Archive, SiteSettings, load_settings
from web.app import create_app
from web.warming import warm


def load_site(**changes: object) -> tuple[Flask, SiteSettings]:
    """Return the site, warmed, and its settings, with `changes` of them.

    From `SEARCH_*` variables and `search.toml` in the current folder. Without an index it answers
    503 until there is one.
    """
    settings = load_settings()
    site = replace(settings.site, **changes)  # type: ignore[arg-type]  # names are those of fields
    archive = Archive(settings.place, settings.query.synonyms, settings.query.seconds)
    app = create_app(archive, site)
    warm(archive)
    return app, site
