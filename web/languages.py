"""The languages of the site's own words: those a reader asks for, and catalogs of what is said.

The templates and modules say everything in simplified Chinese; catalogs in `locale/` hold the same
in the other languages. Articles stay as they were written.
"""

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from flask import Response, g, has_request_context, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

from search.archive import language_of, translated

LANGUAGES: Mapping[str, str] = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
USUAL = "zh-Hans"
COOKIE = "xunwen_lang"
COOKIE_SECONDS = 365 * 24 * 3600
_CATALOGS = Path(__file__).parent / "locale"


def current() -> str:
    """Return the language of the present request: that of `lang`, of the cookie, of the header."""
    if not has_request_context():
        return USUAL
    if "xunwen_language" not in g:
        g.xunwen_language = (
            named(request.args.get("lang", ""))
            or named(request.cookies.get(COOKIE, ""))
            or accepted(request.accept_languages)
        )
    language: str = g.xunwen_language
    return language


def named(tag: str) -> str:
    """Return the language of the site that `tag` names; nothing for one that it does not speak.

    >>> named("zh-TW"), named("zh"), named("en-GB"), named("fr")
    ('zh-Hant', 'zh-Hans', 'en', '')
    """
    is_spoken = tag.lower().replace("_", "-").partition("-")[0] in ("zh", "en")
    return language_of(tag) if is_spoken else ""


def accepted(header: LanguageAccept) -> str:
    """Return the language for what a browser accepts; English for who reads none of ours."""
    asked = [tag for tag, quality in header if quality > 0]
    if not asked or asked == ["*"]:
        return USUAL
    return next(filter(None, map(named, asked)), "en")


def gettext(text: str) -> str:
    """Return `text`, one of the site's own sentences, in the language of the request."""
    return catalog(current()).gettext(text)


def ngettext(one: str, more: str, number: int) -> str:
    """Return the sentence that fits `number` in the language of the request."""
    return catalog(current()).ngettext(one, more, number)


def many(text: str, count: int, **values: Any) -> str:
    """Return a sentence with `%(count)s` in it, in the form that the number asks for."""
    return ngettext(text, text, count) % {"count": f"{count:,}", **values}


def many_safe(words: NullTranslations, text: str, count: int, **values: Any) -> Markup:
    """Return the same out of a catalog, for a template: it may hold markup, its values may not."""
    return Markup(words.ngettext(text, text, count)) % {"count": f"{count:,}", **values}


def sentence(text: str) -> str:
    """Return `text` as it is: one that stands in a table, and is looked up where it is shown."""
    return text


def said(text: str) -> str:
    """Return what the archive says, in the language of the request where it is known there."""
    return translated(text, current())


class Choice(NamedTuple):
    """A language to choose, by its own name, and the address of the present page in it."""

    tag: str
    name: str
    address: str


def choices() -> list[Choice]:
    """Return the languages there are, each with the address of the present page in it."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    path = quote(request.root_path.rstrip("/") + request.path, errors="replace")
    return [
        Choice(tag, name, f"{path}?{urlencode([*kept, ('lang', tag)], errors='replace')}")
        for tag, name in LANGUAGES.items()
    ]


def remember(response: Response) -> Response:
    """Return `response`, that of a page with what tells its language from those of others.

    A language that was asked for is kept in a cookie, which holds nothing else.
    """
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
        asked = named(request.args.get("lang", ""))
        if asked and asked != request.cookies.get(COOKIE):
            response.set_cookie(
                COOKIE,
                asked,
                COOKIE_SECONDS,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
    return response


@cache
def catalog(language: str) -> NullTranslations:
    """Return the sentences of a language; of the one that they are written in, themselves."""
    return translation("web", _CATALOGS, [language.replace("-", "_")], fallback=True)
