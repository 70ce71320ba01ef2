"""The steps of folding written for reading: no short cuts, and nothing kept between two texts."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from search.text import Damage, Folded, Kind, Offsets, Span
from search.text.characters import CJK, HAN
from search.text.gloss import is_reading
from search.text.layout import MOST_BREAKS, PROSE_CHARACTERS
from search.text.offsets import Edit
from search.text.width import extends, fold_block
from search.text.wrapping import CUT_SHARE, FILLED_SHARE, LEAST_CUT, SHORTEST, SLACK, WIDEST

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếề"
SYLLABLE = rf"[a-zA-Zü{TONED}{TONED.upper()}\u0300-\u036f]{{1,8}}"
GLOSS = re.compile(rf"(?<=[{HAN}])[(（]({SYLLABLE})[)）]")
ORPHAN = re.compile(rf"[^\s{HAN}(（][(（]({SYLLABLE})[)）]")
UNOPENED = re.compile(rf"[?？\ufffd{HAN}]({SYLLABLE})[)）]")

LINE = re.compile(r"[^\r\n]+")
BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
INSIDE = re.compile(r"[,，、;；:：。！？!?]")
CUT_END = re.compile(f"[{CJK}]$")
CUT_START = re.compile(r"[^\W_]")
SENTENCE_END = re.compile(r"[。！？!?；;…]")
MARKED = re.compile(
    r"\s*(?:[#>|*+\-=_~`■□●○◆◇▲△▼★☆※·•◎▌【\[<!&$%@{}]|\d+[.、)）](?!\d)\s?|[(（]?[一二三四五六七八九十]+[)）、])"
)

QUOTE = re.compile(r"(?:> ?)*")
ITEM = re.compile(r" *(?:[-*+•]|\d{1,3}[.)])(?: +)| *[0-9]{1,3}、 *")

HANGING = "，。、；：！？”’）》」』,.;:!?)"
SENTENCE = re.compile(r"[。！？；…]|[!?;](?!\S)")
ENDED = re.compile(r"[。！？!?…][”’」』）)]*\Z")
GAP = re.compile(r"\S(?: {2,}|\u3000+)\S|\t")
WIDE = re.compile(
    "[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)


def plain_fold(text: str) -> Folded:
    """Return what `fold` has to return."""
    without_glosses, glosses = plain_drop_glosses(text)
    joined, breaks = plain_join_lines(without_glosses)
    folded, width = plain_fold_width(joined)
    return Folded(folded, glosses.then(breaks).then(width))


def plain_drop_glosses(text: str) -> tuple[str, Offsets]:
    found = [m.span() for m in GLOSS.finditer(text) if is_reading(m[1], text[m.start() - 1])]
    return dropped(text, found, Kind.GLOSS, before=1)


def plain_join_lines(text: str) -> tuple[str, Offsets]:
    found = {*layout_breaks(text), *wrapped_breaks(text)}
    kept = {start: max(end for s, end in found if s == start) for start, _ in found}
    return dropped(text, sorted(kept.items()), Kind.BREAK, before=0)


def plain_fold_width(text: str) -> tuple[str, Offsets]:
    extending = "".join(re.escape(c) for c in sorted(set(text)) if extends(c))
    pattern = rf"\r\n|[^{extending}]?[{extending}]+|." if extending else r"\r\n|."
    folded, edits = "", []
    for match in re.finditer(pattern, text, re.DOTALL):
        piece = fold_block(match[0])
        if len(piece) != 1 or len(match[0]) != 1:
            edits.append(Edit(len(folded), len(folded) + len(piece), *match.span()))
        folded += piece
    return folded, Offsets(edits)


def plain_damage(text: str) -> list[Damage]:
    """Return what `find_damage` has to return."""
    reasons = {
        ORPHAN: "a gloss whose character is lost",
        UNOPENED: "a gloss whose opening bracket is lost",
    }
    found = [
        Damage(*match.span(), reason)
        for pattern, reason in reasons.items()
        for match in pattern.finditer(text)
        if is_syllable(match[1])
    ]
    return sorted(found, key=lambda damage: damage.start)


def dropped(text: str, spans: list[Span], kind: Kind, before: int) -> tuple[str, Offsets]:
    """Return `text` without the spans, each an edit of `before` characters that stay."""
    kept, edits, done = "", [], 0
    for start, end in spans:
        kept += text[done:start]
        edits.append(Edit(len(kept) - before, len(kept), start - before, end, kind))
        done = end
    return kept + text[done:], Offsets(edits)


def layout_breaks(text: str) -> Iterator[Span]:
    lines = (line for line in LINE.finditer(text) if not line[0].isspace())
    for before, after in pairwise(lines):
        start, end = before.start() + len(before[0].rstrip()), after.start()
        if (
            is_cut_prose(before[0].rstrip())
            and CUT_START.match(after[0])
            and not MARKED.match(after[0])
            and SENTENCE_END.search(after[0])
            and len(BREAK.findall(text, start, end)) <= MOST_BREAKS
        ):
            yield start, end


def is_cut_prose(line: str) -> bool:
    return (
        len(line) >= PROSE_CHARACTERS
        and not MARKED.match(line)
        and CUT_END.search(line) is not None
        and INSIDE.search(line) is not None
        and len(re.findall(f"[{CJK}]", line)) > len(re.findall(r"[^\W\d_]+|\d+", line))
    )


def wrapped_breaks(text: str) -> Iterator[Span]:
    """Yield the breaks of lines that were filled: see `search.text.wrapping`."""
    found = [(m.start(), m[1].rstrip()) for m in re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)", text)]
    lines = without_prefixes([line for _, line in found])
    blocks: list[list[int]] = [[]]
    is_code = False
    for number, line in enumerate(lines):
        is_fence = line.body.lstrip().startswith(("```", "~~~"))
        if is_code or is_fence or not line.body:
            blocks.append([])
            is_code = is_code != is_fence
        elif line.body[0].isspace() or MARKED.match(line.body) or line.is_start:
            blocks.append([number])
        else:
            blocks[-1].append(number)
    prose = [block for block in blocks if is_wrapped_prose([lines[n].body for n in block])]
    widest = max((width(lines[n].seen.rstrip(HANGING)) for b in prose for n in b[:-1]), default=0)
    joined = []
    for block in prose:
        going_on = [n for n in block[:-1] if not ENDED.search(lines[n].body)]
        filled = [n for n in going_on if is_filled(lines[n].seen, lines[n + 1].body, widest)]
        joined += filled if len(filled) >= FILLED_SHARE * len(going_on) else []
    in_clauses = [n for n in joined if CUT_END.search(lines[n].body)]
    if len(in_clauses) >= max(LEAST_CUT, CUT_SHARE * len(joined)):
        for n in joined:
            start, line = found[n]
            if not (line[-1].isascii() and lines[n + 1].body[0].isascii()):
                yield start + len(line), found[n + 1][0] + lines[n + 1].prefix


class PlainLine(NamedTuple):
    """A line of which what stands before its text is known: see `search.text.prefixes`."""

    body: str
    seen: str  # what was as wide as the lines are
    prefix: int
    is_start: bool


def without_prefixes(lines: list[str]) -> list[PlainLine]:
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    found = []
    item = 0  # the indent of the lines that the item goes on in, where one does
    for n, line in enumerate(lines):
        marks = QUOTE.match(line)[0]
        above = QUOTE.match(lines[n - 1])[0].replace(" ", "") if n else ""
        is_start = marks.replace(" ", "") != above
        mark = ITEM.match(line)
        was_in_item = item
        if item and indents[n] == item and not mark:
            found.append(PlainLine(line[item:], line, item, is_start))
            continue
        after = indents[n + 1] if n + 1 < len(lines) and not ITEM.match(lines[n + 1]) else 0
        item = after if mark and 2 <= after <= mark.end() + 2 else 0
        if item:
            found.append(PlainLine(line[mark.end() :], line, mark.end(), True))
        elif marks:
            found.append(PlainLine(line[len(marks) :], line[len(marks) :], len(marks), is_start))
        else:
            found.append(PlainLine(line, line, 0, is_start or was_in_item > 0))
    return found


def is_wrapped_prose(block: list[str]) -> bool:
    text = "".join(block)
    return (
        len(block) > 1
        and not MARKED.match(block[0])
        and all(width(line) <= WIDEST for line in block[:-1])
        and not any(GAP.search(line) for line in block)
        and SENTENCE.search(text) is not None
        and len(re.findall(f"[{CJK}]", text)) > len(re.findall(r"[^\W\d_]+|\d+", text))
    )


def is_filled(line: str, after: str, widest: int) -> bool:
    beginning = re.match(rf"(?:[!-~]+|.)[{re.escape(HANGING)}]*", after, re.DOTALL)
    return (
        beginning is not None
        and len(line) >= SHORTEST
        and width(line) + width(beginning[0]) + SLACK > widest
    )


def width(line: str) -> int:
    return sum(2 if WIDE.match(character) else 1 for character in line)


def is_syllable(text: str) -> bool:
    plain = unicodedata.normalize("NFC", text).lower()
    toned = re.search("[\u0300\u0301\u0304\u030c]", unicodedata.normalize("NFD", plain))
    return toned is not None and plain in syllables()


@cache
def syllables() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT

    rows = ",".join(PINYIN_DICT.values()).split(",")
    return frozenset(unicodedata.normalize("NFC", row).lower() for row in rows)
