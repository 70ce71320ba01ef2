"""One mounted site: the archive it serves and its settings; and its addresses."""

from typing import Any

from flask import Flask, current_app, request, url_for

from search.archive import Archive, SiteSettings
from web.rates import RateLimit

_KEY = "xunwen"


class Site:
    """What a mount of the blueprint serves; raises SettingError for settings it cannot use."""

    def __init__(self, archive: Archive, settings: SiteSettings) -> None:
        self.archive = archive
        self.settings = settings
        self.rate = RateLimit(settings.rate)


def mount(app: Flask, name: str, site: Site) -> None:
    """Make `site` the one that answers under the blueprint `name` of `app`."""
    app.extensions.setdefault(_KEY, {})[name] = site


def current_mount() -> str:
    """Return the name that the blueprint which answers goes by; of an unknown address, the first's.

    A host may mount the site under another name, or more than once.
    """
    mounts: dict[str, Site] = current_app.extensions[_KEY]
    return next((name for name in request.blueprints if name in mounts), next(iter(mounts)))


def current_site() -> Site:
    """Return the site that answers the present request."""
    site: Site = current_app.extensions[_KEY][current_mount()]
    return site


def current_archive() -> Archive:
    """Return the archive of the site that answers the present request."""
    return current_site().archive


def address(view: str, **values: Any) -> str:
    """Return the address of one of the site's own views, wherever it is mounted."""
    return url_for(f"{current_mount()}.{view}", **values)
