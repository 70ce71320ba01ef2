"""What a web request asks for, read from its address within bounds.

Anything out of bounds is a `ParameterError`, and so a 400. Dates and the query's own text are the
archive's to judge: it raises a `QueryError`, a 400 too.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from search.archive import FACETS, FIELDS, KINDS, MAX_LIMIT, SORTS, QueryError, message

MAX_PER_PAGE = 100
MAX_FILTERS = 20  # each stands in every link of a page
MAX_FACETS = 20  # each counts all that is found

_weight = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,9})?")


class ParameterError(QueryError):
    """A parameter of the address is out of bounds."""

    code = "bad_parameter"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page of a search as the address asks for it; no `field` is title and body together."""

    query: str
    page: int = 1
    per_page: int = 10
    sort: str = SORTS[0]
    since: str = ""
    until: str = ""
    field: str = ""
    where: Sequence[str] = ()  # each as name=value
    fold: str = ""  # "0": reprints are hits of their own
    expand: str = ""  # "0": no other words than the query's; or kinds of them, commas between
    relax: str = ""  # "0": nothing that lacks a word
    facets: Sequence[str] = ()  # what the JSON interface counts; the page counts the usual ones
    explain: str = ""  # "1": how the query was read, and what scores are made of
    recency: float = 0.0  # so much more the newest article scores

    @property
    def filters(self) -> dict[str, str]:
        """Name → value of what articles must say of themselves."""
        return {name: value for name, _, value in (one.partition("=") for one in self.where)}

    @property
    def offset(self) -> int:
        """How many hits lie on the pages before this one."""
        return (self.page - 1) * self.per_page

    @property
    def fields(self) -> Sequence[str]:
        """The fields to search in, as the archive names them."""
        return (self.field,) if self.field else FIELDS

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of other words that may stand for the query's."""
        if not self.expand:
            return KINDS
        return () if self.expand == "0" else self.expand.split(",")

    def without(self, kind: str) -> str:
        """Return what `expand` is when one kind of other words is left out of those searched.

        >>> PageRequest("港").without("pinyin")
        'regional,synonym,number'
        """
        return ",".join(one for one in self.kinds if one != kind) or "0"

    def narrowed(self, name: str, value: str = "") -> dict[str, Any]:
        """Return the parameters of this search with one value of `name`, or without any value.

        >>> PageRequest("港", page=2, where=("year=2023", "author=毛")).narrowed("year", "2024")
        {'q': '港', 'where': ('author=毛', 'year=2024')}
        """
        others = tuple(one for one in self.where if one.partition("=")[0] != name)
        return self.address(page=1, where=(*others, f"{name}={value}") if value else others)

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters that ask for this search with `changes`; defaults are left out.

        >>> PageRequest("港", page=3, sort="newest").address(page=1)
        {'q': '港', 'sort': 'newest'}
        """
        # A page asks sixty times: `replace` and fields read one by one would take 1 ms of it.
        asked = {**self._stated, **changes}
        parameters: dict[str, Any] = {"q": asked.pop("query")}
        for name, value in asked.items():
            if value != _PLAIN[name]:
                parameters[name] = value
        return parameters

    @property
    def _stated(self) -> dict[str, Any]:
        """The fields that are not as usual, by name, and the query."""
        found = {"query": self.query}
        for name in _NAMES:
            value = getattr(self, name)
            if value != _PLAIN[name]:
                found[name] = value
        return found


_NAMES = PageRequest.__slots__[1:]
_PLAIN = {name: getattr(PageRequest(""), name) for name in _NAMES}


def read_request(parameters: MultiDict[str, str]) -> PageRequest:
    """Return what `parameters` ask for; a value out of bounds is a `ParameterError`."""
    per_page = _read_number(parameters, "per_page", 10, MAX_PER_PAGE)
    return PageRequest(
        query=parameters.get("q", ""),
        page=_read_number(parameters, "page", 1, MAX_LIMIT // per_page),
        per_page=per_page,
        sort=_read_choice(parameters, "sort", SORTS) or SORTS[0],
        since=parameters.get("since", "").strip(),
        until=parameters.get("until", "").strip(),
        field=_read_choice(parameters, "field", FIELDS),
        where=_read_filters(parameters),
        fold=_read_choice(parameters, "fold", ("0", "1")).replace("1", ""),
        expand=_read_kinds(parameters),
        relax=_read_choice(parameters, "relax", ("0", "1")).replace("1", ""),
        facets=_read_facets(parameters),
        explain=_read_choice(parameters, "explain", ("0", "1")).replace("0", ""),
        recency=_read_weight(parameters, "recency"),
    )


def _read_facets(parameters: MultiDict[str, str]) -> Sequence[str]:
    """Return what `facets` asks for: names, commas between; "1" stands for the usual ones."""
    value = parameters.get("facets", "").strip()
    if value in ("1", "0"):
        return FACETS if value == "1" else ()
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if len(names) > MAX_FACETS:
        raise ParameterError(
            message("cannot count by {count} names at once", count=len(names)),
            message("use {most} at most", most=MAX_FACETS),
        )
    return names


def _read_weight(parameters: Mapping[str, str], name: str) -> float:
    """Return a number from 0 to 1, 0 when it is not given."""
    value = parameters.get(name, "").strip()
    if not value:
        return 0.0
    if _weight.fullmatch(value) and float(value) <= 1:
        return float(value)
    raise ParameterError(
        message(
            "cannot use {name} '{value}': not a number from 0 to 1", name=name, value=value[:40]
        ),
        message("use {name}=0.5, or leave it out", name=name),
    )


def _read_kinds(parameters: MultiDict[str, str]) -> str:
    """Return what `expand` asks for: nothing for all kinds, "0" for none, or some of them."""
    value = parameters.get("expand", "").strip()
    if value in ("", "1", "0"):
        return value.replace("1", "")
    kinds = [kind.strip() for kind in value.split(",")]
    for kind in kinds:
        if kind not in KINDS:
            raise ParameterError(
                message("cannot use expand '{kind}': there is no such choice", kind=kind[:40]),
                message("use expand=0, or some of {kinds}", kinds=",".join(KINDS)),
            )
    return ",".join(kinds)


def _read_filters(parameters: MultiDict[str, str]) -> Sequence[str]:
    """Return what `where` asks for, as often as it is given."""
    filters = tuple(one.strip() for one in parameters.getlist("where") if one.strip())
    for one in filters:
        name, _, value = one.partition("=")
        if not name or not value:
            raise ParameterError(
                message("cannot use where '{one}': it is not name=value", one=one[:40]),
                message("write it as where=author=余光中"),
            )
    # Of one name the last counts, as a page's own links have it.
    kept = {one.partition("=")[0]: one for one in filters}
    if len(kept) > MAX_FILTERS:
        raise ParameterError(
            message("cannot filter by {count} names at once", count=len(kept)),
            message("use {most} at most", most=MAX_FILTERS),
        )
    return tuple(kept.values())


def _read_number(parameters: Mapping[str, str], name: str, default: int, most: int) -> int:
    """Return a whole number from 1 to `most`, `default` when it is not given."""
    value = parameters.get(name, "").strip()
    if not value:
        return default
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0
    if 1 <= number <= most:
        return number
    raise ParameterError(
        message(
            "cannot use {name} '{value}': not a whole number from 1 to {most:,}",
            name=name,
            value=value[:40],
            most=most,
        ),
        message(
            "only the first {max_limit:,} hits can be paged to: narrow the query by another word",
            max_limit=MAX_LIMIT,
        )
        if name == "page"
        else message("leave '{name}' out for {default} hits a page", name=name, default=default),
    )


def _read_choice(parameters: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """Return one of `choices`, or an empty string when none is given."""
    value = parameters.get(name, "").strip()
    if not value or value in choices:
        return value
    raise ParameterError(
        message(
            "cannot use {name} '{value}': there is no such choice", name=name, value=value[:40]
        ),
        message("use {name}={choices}", name=name, choices=" or ".join(choices)),
    )
