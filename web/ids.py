"""Article ids inside web addresses: any text at all, slashes included."""

from urllib.parse import quote

from werkzeug.routing import BaseConverter

_STEPS = {".", ".."}


def quote_id(article_id: str) -> str:
    """Return an id as part of an address; a lone surrogate, which has no bytes, as '?'."""
    # Browsers take '.' and '..' between slashes for steps out of the folder, escaped or not.
    safe = ":,;@!$*~" if _STEPS.intersection(article_id.split("/")) else "/:,;@!$*~"
    return quote(article_id.encode("utf-8", "replace"), safe=safe)


class ArticleIdConverter(BaseConverter):
    """The rest of the path as an article's id; unlike `path`, it may begin or end with a slash."""

    regex = r"[\s\S]+?"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """Return `value` as part of an address; a lone surrogate, which has no bytes, as '?'."""
        return quote_id(value)
