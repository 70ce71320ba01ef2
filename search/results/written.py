"""What an author wrote where a folded text has something: characters, without glosses or breaks."""

from search.text import Folded
from search.text.offsets import Kind


def as_written(raw: str, folded: Folded, start: int, end: int) -> str:
    """Return the author's own characters for `start:end` of the folded text of `raw`.

    >>> from search.text import fold
    >>> as_written("產(chǎn)業(yè)鏈", fold("產(chǎn)業(yè)鏈"), 0, 2)
    '產業'
    """
    at, last = folded.offsets.raw_span(start, end)
    parts = []
    for kind in (Kind.GLOSS, Kind.BREAK):
        parts += folded.offsets.dropped(kind, at, last)
    kept = []
    for first, after in sorted(parts):
        kept.append(raw[at:first])
        at = max(at, after)
    return "".join([*kept, raw[at:last]])
