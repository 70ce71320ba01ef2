"""The strings that are asked: drawn from the archive by chance, the same for the same seed."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from random import Random

from search.archive.verifying.sample import Sample, Text, draw
from search.engine import FIELDS, IndexReader
from search.text.characters import is_cjk

TRIES = 20  # draws for one string, until it can be asked and is new
CACHED = 64  # articles: a small archive is drawn from over and over
RARE_SHARE = 8  # one string of so many stands around a character that is rare
RARE = 2  # articles of those drawn from, in which such a character is at the most
TITLE_SHARE = 0.2  # of the strings, where there is a title

# Characters that are worth a look however often they occur: Han beyond the usual block, and those
# of them that are no ideographs.
_USUAL = range(0x4E00, 0xA000)
_ODD = "々〇〻〆ー"


def drawn(reader: IndexReader, ids: Sequence[str], count: int, seed: int) -> Iterator[Sample]:
    """Yield up to `count` strings of the articles with these ids, as they are stored.

    Fewer where the articles hold nothing that can be asked.
    """
    chance = Random(seed)
    order = chance.sample(sorted(ids), min(len(ids), count))
    texts_of = lru_cache(CACHED)(partial(_texts, reader))
    seen: set[str] = set()
    rare = _Rare()
    left = count - count // RARE_SHARE
    at = in_vain = 0
    while left and in_vain < len(order):
        texts = texts_of(order[at % len(order)])
        if at < len(order):
            rare.look(texts)
        sample = _one(partial(_draw_any, texts, chance), seen)
        at, in_vain = at + 1, 0 if sample else in_vain + 1
        if sample:
            left -= 1
            yield sample
    places = rare.places()
    for _ in range(count // RARE_SHARE if places else 0):
        sample = _one(partial(_draw_rare, texts_of, places, chance), seen)
        if sample:
            yield sample


def _one(attempt: Callable[[], Sample | None], seen: set[str]) -> Sample | None:
    """Return a string that was not drawn before, or one that was where there are no others."""
    sample = None
    for _ in range(TRIES):
        found = attempt()
        sample = found or sample
        if found and found.typed not in seen:
            break
    if sample:
        seen.add(sample.typed)
    return sample


def _texts(reader: IndexReader, article_id: str) -> list[Text]:
    """Return title and body of an article as they are stored; none of one that is not there."""
    number = reader.find(article_id)
    if number is None:
        return []
    return [Text.of(article_id, field, reader.text(number, field).raw) for field in FIELDS]


def _draw_any(texts: Sequence[Text], chance: Random) -> Sample | None:
    if not texts:
        return None
    title, body = texts
    in_title = chance.random() < TITLE_SHARE
    return draw(title if title.raw and (in_title or not body.raw) else body, chance)


def _draw_rare(
    texts_of: Callable[[str], Sequence[Text]],
    places: Sequence[tuple[str, str, str]],
    chance: Random,
) -> Sample | None:
    """Return a string around a rare character of a text that holds it."""
    character, article_id, field = chance.choice(places)
    for text in texts_of(article_id):
        if text.field == field:
            return draw(text, chance, text.folded.text.find(character))
    return None


class _Rare:
    """Finds the characters that few of the articles hold."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._places: dict[str, tuple[str, str]] = {}  # id and field of the last text with it

    def look(self, texts: Sequence[Text]) -> None:
        """Count the characters of one more article."""
        for text in texts:
            for character in set(text.folded.text):
                self._counts[character] = self._counts.get(character, 0) + 1
                self._places[character] = text.id, text.field

    def places(self) -> list[tuple[str, str, str]]:
        """Return each rare character with id and field of a text that holds it, sorted."""
        return sorted(
            (character, *self._places[character])
            for character, count in self._counts.items()
            if count <= RARE or character in _ODD or _is_odd(character)
        )


def _is_odd(character: str) -> bool:
    return ord(character) not in _USUAL and is_cjk(character)
