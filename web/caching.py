"""Answers that a browser still has: told by the state of the index, before anything is searched.

An answer depends on its address, on what answers (index, dictionary, synonyms) and on this site's
own code. Suggestions are left out, since the first of a state may come before they are made, and
so is what says how the site is.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request

from search.archive import SearchError
from web.current import current_archive

NOT_KEPT = {"api.suggest", "api.health", "static"}
DIGEST_BYTES = 12


def register(app: Flask) -> None:
    """Make `app` tell what answers are, and answer with 304 where the asker has them still."""
    app.before_request(_still_known)
    app.after_request(_told)


def _still_known() -> Response | None:
    tag = _tag()
    if tag and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        response.set_etag(tag, weak=True)
        return response
    return None


def _told(response: Response) -> Response:
    # Taken before the search, so that what changed meanwhile is asked for again.
    if response.status_code == 200 and (tag := request.environ.get("xunwen.tag")):
        response.set_etag(tag, weak=True)  # weak: an answer says how long it took
    return response


def _tag() -> str:
    """Return what tells the answer to this request from all others; nothing where none is kept."""
    if request.method not in ("GET", "HEAD") or request.endpoint in (None, *NOT_KEPT):
        return ""
    try:
        state = current_archive().state()
    except SearchError:  # which the answer itself will say
        return ""
    told = "\0".join((_code(), state, request.host, request.full_path))
    tag = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()
    request.environ["xunwen.tag"] = tag
    return tag


@cache
def _code() -> str:
    """Return what tells this site's own templates and code from those of another version."""
    found = blake2b(digest_size=DIGEST_BYTES)
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".html", ".xml"):
            found.update(path.read_bytes())
    return found.hexdigest()
