"""A user's dictionary as analysis uses it: words that jieba does not know, or knows wrongly.

Words of usual Han characters alone go to jieba's model with a frequency; they decide how a run is
cut wherever they stand in it, and nowhere else. All others (卡拉ok, c++, 让·雷诺, new york) are
*mixed*: each place where one stands as text, by the rule of `Literal`, is a word beside those that
it is made of. So what a text is cut into depends on those words alone that stand in it, and when
one is added or taken away no other text has to be cut again.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256

from search.analysis.literal import Literal
from search.analysis.runs import elements
from search.messages import message
from search.text import Span

FORBIDDEN = 0  # the frequency of a word that nothing is to be cut into
DIGEST_CHARACTERS = 16


@dataclass(frozen=True)
class Dictionary:
    """Folded words; `NONE` has none. Two with the same words are equal, whatever file they are of.

    `han` has frequencies as jieba counts them, `FORBIDDEN` for what is to be no word; none is of a
    single character. `mixed` are texts of `Literal`s. `apart` are Latin terms, such as bim+gis,
    that are indexed by their parts only.
    """

    han: Mapping[str, int] = field(default_factory=dict)
    mixed: Collection[str] = frozenset()
    apart: Collection[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.han or self.mixed or self.apart)

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[object, ...]:
        # Sent to the processes that cut with each batch, which then read it once.
        return from_json, (self.to_json(),)

    def words(self) -> dict[str, str]:
        """Return each word and what is asked of it: what differs in two has to be cut again."""
        return {
            **{word: str(frequency) for word, frequency in self.han.items()},
            **dict.fromkeys(self.mixed, "mixed"),
            **dict.fromkeys(self.apart, "apart"),
        }

    def differing(self, other: "Dictionary") -> list[str]:
        """Return the words, sorted, at which texts are cut otherwise by the other dictionary."""
        mine, others = self.words(), other.words()
        return sorted(
            word for word in mine.keys() | others.keys() if mine.get(word) != others.get(word)
        )

    def to_json(self) -> str:
        """Return it for storing, equal ones as equal texts."""
        return self._stored

    @cached_property
    def digest(self) -> str:
        """Return a short name of what it holds, "none" where that is nothing."""
        return sha256(self._stored.encode()).hexdigest()[:DIGEST_CHARACTERS] if self else "none"

    def begins_in(self, run: str) -> Iterator[tuple[int, str]]:
        """Yield each Han word that stands in a run, and where, in the order of their beginnings."""
        begun = self.beginnings
        for at in range(len(run) - 1):
            for word in begun.get(run[at : at + 2], ()):
                if run.startswith(word, at):
                    yield at, word

    def is_in(self, run: str) -> bool:
        """Return whether any of the Han words stands in a run."""
        return next(self.begins_in(run), None) is not None

    @cached_property
    def beginnings(self) -> Mapping[str, list[str]]:
        """First two characters → the Han words that begin so."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self.han):
            found[word[:2]].append(word)
        return dict(found)

    @cached_property
    def literals(self) -> tuple[Literal, ...]:
        """The mixed words, as texts that are looked for."""
        return tuple(map(Literal, sorted(self.mixed)))

    def mixed_among(self, folded: str, units: Collection[str]) -> list[tuple[int, str]]:
        """Return where mixed words begin in a long folded text, of which `units` are the units."""
        known = frozenset(units) if self.mixed else frozenset()
        return [
            (start, one.text)
            for one, needed in self._needed
            if needed <= known
            for start, _ in one.spans(folded)
        ]

    @cached_property
    def _needed(self) -> list[tuple[Literal, frozenset[str]]]:
        """The mixed words with the units of letters and digits in each: most texts lack some."""
        return [
            (one, frozenset(part for part, _, is_cjk in elements(one.text) if not is_cjk))
            for one in self.literals
        ]

    @cached_property
    def _told(self) -> Mapping[str, list[int]]:
        """A part of each mixed word → the numbers in `literals` of those that it tells from others.

        "" where a word holds nothing but signs.
        """
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.literals):
            parts = [part for s, _, is_cjk in elements(one.text) for part in _parts(s, is_cjk)]
            found[max(parts, key=_weight, default="")].append(number)
        return dict(found)

    @cached_property
    def has_spaced(self) -> bool:
        """Whether any of the words may have a blank in it, where it has one or beside Latin."""
        return any(one.lets_blanks_in for one in self.literals)

    def mixed_in(self, folded: str) -> list[tuple[Span, str]]:
        """Return where each mixed word stands in a folded text, in order, longer ones first.

        Of 25,000 words those alone are looked for of which the text has the telling part.
        """
        told = self._told
        parts = {
            part for stretch, _, is_cjk in elements(folded) for part in _parts(stretch, is_cjk)
        }
        numbers = sorted(number for part in (*parts, "") for number in told.get(part, ()))
        found = [
            (span, one.text)
            for one, needed in map(self._needed.__getitem__, numbers)
            if needed <= parts
            for span in one.spans(folded)
        ]
        return sorted(found, key=lambda place: (place[0][0], -place[0][1]))

    def mixed_apart(self, folded: str) -> list[tuple[Span, str]]:
        """Return those of `mixed_in` that overlap with none before: the first, the longest."""
        end = 0
        kept = []
        for span, word in self.mixed_in(folded):
            if span[0] >= end:
                kept.append((span, word))
                end = span[1]
        return kept

    @cached_property
    def _stored(self) -> str:
        fields = {
            "han": dict(sorted(self.han.items())),
            "mixed": sorted(self.mixed),
            "apart": sorted(self.apart),
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _parts(stretch: str, is_cjk: bool) -> Iterator[str]:
    """Yield what a text has in it that has a stretch: its pairs and characters, or itself."""
    if not is_cjk:
        yield stretch
        return
    yield from stretch
    yield from (stretch[at : at + 2] for at in range(len(stretch) - 1))


def _weight(part: str) -> tuple[bool, int]:
    """Return how well a part tells words apart: pairs of Han best, then long Latin."""
    return len(part) > 1 and not part.isascii(), len(part)


NONE = Dictionary()


@lru_cache(4)
def from_json(stored: str) -> Dictionary:
    """Return the dictionary that `to_json` made; a ValueError when it cannot be read."""
    try:
        fields = json.loads(stored)
        han = {str(word): int(frequency) for word, frequency in fields["han"].items()}
        return Dictionary(han, frozenset(fields["mixed"]), frozenset(fields["apart"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(message("the dictionary is damaged")) from error
