"""What an index keeps of a folding, beside the original: enough to make the folded text again.

Outside its edits a folded text is its original, each character folded by itself; so only the edits
are kept, and what stands in each. A text without edits, as most are, takes no byte at all.
"""

from itertools import chain, pairwise

from search.text.fold import Folded
from search.text.offsets import UNCHANGED, Edit, Kind, Offsets, Span
from search.text.width import fold_each

# Numbers are written as characters: UTF-8 gives small ones one byte, and Python reads it at once.
# One that is larger than any character is this one, as often as needed, and the rest.
_LARGEST = 0x10FFFF
_KINDS = {kind.value: kind for kind in Kind}
_KIND_BITS, _KIND_MASK = 2, 3


def pack(folded: Folded) -> bytes:
    """Return the edits of `folded` and what stands in them, in about 6 bytes an edit.

    >>> len(pack(fold("長三角"))), len(pack(fold("重㎏。")))
    (0, 7)
    """
    edits = folded.offsets.edits
    if not edits:
        return b""
    text = folded.text
    gaps = [edits[0].start]
    gaps += [after.start - before.end for before, after in pairwise(edits)]
    gaps.append(len(text) - edits[-1].end)
    lengths = [edit.raw_end - edit.raw_start for edit in edits]
    shapes = [edit.end - edit.start << _KIND_BITS | edit.kind for edit in edits]
    numbers = "".join(map(_character, chain([len(edits)], gaps, lengths, shapes)))
    blocks = "".join([text[edit.start : edit.end] for edit in edits])
    return (numbers + blocks).encode("utf-8", "surrogatepass")


def unpack(raw: str, packed: bytes) -> Folded:
    """Return what `fold` makes of `raw`, whose folding was packed to `packed`.

    Raises ValueError when the two cannot belong together.
    """
    if not packed:
        return Folded(_in_step(raw), UNCHANGED)
    gaps, lengths, shapes, blocks = _read(packed.decode("utf-8", "surrogatepass"))
    edits: list[Edit] = []
    kept: list[str] = []  # the original between the edits
    start = end = raw_end = 0
    for gap, length, shape in zip(gaps, lengths, shapes, strict=False):
        start, raw_start = end + gap, raw_end + gap
        kept.append(raw[raw_end:raw_start])
        end, raw_end = start + (shape >> _KIND_BITS), raw_start + length
        edits.append(Edit(start, end, raw_start, raw_end, _KINDS[shape & _KIND_MASK]))
    kept.append(raw[raw_end:])
    blocks_length = sum(shape >> _KIND_BITS for shape in shapes)
    if raw_end + gaps[-1] != len(raw) or blocks_length != len(blocks):
        raise ValueError("a folding map does not fit its text")
    return Folded(_interleaved(_in_step("".join(kept)), gaps, blocks, shapes), Offsets(edits))


def changed_spans(packed: bytes) -> list[Span]:
    """Return the spans of an original outside which each of its characters is folded by itself."""
    if not packed:
        return []
    gaps, lengths, _, _ = _read(packed.decode("utf-8", "surrogatepass"))
    found: list[Span] = []
    end = 0
    for gap, length in zip(gaps, lengths, strict=False):
        found.append((end + gap, end + gap + length))
        end += gap + length
    return found


def _in_step(raw: str) -> str:
    folded = fold_each(raw)
    if len(folded) != len(raw):
        raise ValueError("a folding map lacks an edit")
    return folded


def _interleaved(kept: str, gaps: list[int], blocks: str, shapes: list[int]) -> str:
    """Return the folded text, of what lies between its edits and what lies in them."""
    parts: list[str] = []
    at = block_at = 0
    for gap, shape in zip(gaps, shapes, strict=False):
        block_end = block_at + (shape >> _KIND_BITS)
        parts += kept[at : at + gap], blocks[block_at:block_end]
        at, block_at = at + gap, block_end
    parts.append(kept[at:])
    return "".join(parts)


def _character(number: int) -> str:
    """Return `number` as one character, or more if it is larger than any."""
    return chr(_LARGEST) * (number // _LARGEST) + chr(number % _LARGEST)


def _read(text: str) -> tuple[list[int], list[int], list[int], str]:
    """Return gaps, lengths and shapes of the edits, and what stands in them."""
    (count,), at = _numbers(text, 0, 1)
    gaps, at = _numbers(text, at, count + 1)
    lengths, at = _numbers(text, at, count)
    shapes, at = _numbers(text, at, count)
    if not count or 0 in lengths or any(shape & _KIND_MASK not in _KINDS for shape in shapes):
        raise ValueError("a folding map holds no such edits")
    return gaps, lengths, shapes, text[at:]


def _numbers(text: str, at: int, count: int) -> tuple[list[int], int]:
    """Return `count` numbers written in `text` from `at` on, and where they end."""
    numbers = list(map(ord, text[at : at + count]))
    if _LARGEST not in numbers:
        if len(numbers) < count:
            raise ValueError("a folding map is cut short")
        return numbers, at + count
    numbers = []
    for _ in range(count):
        start = at
        while text[at : at + 1] == chr(_LARGEST):
            at += 1
        if at == len(text):
            raise ValueError("a folding map is cut short")
        numbers.append((at - start) * _LARGEST + ord(text[at]))
        at += 1
    return numbers, at
