"""Where a text stands in the author's own characters: 後 is not 后, Ａ is not a."""

from collections.abc import Iterator

from search.analysis.literal import Literal
from search.deadline import checked
from search.text import Folded, Kind, Span, unpack
from search.text.gloss import drop_glosses


def original_spans(text: str, literal: Literal, raw: str, folded: Folded) -> list[Span]:
    """Return the spans of the folded text that are `text` in `raw`, without overlaps, in order.

    `literal` is the same folded. Glosses and the breaks that layout put inside a sentence count for
    nothing, nor do spaces, of which `literal` knows where they may stand.
    """
    return list(_found(bare(text), literal, raw, folded))


def holds_original(text: str, literal: Literal, raw: str, folding: bytes) -> bool:
    """Return whether there are any `original_spans`; `folding` is the packed map of `raw`."""
    typed = bare(text)
    if not all(character in raw for character in typed):
        return False
    if not folding and literal.is_plain:  # nothing was dropped: each character is one
        return typed in raw
    return next(_found(typed, literal, raw, unpack(raw, folding)), None) is not None


def _found(typed: str, literal: Literal, raw: str, folded: Folded) -> Iterator[Span]:
    reach = 0
    for start, end in checked(literal.every_span(folded.text)):
        if start >= reach and _without_blanks("".join(_written(raw, folded, start, end))) == typed:
            reach = end
            yield start, end


def _written(raw: str, folded: Folded, start: int, end: int) -> Iterator[str]:
    """Yield what the author wrote for `start:end` of the folded text, but for what was dropped."""
    offsets = folded.offsets
    at, last = offsets.raw_span(start, end)
    for first, behind in sorted(
        offsets.dropped(Kind.GLOSS, at, last) + offsets.dropped(Kind.BREAK, at, last)
    ):
        yield raw[at:first]
        at = max(at, behind)
    yield raw[at:last]


def bare(text: str) -> str:
    """Return what an author must have written for `text`: without glosses and blanks."""
    return _without_blanks(drop_glosses(text)[0])


def _without_blanks(text: str) -> str:
    return "".join(text.split())
