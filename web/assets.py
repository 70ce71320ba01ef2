"""The style sheet, the script and the icon: kept by browsers for as long as they do not change."""

from functools import cache
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Response, abort, request

from web.site import address

FOLDER = Path(__file__).parent / "static"
FILES = frozenset(path.name for path in FOLDER.iterdir())
YEAR = 365 * 24 * 3600  # seconds


def static(filename: str) -> Response:
    """Return one of the site's own files; under the address that `asset` gives, to be kept."""
    if filename not in FILES:
        abort(404)
    # Read whole, not passed through: so it can be compressed.
    response = Response((FOLDER / filename).read_bytes(), content_type=_type(filename))
    response.set_etag(_version(filename))
    if request.args.get("v") == _version(filename):
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.make_conditional(request)
    return response


def asset(filename: str, **values: Any) -> str:
    """Return the address of one of the site's files, another once the file has changed."""
    return address("static", filename=filename, v=_version(filename), **values)


def _type(filename: str) -> str:
    kind = "text/javascript" if filename.endswith(".js") else guess_type(filename)[0]
    return f"{kind}; charset=utf-8" if kind and kind.startswith("text/") else kind or ""


@cache
def _version(filename: str) -> str:
    return blake2b((FOLDER / filename).read_bytes(), digest_size=6).hexdigest()
