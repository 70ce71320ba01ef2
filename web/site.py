"""One mounted site: the archive it serves and its settings; and its addresses."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from flask import Flask, current_app, g, request, url_for

from search.archive import Archive, SiteSettings
from web.gate import Gate
from web.ids import quote_id
from web.rates import RateLimit
from web.tidying import Tidying

_KEY = "xunwen"
_UNQUOTED = "!$'()*,/:;?@"  # as Flask leaves them


class Site:
    """What a mount of the blueprint serves; raises SettingError for settings it cannot use."""

    def __init__(self, archive: Archive, settings: SiteSettings) -> None:
        self.archive = archive
        self.settings = settings
        self.rate = RateLimit(settings.rate)
        self.gate = Gate(settings.at_once, settings.queue, settings.queue_seconds)
        self.tidying = Tidying()


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
    if view == "search":  # a page has sixty of these, and Flask makes each anew in 50 µs
        asked = "&".join(_parameter(*pair) for pair in values.items())
        return f"{_search_path()}?{asked}" if asked else _search_path()
    if view == "article":
        path = f"{_search_path()[: -len('search')]}doc/{quote_id(values.pop('article_id'))}"
        asked = "&".join(_parameter(*pair) for pair in values.items())
        return f"{path}?{asked}" if asked else path
    return url_for(f"{current_mount()}.{view}", **values)


def _parameter(name: str, value: Any) -> str:
    """Return a parameter as an address has it, one for each of several values."""
    values = (value,) if isinstance(value, str | int | float) else value
    return "&".join(f"{_quoted(name)}={_quoted(str(one))}" for one in values)


@lru_cache(1 << 10)
def _quoted(text: str) -> str:
    return quote_plus(text, _UNQUOTED, errors="replace")


def _search_path() -> str:
    if "xunwen_search_path" not in g:
        g.xunwen_search_path = url_for(f"{current_mount()}.search")
    path: str = g.xunwen_search_path
    return path
