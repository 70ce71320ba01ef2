"""The analysis of a text, for people and for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence

from search.archive.text_analysis import TextAnalysis
from search.cli.failures import rest
from search.cli.output import is_terminal
from search.cli.sections import Row, Section
from search.cli.speech import spoken, tell
from search.messages import message
from search.text import Damage
from search.text.changes import Change
from search.text.reasons import Place

SHOWN_CHARACTERS = 1_000  # of the folded text on a terminal
SHOWN_TERMS = 150  # in their order
SHOWN_DISTINCT = 50
_BESIDE = 2  # characters shown on both sides of a break that was joined

_KINDS = {
    "user": message("of your dictionary"),
    "dictionary": message("in the dictionary"),
    "guessed": message("guessed, not in the dictionary"),
    "character": message("single characters"),
    "latin": message("Latin words"),
    "part": message("parts of them"),
    "kana": message("kana"),
    "hangul": message("Hangul"),
}


def text_sections(found: TextAnalysis) -> list[Section]:
    """Return what is told of a text, in the order of the steps."""
    raw, reasons = found.text, found.reasons
    return [
        Section("folded", list(_folded(found.folded.text))),
        Section("dropped", [_place(raw, place) for place in reasons.dropped]),
        Section("kept", [_place(raw, place) for place in reasons.kept]),
        Section("joined", [_joined(raw, place) for place in reasons.joined]),
        Section("breaks", list(_breaks(found))),
        Section("changed", list(map(_change, reasons.changes))),
        Section("damage", [_place(raw, place) for place in found.damage]),
        Section("words", list(_words(found))),
        Section(
            "grams", [Row(_some([token.term for token in found.grams], SHOWN_TERMS), by_word=True)]
        ),
    ]


def _folded(text: str) -> Iterator[Row]:
    is_cut = is_terminal() and len(text) > SHOWN_CHARACTERS
    for line in (text[:SHOWN_CHARACTERS] if is_cut else text).split("\n"):
        if line.strip() or not is_terminal():
            yield Row(line)
    if is_cut:
        more = len(text) - SHOWN_CHARACTERS
        yield Row("", tell("and {count:,} characters more; '--json' gives all", count=more))


def _place(raw: str, place: Place | Damage) -> Row:
    return Row(visible(raw[place.start : place.end]), _reason(place))


def _joined(raw: str, place: Place) -> Row:
    around = raw[max(0, place.start - _BESIDE) : place.end + _BESIDE]
    return Row(visible(around), _reason(place))


def _reason(place: Place | Damage) -> str:
    reason = spoken(place.reason)
    return tell("at {start}: {reason}", start=place.start, reason=reason)


def _breaks(found: TextAnalysis) -> Iterator[Row]:
    """Yield how many breaks were kept for each reason, and why no lines count as wrapped."""
    first: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for place in found.reasons.breaks:
        first.setdefault(place.reason, place.start)
        counts[place.reason] += 1
    for reason, count in counts.most_common():
        kept = tell("{count:,} kept", count=count)
        yield Row(kept, f"{spoken(reason)}{_first(first[reason], count)}")
    if counts and found.reasons.not_wrapped:
        why = spoken(found.reasons.not_wrapped)
        none = tell("comes from lines broken at one width: {why}", why=why)
        yield Row(tell("none"), none)


def _change(change: Change) -> Row:
    times = tell(", {count:,} times", count=change.count) if change.count > 1 else ""
    kinds = spoken(", ").join(map(spoken, change.kinds))
    note = f"{kinds}{times}{_first(change.first, change.count)}"
    return Row(f"{visible(change.before)} → {visible(change.after)}", note)


def _first(at: int, count: int) -> str:
    return tell(", first at {at}", at=at) if count > 1 else tell(", at {at}", at=at)


def _words(found: TextAnalysis) -> Iterator[Row]:
    """Yield the words in their order, then those of each kind with how often they stand there."""
    yield Row(_some([token.term for token, _ in found.words], SHOWN_TERMS), by_word=True)
    by_kind: dict[str, Counter[str]] = {}
    for token, kind in found.words:
        by_kind.setdefault(kind, Counter())[token.term] += 1
    for kind, name in _KINDS.items():
        if kind in by_kind:
            terms = _some(_counted(by_kind[kind]), SHOWN_DISTINCT)
            yield Row(tell("{kind}: {terms}", kind=name, terms=terms), by_word=True)


def _counted(counts: Counter[str]) -> list[str]:
    return [f"{word}×{n:,}" if n > 1 else word for word, n in counts.most_common()]


def _some(terms: Sequence[str], most: int) -> str:
    """Return terms side by side, on a terminal so many of them and how many more there are."""
    if not is_terminal() or len(terms) <= most:
        return " ".join(terms)
    return f"{' '.join(terms[:most])} … {spoken(rest(len(terms) - most))}"


def visible(text: str) -> str:
    r"""Return a short text on one line, what cannot be seen as its code point.

    >>> visible("联合\n\n招商"), visible("a\u200b")
    ('联合⏎⏎招商', 'aU+200B')
    """
    return "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character in "\n\r":
        return "⏎" if character == "\n" else "␍"
    return character if character.isprintable() else f"U+{ord(character):04X}"
