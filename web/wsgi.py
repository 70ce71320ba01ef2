"""The site for a WSGI server of one's own: `gunicorn web.wsgi:app`.

Index, synonyms and the settings of the site come from `SEARCH_*` variables and `search.toml` in the
current folder, as for `search serve`. Without an index it answers 503 until there is one.
"""

from flask import Flask

from search.archive import Archive, load_settings
from web.app import create_app
from web.warming import warm


def _made() -> Flask:
    """Return the site as the settings say, its dictionary loaded before the first reader comes."""
    settings = load_settings()
    archive = Archive(settings.index, settings.query.synonyms, settings.query.seconds)
    app = create_app(archive, settings.site)
    warm(archive)
    return app


app = _made()
