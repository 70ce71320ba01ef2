"""Whether what an index has stored of an article is what its file says."""

from collections.abc import Iterator

from search.archive.verifying.rereading import Reread
from search.archive.verifying.verification import Failure
from search.document import Document
from search.engine import IndexReader, StoredText
from search.messages import message
from search.text import Folded

AROUND = 12  # characters of context before and behind


def context(text: str, start: int, end: int) -> str:
    """Return a part of a text with what is around it, on one line."""
    low, high = max(0, start - AROUND), end + AROUND
    cut = " ".join(text[low:high].split())
    return f"{'…' if low else ''}{cut}{'…' if high < len(text) else ''}"


def differences(
    reader: IndexReader, number: int, article: Reread, folded: list[Folded]
) -> Iterator[Failure]:
    """Yield what is stored otherwise than the article, or its texts `folded` anew, has it."""
    document = article.document
    if article.is_from_file:
        yield from _of_heading(reader, number, document)
    for field, raw, anew in zip(
        ("title", "body"), (document.title, document.body), folded, strict=True
    ):
        stored = reader.text(number, field)
        if stored.raw != raw:
            yield _of_text(document, field, raw, stored.raw)
        elif stored.folded != anew:
            yield _of_map(document, field, stored, anew)


def _of_heading(reader: IndexReader, number: int, document: Document) -> Iterator[Failure]:
    heading = reader.headings([number])[0]
    for name in ("id", "title", "author", "date", "source"):
        stored, wanted = getattr(heading, name), getattr(document, name)
        if stored != wanted:
            text = message(
                "the {name} stored is '{stored}', that of its file '{wanted}'",
                name=name,
                stored=stored,
                wanted=wanted,
            )
            yield Failure("heading", text, document.id, document.place)
    if dict(heading.metadata) != dict(document.metadata):
        names = heading.metadata.keys() | document.metadata.keys()
        wrong = [n for n in names if heading.metadata.get(n) != document.metadata.get(n)]
        text = message(
            "the metadata stored is not that of its file: {wrong}", wrong=", ".join(sorted(wrong))
        )
        yield Failure("heading", text, document.id, document.place)


def _of_text(document: Document, field: str, raw: str, stored: str) -> Failure:
    at = _first_difference(raw, stored)
    text = message(
        "the {field} stored is not that of its file: {stored}, not {raw}",
        field=field,
        stored=_shown(stored, at),
        raw=_shown(raw, at),
    )
    return Failure(
        "text", text, document.id, document.place, field, at, context=context(raw, at, at + 1)
    )


def _of_map(document: Document, field: str, stored: StoredText, anew: Folded) -> Failure:
    """Return what tells that a stored text does not give the folded text that it should."""
    at = _first_difference(anew.text, stored.folded.text)
    text = message("is not the map that folding gives")
    if stored.folded.text != anew.text:
        text = message(
            "gives {stored}, not {wanted}",
            stored=_shown(stored.folded.text, at),
            wanted=_shown(anew.text, at),
        )
    offset = anew.offsets.raw_span(at, at)[0]
    return Failure(
        "map",
        message("the map stored with the {field} {text}", field=message(field), text=text),
        document.id,
        document.place,
        field,
        offset,
        context=context(stored.raw, offset, offset + 1),
    )


def _first_difference(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def _shown(text: str, at: int) -> str:
    return f"'{text[at]}'" if at < len(text) else message("its end")
