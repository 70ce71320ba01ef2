"""Pages drawn from the site's own templates, apart from those of an app that it is mounted in."""

from functools import cache, partial
from typing import Any

from flask import Response, make_response
from jinja2 import Environment, PackageLoader, StrictUndefined

from web import dates, languages, wording
from web.assets import asset
from web.marks import draw, gather
from web.site import address


def draw_page(template: str, status: int = 200, **context: Any) -> Response:
    """Return the page drawn from `template`; what UTF-8 cannot carry is shown as '?'."""
    language = languages.current()
    html = _templates(language).get_template(template).render(language=language, **context)
    response = make_response(html.encode("utf-8", "replace"), status)
    response.content_type = "text/html; charset=utf-8"
    return response


def draw_text(template: str, **context: Any) -> str:
    """Return what `template` gives, for answers that are no page."""
    return _templates(languages.current()).get_template(template).render(**context)


@cache
def _templates(language: str) -> Environment:
    """Return the templates' own surroundings: nothing of the host's shows in them.

    One for each language, so that a page need not ask for each word which one is spoken.
    """
    templates = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,  # a misspelt name fails in a test, not in silence
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalog = languages.catalog(language)
    templates.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        catalog.gettext, catalog.ngettext, newstyle=True
    )
    templates.globals |= {
        "address": address,
        "asset": asset,
        "draw": draw,
        "gather": gather,
        "languages": languages.choices,
        "many": partial(languages.many_safe, catalog),
    }
    for filter_of in (
        *(wording.count, wording.milliseconds, wording.column, wording.column_value),
        *(wording.reading, wording.contribution, wording.expansion, wording.language_tag),
        *(wording.expansion_kind, languages.said, dates.first_day, dates.last_day),
    ):
        templates.filters[filter_of.__name__] = filter_of
    return templates
