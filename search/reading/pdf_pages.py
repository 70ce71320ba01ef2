"""The program that reads one PDF in a process of its own (uses pypdfium2).

Bytes come in, JSON goes out. PDFium is C++ and may hang or crash on a hostile file, inside a single
page too, where no clock of ours could stop it; a process can be ended.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeAlias

from search.reading.pdf_layout import Line, text_of

Page: TypeAlias = Any  # of pypdfium2, which ships no types

MEMORY_BYTES = 4 << 30
_WIDE = 1.2  # em between two texts on one line
_BOXLESS = {32: " ", 2: "-", 0xAD: "-", 0xFFFE: "-"}  # spaces put in, hyphens at a line's end
_SAME_LINE = 0.5  # of the size that a character may stand higher or lower


def main() -> None:
    """Read a PDF from stdin and print its text and properties, or what keeps it from being read."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # Unix alone

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    print(json.dumps(reading(sys.stdin.buffer.read(), int(sys.argv[1]))))


def reading(raw: bytes, most_pages: int) -> dict[str, Any]:
    """Return `text`, `properties`, `pages` and `pages_without_text`, or `fault`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        is_encrypted = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        return {"fault": "encrypted" if is_encrypted else "damaged"}
    count = len(document)
    if count > most_pages:
        return {"fault": "pages", "pages": count}
    pages: list[list[Line]] = []
    without: list[int] = []
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            without.append(number + 1)
            pages.append([])
            continue
        pages.append(list(_lines(page)))
        if not pages[-1] and next(page.get_objects(max_depth=2), None) is not None:
            without.append(number + 1)
        page.close()
    return {
        "text": text_of(pages),
        "properties": document.get_metadata_dict(),
        "pages": count,
        "pages_without_text": without,
    }


def _lines(page: Page) -> Iterator[Line]:
    """Yield the lines of a page in the order they were drawn in."""
    line: Line | None = None
    edges: list[tuple[float, float]] = []
    for character, left, right, bottom, top, size in _characters(page):
        if not size:
            if line and not line.text.endswith(character):
                line.text += character
                edges.append((line.right, line.right))
            continue
        if line and _follows(line, left, bottom, size):
            line.text += character
            line.right = max(right, line.right)
            line.bottom, line.top = min(bottom, line.bottom), max(top, line.top)
            edges.append((left, right))
            continue
        if line and line.text.strip():
            yield line
        edges = [(left, right)]
        line = Line(character, left, right, bottom, top, size, edges)
    if line and line.text.strip():
        yield line


def _follows(line: Line, left: float, bottom: float, size: float) -> bool:
    """Return whether a character goes on with a line."""
    em = max(size, line.size)
    if min(size, line.size) < 0.65 * em and abs(bottom - line.bottom) > 0.2 * em:
        return False  # a reading above the line
    is_level = abs(bottom - line.bottom) <= _SAME_LINE * em
    return is_level and -0.6 * em <= left - line.right <= _WIDE * em


def _characters(page: Page) -> Iterator[tuple[str, float, float, float, float, float]]:
    """Yield each character with its box and its height; a made up space has none."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (0, 10, 13) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if code in _BOXLESS:
            yield _BOXLESS[code], 0, 0, 0, 0, 0
            continue
        raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        height = box.top - box.bottom
        if height > 0 and box.right > box.left:
            yield chr(code), box.left, box.right, box.bottom, box.top, height
    text.close()


if __name__ == "__main__":
    main()
