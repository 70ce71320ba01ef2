"""The site: search page, results, articles and the JSON interface, over one `Archive`.

It only translates: a web request becomes a `PageRequest`, `Results` become HTML or JSON. From
the project it imports `search.archive` and nothing deeper.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.archive import SiteSettings
    from web.app import create_app
    from web.blueprint import create_blueprint
    from web.logs import log_to_stderr
    from web.server import serve
    from web.warming import warm
    from web.workers import serve_with_workers

_HOMES = {
    "SiteSettings": "search.archive",
    "create_app": "web.app",
    "create_blueprint": "web.blueprint",
    "log_to_stderr": "web.logs",
    "serve": "web.server",
    "serve_with_workers": "web.workers",
    "warm": "web.warming",
}

__all__ = [
    "SiteSettings",
    "create_app",
    "create_blueprint",
    "log_to_stderr",
    "serve",
    "serve_with_workers",
    "warm",
]


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for: what starts worker processes needs none of them."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'web' has no attribute '{name}'")
