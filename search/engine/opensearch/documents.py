"""Documents ↔ what an index is given of each, and gives back."""

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from search.analysis.batch import Batch
from search.document import Document
from search.engine.column_names import (
    AUTHOR,
    FOLDER,
    FORMAT,
    MONTH,
    SCRIPT,
    SOURCE,
    TAKEN,
    YEAR,
    folder_of,
    format_of,
)
from search.engine.dates import date_number
from search.engine.opensearch.mapping import (
    BODY,
    CHARACTERS,
    COLUMNS,
    DATE,
    DAY,
    GRAMS,
    KEY,
    LATEST,
    NAMED,
    NUMBER,
    STORED,
    TITLE,
    WORDS,
    WRITTEN,
    field,
    length_field,
)
from search.engine.opensearch.paths import escaped, unescaped
from search.engine.opensearch.streams import lines_of
from search.engine.port import Heading, StoredText
from search.engine.scripts import scripts_of
from search.text import fold, unpack

SEPARATOR = "\x1f"
LONGEST_KEY = 2_000  # characters of an id or a value; of longer ones a digest tells the rest
DIGEST_BYTES = 16
_HEADING = ("id", "title", "author", "date", "source", "path", "metadata")

# What `_source` is asked for.
HEADINGS = [f"{STORED}.{name}" for name in _HEADING]
TEXTS = [STORED]


def bodies_of(batch: Batch, first: int) -> Iterator[dict[str, Any]]:
    """Yield what the index is given of each document of a batch, numbered from `first` on."""
    lines = lines_of(batch)
    words, grams = batch.word_counts.tolist(), batch.element_counts.tolist()
    for at, document in enumerate(batch.documents):
        found: dict[str, Any] = {NUMBER: first + at, KEY: cut_key(document.id)}
        for place, text in ((2 * at, TITLE), (2 * at + 1, BODY)):
            of_text = next(lines)
            found |= {field(kind, text): line for kind, line in of_text.items()}
            found[length_field(WORDS, text)] = words[place]
            found[length_field(GRAMS, text)] = grams[place]
        foldings = batch.foldings[2 * at : 2 * at + 2]
        found[CHARACTERS] = len(document.body)
        found |= _dates(document.date)
        found |= _columns(document)
        stored = _stored(document, (foldings[0], foldings[1]))
        stored["script"] = _script_of(document)
        stored["digest"] = _digest(document, found, stored["foldings"])
        found[STORED] = stored
        yield found


def heading_of(stored: Mapping[str, Any]) -> Heading:
    """Return what a list of hits shows of a document."""
    told = {**stored, "path": unescaped(stored["path"])}
    return Heading(*(told[name] for name in _HEADING))


def document_of(stored: Mapping[str, Any]) -> Document:
    """Return a document as it was written."""
    heading = heading_of(stored)
    return Document(
        heading.id,
        heading.title,
        stored["body"],
        heading.author,
        heading.date,
        heading.source,
        heading.path,
        heading.metadata,
    )


def text_of(stored: Mapping[str, Any], text: str) -> StoredText:
    """Return the title or body of a document with its folded form."""
    raw: str = stored[text]
    folding = stored["foldings"][0 if text == TITLE else 1]
    return StoredText(raw, unpack(raw, base64.b64decode(folding)))


def cut_key(text: str) -> str:
    """Return a text as a term that tells it from any other, however long it is."""
    if len(text) <= LONGEST_KEY:
        return text
    rest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()
    return f"{text[:LONGEST_KEY]}{SEPARATOR}{rest}"


def column_term(name: str, folded: str) -> str:
    """Return the term of the documents that have a value, folded, in a column."""
    return f"{name}{SEPARATOR}{cut_key(folded)}"


def column_values(document: Document) -> dict[str, str]:
    """Return what a document has in each column."""
    found = {AUTHOR: document.author, SOURCE: document.source, SCRIPT: _script_of(document)}
    found |= {FOLDER: folder_of(document.source), FORMAT: format_of(document.source)}
    if dated := date_number(document.date):
        found[YEAR] = f"{dated // 10_000:04}"
        if month := dated // 100 % 100:
            found[MONTH] = f"{found[YEAR]}-{month:02}"
    found |= {name: value for name, value in document.metadata.items() if name not in TAKEN}
    return {name: value for name, value in found.items() if value}


def _columns(document: Document) -> dict[str, list[str]]:
    names, terms, written = [], [], []
    for name, value in column_values(document).items():
        term = column_term(name, _folded(value))
        names.append(name)
        terms.append(term)
        written.append(f"{term}{SEPARATOR}{SEPARATOR}{cut_key(value)}")
    return {COLUMNS: terms, WRITTEN: written, NAMED: names}


def _dates(text: str) -> dict[str, int]:
    """Return a date, the last that it can mean, and its first day since 1970; or nothing."""
    dated = date_number(text)
    if not dated:
        return {}
    year, month, day = dated // 10_000, dated // 100 % 100, dated % 100
    latest = dated + (9999 if not dated % 10_000 else 99 if not dated % 100 else 0)
    found = {DATE: dated, LATEST: latest}
    found[DAY] = (np.datetime64(f"{year:04}-{max(month, 1):02}", "D") - _EPOCH).astype(int).item()
    found[DAY] += max(day, 1) - 1
    return found


_EPOCH = np.datetime64(date(1970, 1, 1))


def _stored(document: Document, foldings: tuple[bytes, bytes]) -> dict[str, Any]:
    return {
        **{name: getattr(document, name) for name in _HEADING},
        "path": escaped(document.path),
        "metadata": dict(document.metadata),
        "body": document.body,
        "foldings": [base64.b64encode(one).decode("ascii") for one in foldings],
    }


def _script_of(document: Document) -> str:
    points = np.frombuffer(document.body.encode("utf-32-le", "surrogatepass"), np.uint32)
    return scripts_of(points, np.array([len(points)]))[0]


def _digest(document: Document, found: Mapping[str, Any], foldings: list[str]) -> str:
    """Return a digest of all that the index has of a document, but for where its file lies."""
    told: list[Any] = [getattr(document, name) for name in _HEADING if name not in ("path",)]
    told[-1] = sorted(document.metadata.items())
    told += [document.body, foldings]
    for text in (TITLE, BODY):
        told.append(sorted(found.get(field(WORDS, text), "").split(" ")))
        told.append(found.get(field(GRAMS, text), ""))
        told += [found[length_field(kind, text)] for kind in (WORDS, GRAMS)]
    raw = json.dumps(told).encode("ascii")
    return blake2b(raw, digest_size=DIGEST_BYTES).hexdigest()


@lru_cache(1 << 12)
def _folded(value: str) -> str:
    return fold(value).text
