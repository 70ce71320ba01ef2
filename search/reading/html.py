"""HTML: the article of a page, without what stands around it (uses lxml).

What is left out is left out for a reason that can be named: its tag, its class, or that it is
links. The rest lies in the smallest element that holds nearly all sentences of the page, and all
of that is kept, however short a paragraph is.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.article import Hints, article
from search.reading.decode import decode
from search.reading.format import Limit, Place, Reading
from search.reading.html_text import text_of

Element: TypeAlias = Any  # of lxml, which ships no types

_HEAD_BYTES = 4096
_CHARSET = re.compile(
    rb"""(?i)<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,60}?encoding)\s*=\s*["']?\s*([\w-]{2,20})"""
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
# Also what is announced where nobody thought about it.
_NO_EVIDENCE = {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"}

_NO_TEXT = "script style noscript template iframe object svg math select button textarea canvas"
_AROUND = "nav aside footer menu dialog"
_AROUND_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "menu"}
_AROUND_WORDS = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav(?:bar|igation)?|menus?|breadcrumbs?|crumbs?|footer|foot|sidebar|side|comments?"
    r"|share|sharing|related|recommend(?:ed|s)?|copyright|pagination|pager|paginator|toolbar|login|advert"
    r"|ads?|banner|toc|hot|rank(?:ing)?|tags?|reward|post-nav|prev|next|search)(?:$|[\s_-])"
)
_INLINE_TAGS = (
    "a b i u s em strong span font small big sub sup mark code br ruby rb rt rp abbr cite q"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_SENTENCE = re.compile(r"[。！？；…]|[.!?;](?:\s|$)")
_LONG = 60  # characters outside links that are prose without a full stop, too
_MOST = 0.9  # of the sentences lie in the article; the rest is what a page says of itself
_LINKS = 0.5  # of the characters of a menu are in links


class HtmlFormat:
    """Reads `.html`, `.htm` and `.xhtml`."""

    name = "HTML"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    limit: Limit = "file_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the page's article."""
        root = _parsed(page_text(raw, place))
        if root is None:
            raise _no_text(place)
        hints = _hints(root)
        body = _article_text(root)
        if not body:
            raise _no_text(place)
        yield article(body, place, hints)


def page_text(raw: bytes, place: Place) -> str:
    """Return the text of a page, in the encoding it declares where its bytes agree.

    Bytes that are UTF-8 are UTF-8 whatever is declared: no other text is so by chance.
    """
    declared = _CHARSET.search(raw[:_HEAD_BYTES])
    if declared and not place.settings.encoding_of(place.id):
        name = declared[1].decode("ascii").lower()
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            try:
                if name not in _NO_EVIDENCE and not name.startswith("utf"):
                    return raw.decode(_WIDER.get(name, name))
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(raw, place).text


def _parsed(text: str) -> Element | None:
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        return lxml_html.document_fromstring(text.replace("\0", "").encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        return None


def _no_text(place: Place) -> UnreadableArticleError:
    return UnreadableArticleError(
        place.source,
        message("a page without text"),
        message("save it once the browser shows its text, or remove it"),
    )


def _hints(root: Element) -> Hints:
    """Return what the head of a page says of its article."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            said.setdefault(name, content)

    def first(*names: str) -> str:
        return next((said[name] for name in names if name in said), "")

    times = (time.get("datetime") or "" for time in root.iter("time"))
    link = root.find(".//link[@rel='canonical']")
    author = first("author", "article:author", "og:article:author", "dc.creator")
    return Hints(
        title=first("og:title", "twitter:title", "dc.title") or _title(root),
        author="" if "://" in author else author,
        date=first(
            *(
                "article:published_time",
                "og:published_time",
                "publishdate",
                "pubdate",
                "datepublished",
            ),
            *("dc.date", "date", "og:release_date", "publish_date"),
        )
        or next(filter(None, times), ""),
        url=first("og:url") or (link.get("href", "") if link is not None else ""),
        metadata={key: said[key] for key in ("description", "keywords") if key in said},
    )


def _title(root: Element) -> str:
    """Return the page's heading where its title begins with it, else its title, else nothing.

    A title has the name of the site behind it: 招商引凤_某某报.
    """
    found = root.find(".//title")
    title = " ".join(found.text_content().split()) if found is not None else ""
    for tag in ("h1", "h2"):
        for heading in root.iter(tag):
            text = " ".join(heading.text_content().split())
            if text and title.startswith(text):
                return text
    return title


def _article_text(root: Element) -> str:
    """Return the text of a page's article; of a page that is all links or menu, all its text."""
    page = root.find("body") if root.find("body") is not None else root
    _drop(page, _is_never_text)
    whole = text_of(page)
    if not whole:
        return ""
    sentences = _prose(page)
    _drop(page, lambda element: _is_around(element) and _prose(element) < sentences / 2)
    _drop(page, _is_menu)
    found = text_of(_holder(page))
    return found or whole


def _drop(page: Element, is_dropped: Any) -> None:
    for element in [e for e in page.iterdescendants() if is_dropped(e)]:
        if element.getparent() is not None:
            element.drop_tree()


def _is_never_text(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.tag in _NO_TEXT.split() or element.get("hidden") is not None
    ) or "display:none" in style


def _is_around(element: Element) -> bool:
    """Return whether an element says by its tag, role or class that it is not the article."""
    if element.tag in ("body", "article", "main", "h1", "p", "span", "a", "pre", "code", "table"):
        return False
    if element.tag in _AROUND.split() or element.get("role") in _AROUND_ROLES:
        return True
    if element.tag == "header":
        return element.find(".//h1") is None
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _AROUND_WORDS.search(called) is not None


def _is_menu(element: Element) -> bool:
    """Return whether an element is a list of links: nearly all links, and no sentence in it."""
    if element.tag not in (
        "ul",
        "ol",
        "dl",
        "div",
        "section",
        "table",
        "p",
        "td",
        "center",
        "span",
    ):
        return False
    links = [link for link in element.iter("a") if link.get("href")]
    if not links:
        return False
    text = "".join(element.text_content().split())
    linked = sum(len("".join(link.text_content().split())) for link in links)
    if element.tag in ("p", "span") and len(links) == 1:
        return False  # a source or an address, and the author's
    return linked >= _LINKS * len(text) and not _SENTENCE.search(text)


def _prose(element: Element) -> int:
    """Return how many characters of sentences lie in an element."""
    return sum(_own_prose(one) for one in element.iter())


def _own_prose(element: Element) -> int:
    """Return the characters that lie in an element and in no block below it, if a sentence."""
    if not isinstance(element.tag, str) or element.tag in _INLINE:
        return 0
    parts = [element.text or ""]
    for child in element:
        if child.tag in _INLINE and child.tag != "a":
            parts.append(child.text_content())
        parts.append(child.tail or "")
    text = "".join("".join(parts).split())
    return len(text) if len(text) >= _LONG or _SENTENCE.search(text) else 0


def _holder(page: Element) -> Element:
    """Return the smallest element that holds nearly all sentences, its heading with it."""
    holder, sentences = page, _prose(page)
    while sentences:
        within = next((c for c in holder if _prose(c) >= _MOST * sentences), None)
        if within is None or within.tag in ("p", "pre", "li", "td"):
            break
        if holder.find(".//h1") is not None and within.find(".//h1") is None:
            break  # the heading is the article's first line
        holder = within
    return holder
