"""The site: search page, results, articles and the JSON interface, over one `Archive`.

It only translates: a web request becomes a `PageRequest`, `Results` become HTML or JSON. From
the project it imports `search.archive` and nothing deeper.
"""

from search.archive import SiteSettings
from web.app import create_app
from web.blueprint import create_blueprint
from web.server import serve
from web.warming import warm

__all__ = ["SiteSettings", "create_app", "create_blueprint", "serve", "warm"]
