"""Answers that a browser still has: told by the state of the index, before anything is searched.

An answer depends on its address, on what answers (index, dictionary, synonyms) and on this site's
own code. Suggestions are left out, since the first of a state may come before they are made, and
so is what says how the site is.
"""

from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Response, request

from search.archive import SearchError
from web import languages
from web.limits import FREE
from web.site import current_archive

NOT_KEPT = {"api_suggest", *FREE}
DIGEST_BYTES = 12
_TAG = "xunwen.tag"


def answer_known() -> Response | None:
    """Return 304 where the asker still has the answer to the present request."""
    tag = _tag()
    known = request.if_none_match
    # A star would mean anything that is there; whether it is, nobody has looked yet.
    if tag and not known.star_tag and known.contains_weak(tag):
        response = Response(status=304)
        response.set_etag(tag, weak=True)
        return response
    return None


def tell(response: Response) -> Response:
    """Return `response` with what tells it from all other answers."""
    # Taken before the search, so that what changed meanwhile is asked for again.
    if response.status_code == 200 and (tag := request.environ.get(_TAG)):
        response.set_etag(tag, weak=True)  # weak: an answer says how long it took
    return response


def _tag() -> str:
    """Return what tells the answer to this request from all others; nothing where none is kept."""
    if request.method not in ("GET", "HEAD") or _view() in NOT_KEPT:
        return ""
    try:
        state = current_archive().state()
    except SearchError:  # which the answer itself will say
        return ""
    today = date.today().isoformat()  # by which the page offers the last week and month
    told = "\0".join(
        (_code(), state, today, languages.current(), request.root_url, request.full_path)
    )
    tag = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()
    request.environ[_TAG] = tag
    return tag


def _view() -> str:
    return (request.endpoint or "static").rpartition(".")[2]


@cache
def _code() -> str:
    """Return what tells this site's own templates and code from those of another version."""
    found = blake2b(digest_size=DIGEST_BYTES)
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".html", ".xml", ".mo", ".js", ".css"):
            found.update(path.read_bytes())
    return found.hexdigest()
