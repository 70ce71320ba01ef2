"""DOCX: one article a file, what Word shows of it (uses lxml on the parts of the zip).

Deleted text of tracked changes is left out, inserted text is in; footnotes follow the text. The
number of a note is left out where it stands: it would part the words around it.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, TypeAlias

from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.article import Hints, article
from search.reading.decode import empty_file
from search.reading.failures import too_large
from search.reading.format import Limit, Place, Reading
from search.reading.properties import likely_author, likely_title
from search.reading.ruby import glossed

Element: TypeAlias = Any  # of lxml, which ships no types

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # as Word's "Strict" files say it
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_TITLE_STYLES = {"title", "标题", "a3"}
_NOTES = ("footnotes", "endnotes")
_SILENT = {f"{_W}del", f"{_W}moveFrom", f"{_W}sectPr", f"{_W}pPr", f"{_W}rPr", _FALLBACK}
_MARKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "",
}
_MB = 1 << 20
_PIECE = 1 << 18


class DocxFormat:
    """Reads `.docx`."""

    name = "DOCX"
    suffixes: tuple[str, ...] = (".docx", ".docm")
    limit: Limit = "file_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file's text as one article."""
        if not raw:
            raise empty_file(place.source)
        if raw.startswith(_OLE):
            raise _encrypted(place.source) if _ENCRYPTED in raw else _old_word(place.source)
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as parts:
                main = _part(parts, "word/document.xml", place)
                if main is None:
                    raise _damaged(place.source)
                notes = [_part(parts, f"word/{name}.xml", place) for name in _NOTES]
                properties = _part(parts, "docProps/core.xml", place)
        except _DAMAGE:
            raise _damaged(place.source) from None
        body = "\n\n".join(filter(None, [_text(main), *map(_notes, notes)]))
        if not body.strip():
            raise UnreadableArticleError(
                place.source,
                message("a document without text"),
                message(
                    "it may hold only images: put their text into a file of its own, or remove it"
                ),
            )
        yield article(body, place, _hints(main, properties))


class DocFormat:
    """Knows `.doc`, which no light library reads, by the command that makes a DOCX of it."""

    name = "DOC"
    suffixes: tuple[str, ...] = (".doc",)
    limit: Limit = "file_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the article of a DOCX under an old name; any other file is an error."""
        if not raw.startswith(b"PK\x03\x04"):
            raise _old_word(place.source)
        yield from DocxFormat().read(raw, place)


def _part(parts: zipfile.ZipFile, name: str, place: Place) -> Element | None:
    """Return the root of a part, or nothing when there is no such part or it is no XML."""
    from lxml import etree

    try:
        stream = parts.open(name)
    except KeyError:
        return None
    except RuntimeError:  # a password
        raise _encrypted(place.source) from None
    most = place.settings.limits.file_mb * _MB
    pieces: list[bytes] = []
    size = 0
    with stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                raise too_large(place.source, None, most // _MB, "file_mb")
            pieces.append(piece)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(b"".join(pieces).replace(_STRICT, _W[1:-1].encode()), parser)
    except etree.XMLSyntaxError:
        return None


def _text(root: Element) -> str:
    """Return paragraphs and tables, a blank line between them, a tab between the cells of a row."""
    return "\n\n".join(_blocks(root)).strip("\n")


def _blocks(parent: Element) -> Iterator[str]:
    """Yield each paragraph and table below an element, in the order they are read in."""
    for child in parent:
        if child.tag == f"{_W}p":
            boxes: list[Element] = []
            text = _inline(child, boxes).strip(" ")
            if text.strip():
                yield f"- {text}" if _is_item(child) else text
            for box in boxes:
                yield from _blocks(box)
        elif child.tag == f"{_W}tbl":
            rows = (_row(row) for row in child.iter(f"{_W}tr") if _table(row) is child)
            yield "\n".join(row for row in rows if row.strip())
        elif child.tag not in _SILENT:
            yield from _blocks(child)


def _table(row: Element) -> Element:
    return next(row.iterancestors(f"{_W}tbl"))


def _row(row: Element) -> str:
    """Return the cells of a row; what stands on lines of a cell stands on one."""
    cells = (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)
    return "\t".join(" ".join(" ".join(_blocks(cell)).split()) for cell in cells)


def _inline(element: Element, boxes: list[Element]) -> str:
    """Return the text of a paragraph or run; boxes that float over it go to `boxes`."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag in _MARKS:
            parts.append(_MARKS[tag])
        elif tag == f"{_W}ruby":
            base, reading = child.find(f"{_W}rubyBase"), child.find(f"{_W}rt")
            read = _inline(reading, boxes) if reading is not None else ""
            parts.append(glossed(_inline(base, boxes), read) if base is not None else "")
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag not in _SILENT:
            parts.append(_inline(child, boxes))
    return "".join(parts)


def _is_item(paragraph: Element) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}numPr") is not None and _style(paragraph) == ""


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val", "")).lower()


def _notes(root: Element | None) -> str:
    """Return the notes of a part, each with the number that Word shows."""
    if root is None:
        return ""
    notes = [note for note in root if note.get(f"{_W}type") is None]
    texts = (" ".join(" ".join(_blocks(note)).split()) for note in notes)
    return "\n\n".join(f"[{number}] {text}" for number, text in enumerate(texts, 1) if text)


def _hints(main: Element, properties: Element | None) -> Hints:
    said: dict[str, str] = {}
    for one in properties if properties is not None else ():
        if isinstance(one.tag, str):
            said.setdefault(one.tag.rpartition("}")[2], (one.text or "").strip())
    titles = (_inline(p, []) for p in main.iter(f"{_W}p") if _style(p) in _TITLE_STYLES)
    title = next((text for text in (" ".join(t.split()) for t in titles) if text), "")
    return Hints(
        title=title or likely_title(said.get("title", "")),
        author=likely_author(said.get("creator", "")),
        created=said.get("created", "")[:10],
        metadata={name: said[name] for name in ("subject", "keywords") if said.get(name)},
    )


def _encrypted(source: str) -> UnreadableArticleError:
    return UnreadableArticleError(
        source,
        message("it is encrypted"),
        message("open it with its password, save it without one, and index again"),
    )


def _old_word(source: str) -> UnreadableArticleError:
    return UnreadableArticleError(
        source,
        message("a document of Word before 2007"),
        message(
            "convert it with 'soffice --headless --convert-to docx FILE', and index what comes out"
        ),
    )


def _damaged(source: str) -> UnreadableArticleError:
    return UnreadableArticleError(
        source,
        message("it is damaged or no DOCX"),
        message("bring a whole copy of it, and index again"),
    )
