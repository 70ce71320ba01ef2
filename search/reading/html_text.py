"""The text of an element of HTML as a browser lays it out: paragraphs, lists, tables, readings."""

import re
from typing import Any, TypeAlias

from search.reading.ruby import glossed

Element: TypeAlias = Any  # of lxml, which ships no types

_PARTED_TAGS = (
    "p div h1 h2 h3 h4 h5 h6 article section main header footer aside nav blockquote pre ul ol dl "
    "table figure figcaption address form fieldset center hr details summary caption"
)
_PARTED = frozenset(_PARTED_TAGS.split())
_LINES = {"li", "dt", "dd", "tr"}
_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U000323af"
_WRAPPED = re.compile(rf"(?<=[{_CJK}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_CJK}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINE, _PARAGRAPH, _CELL, _BR = "\ue000\ue001\ue002\ue006"  # private characters: no text of a page
_PRIVATE = re.compile("[\ue000-\ue006]")
_KEPT = {" ": "\ue003", "\n": "\ue004", "\t": "\ue005"}  # in <pre>
_KEEPING = {ord(character): kept for character, kept in _KEPT.items()}
_BREAKS = re.compile(rf" *[{_LINE}{_PARAGRAPH}{_BR}][ {_LINE}{_PARAGRAPH}{_BR}{_CELL}]*")


def text_of(element: Element) -> str:
    """Return the text, a blank line between paragraphs, a tab between cells, `- ` before items."""
    parts: list[str] = []
    _add(element, parts)
    text = _BLANKS.sub(" ", _WRAPPED.sub("", "".join(parts)))
    text = _BREAKS.sub(_break, text)
    text = re.sub(rf" ?{_CELL} ?", "\t", text)
    lines = [line.strip(" \u3000\xa0") if "\t" not in line else line for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    for character, kept in _KEPT.items():
        text = text.replace(kept, character)
    return text.strip()


def _break(found: re.Match[str]) -> str:
    """Return the newlines of a break; old pages part paragraphs by two <br>."""
    return "\n\n" if _PARAGRAPH in found[0] or found[0].count(_BR) > 1 else "\n"


def _add(element: Element, parts: list[str]) -> None:
    """Add what an element shows; what follows it is its parent's."""
    tag = element.tag
    if not isinstance(tag, str):
        return
    mark = _PARAGRAPH if tag in _PARTED else _LINE if tag in _LINES else ""
    parts.append(_BR if tag == "br" else mark)
    if tag == "ruby":
        parts.append(_ruby(element))
    elif tag == "pre":
        text = _PRIVATE.sub("", element.text_content())
        parts.append(text.translate(_KEEPING))
    else:
        if tag == "li":
            parts.append(_item_mark(element))
        elif tag in ("td", "th") and element.getprevious() is not None:
            parts.append(_CELL)
        parts.append(_PRIVATE.sub("", element.text or ""))
        for child in element:
            _add(child, parts)
            parts.append(_PRIVATE.sub("", child.tail or ""))
    parts.append(mark)


def _item_mark(item: Element) -> str:
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "- "
    return f"{1 + sum(1 for _ in item.itersiblings('li', preceding=True))}. "


def _ruby(ruby: Element) -> str:
    """Return bases with their readings behind them, brackets for old browsers left out."""
    found: list[str] = []
    bases, readings = [ruby.text or ""], list[str]()

    def close() -> None:
        base_parts = [base for base in bases if base.strip()]
        if len(base_parts) == len(readings) > 1:
            found.extend(map(glossed, base_parts, readings))
        else:
            found.append(glossed("".join(base_parts), " ".join(readings)))
        bases.clear()
        readings.clear()

    for child in ruby:
        if child.tag in ("rt", "rtc"):
            readings.append(child.text_content())
        elif child.tag != "rp":
            if readings:
                close()
            bases.append(child.text_content())
        if (child.tail or "").strip():
            if readings:
                close()
            bases.append(child.tail)
    close()
    return _PRIVATE.sub("", "".join(found))
