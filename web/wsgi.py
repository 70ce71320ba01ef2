"""The site for a WSGI server of one's own: `gunicorn web.wsgi:app`.

Index, synonyms and the settings of the site come from `SEARCH_*` variables and `search.toml` in the
current folder, as for `search serve`. Without an index it answers 503 until there is one.
"""

from web.loading import load_site
from web.logs import log_to_stderr

app, _settings = load_site()
log_to_stderr(_settings.log == "on")
