"""Whether a shown hit is true: snippets are slices of the text, each mark a place of the string."""

from collections.abc import Iterator, Sequence

from search.analysis import Literal
from search.archive.verifying.storing import context
from search.archive.verifying.verification import Failure
from search.engine import FIELDS, IndexReader, StoredText
from search.messages import message
from search.results import Hit, Marked
from search.text import Span


def wrong_marks(
    reader: IndexReader, number: int, hit: Hit, literal: Literal, query: str
) -> Iterator[Failure]:
    """Yield what is wrong in a hit, whose number in the index this is."""
    for field in FIELDS:
        stored = reader.text(number, field)
        if field == "title" and not hit.title == hit.marked_title.text == stored.raw:
            text = message(
                "is shown with the title '{text}', not '{raw}'",
                text=hit.marked_title.text,
                raw=stored.raw,
            )
            yield Failure("mark", text, hit.id, hit.source, field, query=query)
        places = stored.folded.offsets.raw_spans(literal.every_span(stored.folded.text))
        shown: Sequence[Marked] = [hit.marked_title] if field == "title" else hit.snippets
        for offset, fault in _faults(stored, places, shown):
            end = offset + len(literal.text)
            cut = context(stored.raw, offset, end)
            yield Failure("mark", fault, hit.id, hit.source, field, offset, query, cut)


def _faults(
    stored: StoredText, places: Sequence[Span], shown: Sequence[Marked]
) -> Iterator[tuple[int, str]]:
    """Yield where in a title or body something is wrong, and what."""
    if places and not any(marked.spans for marked in shown):
        yield places[0][0], message("is found, but not marked")
    for marked in shown:
        start, end = marked.start, marked.start + len(marked.text)
        if stored.raw[start:end] != marked.text:
            yield start, message("is shown as text that does not stand there")
        for span in marked.spans:
            first, last = span[0] + start, span[1] + start
            if not (
                start <= first < last <= end and _is_place((first, last), (start, end), places)
            ):
                yield (
                    first,
                    message(
                        "has a mark from {first:,} to {last:,}, where it does not stand",
                        first=first,
                        last=last,
                    ),
                )


def _is_place(span: Span, shown: Span, places: Sequence[Span]) -> bool:
    """Return whether places begin and end with the span and cover it, as far as it is shown.

    Blocks of the map are indivisible: marks that share one are a single span.
    """
    touching = sorted(place for place in places if place[0] < span[1] and place[1] > span[0])
    begins = any(max(start, shown[0]) == span[0] for start, _ in touching)
    ends = any(min(end, shown[1]) == span[1] for _, end in touching)
    reach = span[0]
    for start, end in touching:
        if start <= reach:
            reach = max(reach, end)
    return begins and ends and reach >= span[1]
