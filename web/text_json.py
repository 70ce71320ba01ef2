"""JSON as the site writes it: Chinese as Chinese, and valid UTF-8 whatever the articles hold."""

import json
import re
from typing import Any

from flask import Response

_SURROGATES = re.compile("[\ud800-\udfff]")


def answer_json(values: Any, status: int = 200) -> Response:
    """Return the answer that is `values` as JSON, keys in their order, the text unescaped.

    Lone surrogates, which UTF-8 cannot carry, stay escapes.
    """
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    body = _SURROGATES.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
    return Response(f"{body}\n", status, content_type="application/json")
