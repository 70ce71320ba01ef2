"""PDF: one article a file, read by `pdf_pages` in a process of its own with a clock.

That costs a tenth of a second a file, and no file can hang or crash the run.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.article import Hints, article
from search.reading.decode import empty_file
from search.reading.failures import size_limit
from search.reading.format import Limit, Place, Reading
from search.reading.properties import likely_author, likely_title

_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_PDF = b"%PDF-"
_HEAD_BYTES = 1024  # in which the mark of a PDF stands


class PdfFormat:
    """Reads `.pdf`, with the extra `formats`."""

    name = "PDF"
    suffixes: tuple[str, ...] = (".pdf",)
    limit: Limit = "file_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the text of all pages as one article."""
        if not raw:
            raise empty_file(place.source)
        if _PDF not in raw[:_HEAD_BYTES]:
            raise _damaged(place.source)
        if find_spec("pypdfium2") is None:
            raise UnreadableArticleError(
                place.source,
                message("PDF is not read by this installation"),
                "pip install 'xunwen[formats]'",
            )
        found = _read(raw, place)
        _refuse(found, place)
        without = found["pages_without_text"]
        metadata = {"pages_without_text": ",".join(map(str, without))} if without else {}
        said = found["properties"]
        date = _DATE.match(said.get("CreationDate", ""))
        yield article(
            found["text"],
            place,
            Hints(
                title=likely_title(said.get("Title", "")),
                author=likely_author(said.get("Author", "")),
                created="-".join(filter(None, date.groups())) if date else "",
                metadata=metadata,
            ),
        )


def _read(raw: bytes, place: Place) -> dict[str, Any]:
    """Return what the other process says of a PDF; one that is ended or falls over is an error."""
    limits = place.settings.limits
    command = [sys.executable, "-m", "search.reading.pdf_pages", str(limits.pdf_pages)]
    # It must import what runs here, from wherever that was found.
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        ran = subprocess.run(
            command,
            input=raw,
            capture_output=True,
            timeout=limits.pdf_seconds,
            env=env,
            check=False,
        )
    except subprocess.TimeoutExpired:
        cause = message(
            "its text was not found within {pdf_seconds:,} seconds", pdf_seconds=limits.pdf_seconds
        )
        raise size_limit(place.source, cause, "pdf_seconds") from None
    try:
        found: dict[str, Any] = json.loads(ran.stdout)
    except ValueError:
        raise UnreadableArticleError(
            place.source,
            message("the reader of PDF fell over it"),
            message("print it to a new PDF, e.g. with 'qpdf OLD NEW', and index that"),
        ) from None
    return found


def _refuse(found: dict[str, Any], place: Place) -> None:
    """Raise for a PDF that gave no text."""
    fault = found.get("fault")
    if fault == "encrypted":
        raise UnreadableArticleError(
            place.source,
            message("it is encrypted"),
            message(
                "save it without its password, e.g. with 'qpdf --decrypt --password=… OLD NEW'"
            ),
        )
    if fault == "pages":
        most = place.settings.limits.pdf_pages
        cause = message(
            "it has {found:,} pages, at most {most:,} are read", found=found["pages"], most=most
        )
        raise size_limit(place.source, cause, "pdf_pages")
    if fault:
        raise _damaged(place.source)
    if not found["text"].strip():
        cause = message("only images") if found["pages_without_text"] else message("empty pages")
        raise UnreadableArticleError(
            place.source,
            message("it holds {cause} and no text", cause=cause),
            message("recognize its text first, e.g. with 'ocrmypdf -l chi_sim+chi_tra OLD NEW'"),
        )


def _damaged(source: str) -> UnreadableArticleError:
    return UnreadableArticleError(
        source,
        message("it is damaged or no PDF"),
        message("bring a whole copy of it, and index again"),
    )
