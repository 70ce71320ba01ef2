"""The bounds of a request: what is refused before any engine sees it."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from search.analysis.dictionary import NONE, Dictionary
from search.engine import FIELDS, SORTS, SearchRequest
from search.errors import QueryError
from search.messages import message
from search.query import Held, Node, Query, filters, parse
from search.query.expansion import KINDS

MAX_QUERY = 1_000  # characters
MAX_LIMIT = 10_000  # hits of one page, and offset
MAX_EXPLAINED = 1_000  # hits of one page whose scores are explained, some hundred terms each
FACETS = ("year", "author", "folder", "format", "script")
KNOWN_FACETS = (*FACETS, "month")  # even where no article has them

_iso_date = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def check_text(query: str) -> None:
    """Raise a QueryError when what was typed is longer than a query may be, or no text."""
    if len(query) > MAX_QUERY:
        raise QueryError(
            message(
                "cannot search for {count:,} characters: at most {max_query:,} are allowed",
                count=len(query),
                max_query=MAX_QUERY,
            ),
            message("search for the words that matter most"),
        )
    if any("\ud800" <= c <= "\udfff" for c in query):
        raise QueryError(
            message("cannot read the query: it is not valid text in this terminal's encoding"),
            message("set the terminal, or LANG, to UTF-8 and type it again"),
        )


def parsed(query: str, any_word: bool = False, dictionary: Dictionary = NONE) -> Query:
    """Return the parsed query, perhaps without a tree; a QueryError when it is out of bounds."""
    check_text(query)
    return parse(query, any_word, dictionary)


def understand(query: str, any_word: bool, dictionary: Dictionary = NONE) -> tuple[Query, Node]:
    """Return the parsed query and its tree; a QueryError when there is nothing to search for."""
    found = parsed(query, any_word, dictionary)
    if found.tree is None:
        raise QueryError(
            message("nothing to search for in '{query}'", query=query.strip()),
            message(
                'type at least one character, letter or digit; quotation marks find signs: "★"'
            ),
        )
    return found, found.tree


def check(request: SearchRequest) -> None:
    """Raise a QueryError when a part of the request is out of bounds."""
    if request.sort not in SORTS:
        raise QueryError(
            message("cannot sort by '{sort}'", sort=request.sort),
            message("use one of: {sorts}", sorts=", ".join(SORTS)),
        )
    if not request.fields or not set(request.fields) <= set(FIELDS):
        wrong = ", ".join(sorted(set(request.fields) - set(FIELDS)))
        raise QueryError(
            message("cannot search in field '{wrong}'", wrong=wrong),
            message("use one of: {fields}", fields=", ".join(FIELDS)),
        )
    if not (0 <= request.limit <= MAX_LIMIT and 0 <= request.offset <= MAX_LIMIT):
        raise QueryError(
            message(
                "cannot show {limit} results from {offset} on",
                limit=request.limit,
                offset=request.offset,
            ),
            message("both must lie between 0 and {max_limit:,}", max_limit=MAX_LIMIT),
        )
    if request.explain and request.limit > MAX_EXPLAINED:
        raise QueryError(
            message("cannot explain {limit:,} results", limit=request.limit),
            message("explain {most:,} at most at a time", most=MAX_EXPLAINED),
        )
    if not 0 <= request.recency <= 1:
        raise QueryError(
            message("cannot weigh recency by {recency}", recency=request.recency),
            message("use a number from 0, not at all, to 1"),
        )
    for bound in (request.since, request.until):
        _check_date(bound)


def kinds_of(expand: bool | Collection[str]) -> Collection[str]:
    """Return the kinds of expansion asked for; a QueryError when there is no such kind."""
    if isinstance(expand, bool):
        return KINDS if expand else ()
    kinds = (expand,) if isinstance(expand, str) else tuple(expand)
    wrong = [kind for kind in kinds if kind not in KINDS]
    if wrong:
        raise QueryError(
            message("cannot expand by '{wrong}'", wrong=wrong[0]),
            message("use some of: {kinds}", kinds=", ".join(KINDS)),
        )
    return kinds


def check_columns(where: Mapping[str, str], known: Sequence[str]) -> None:
    """Raise a QueryError when articles have nothing of such a name."""
    for name in where:
        if name not in known:
            hint = (
                message("use one of: {known}", known=", ".join(known))
                if known
                else message("leave the filter out")
            )
            raise QueryError(
                message("cannot filter by '{name}': no article has it", name=name), hint
            )


def check_facets(names: Sequence[str], known: Sequence[str]) -> None:
    """Raise a QueryError when a facet is neither usual nor anything that an article has."""
    for name in names:
        if name not in KNOWN_FACETS and name not in known:
            hint = message(
                "use some of: {facets}", facets=", ".join(sorted({*KNOWN_FACETS, *known}))
            )
            raise QueryError(
                message("cannot count by '{name}': no article has it", name=name), hint
            )


def notes_on_columns(tree: Node, known: Sequence[str]) -> list[str]:
    """Return a note on each column that the query names and no article has: it is in none."""
    asked = dict.fromkeys(node.name for node in filters(tree) if isinstance(node, Held))
    return [message("no article has '{name}'", name=name) for name in asked if name not in known]


def _check_date(text: str) -> None:
    """Raise a QueryError when `text` is neither empty nor an ISO date, whole or cut."""
    if not text:
        return
    match = _iso_date.fullmatch(text)
    try:
        if not match or not text.isascii():
            raise ValueError
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise QueryError(
            message("cannot read the date '{text}'", text=text),
            message("write it as 2024, 2024-06 or 2024-06-28"),
        ) from None
