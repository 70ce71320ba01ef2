"""The map of an article's marks: where down the page each of them is, about.

Told by characters, since nothing here knows how wide a window is; the script moves each tick to
where its mark is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from web.marks import Run

LINE = 36  # characters of a full line on a wide page
LINE_GAP = 0.6  # between paragraphs, in lines
MOST = 400  # ticks: more are a bar


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark's anchor and its place down the text, from 0 to 1000."""

    anchor: str
    place: int


def ticks(title: Sequence[Run], lines: Sequence[Sequence[Run]]) -> Sequence[Tick]:
    """Return a tick for each mark of the body; of very many only some, evenly."""
    found: list[tuple[str, float]] = [(run.anchor, 0.0) for run in title if run.marked]
    down = 0.0
    for line in lines:
        characters = 0
        for run in line:
            if run.marked:
                found.append((run.anchor, down + characters // LINE))
            characters += sum(len(piece.text) for piece in run.pieces if not piece.gloss)
        down += -(-characters // LINE) + LINE_GAP
    step = -(-len(found) // MOST) or 1
    return [Tick(anchor, round(1000 * at / (down or 1))) for anchor, at in found[::step]]
