"""Pages drawn from the site's own templates, apart from those of an app that it is mounted in."""

from typing import Any

from flask import Response, make_response
from jinja2 import Environment, PackageLoader, StrictUndefined

from web import languages, wording
from web.assets import asset
from web.marks import gather
from web.site import address


def draw_page(template: str, status: int = 200, **context: Any) -> Response:
    """Return the page drawn from `template`; what UTF-8 cannot carry is shown as '?'."""
    html = _templates.get_template(template).render(language=languages.current(), **context)
    response = make_response(html.encode("utf-8", "replace"), status)
    response.content_type = "text/html; charset=utf-8"
    return response


def draw_text(template: str, **context: Any) -> str:
    """Return what `template` gives, for answers that are no page."""
    return _templates.get_template(template).render(**context)


def _environment() -> Environment:
    """Return the templates' own surroundings: nothing of the host's shows in them."""
    templates = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,  # a misspelt name fails in a test, not in silence
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    templates.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        languages.gettext, languages.ngettext, newstyle=True
    )
    templates.globals |= {
        "address": address,
        "asset": asset,
        "gather": gather,
        "languages": languages.choices,
        "many": languages.many_safe,
    }
    for filter_of in (
        *(wording.count, wording.milliseconds, wording.column, wording.column_value),
        *(wording.reading, wording.contribution, wording.expansion, wording.language_tag),
        *(wording.expansion_kind, languages.said),
    ):
        templates.filters[filter_of.__name__] = filter_of
    return templates


_templates = _environment()
