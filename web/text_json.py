"""JSON as the site writes it: Chinese as Chinese, and valid UTF-8 whatever the articles hold."""

import re
from typing import Any

from flask.json.provider import DefaultJSONProvider

_SURROGATES = re.compile("[\ud800-\udfff]")


class TextJSON(DefaultJSONProvider):
    """Flask's JSON with the text unescaped, the keys in the order they were put in."""

    ensure_ascii = False
    sort_keys = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Return `obj` as JSON; lone surrogates, which UTF-8 cannot carry, stay escapes."""
        return _SURROGATES.sub(lambda m: f"\\u{ord(m[0]):04x}", super().dumps(obj, **kwargs))
