"""Pinyin glosses that a converter left behind each character: 產(chǎn)業(yè).

A gloss is one pinyin syllable with a tone mark, in round brackets, directly after a Han character
of which it is a reading, in either script. Damaged glosses are left in place and reported.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from search.messages import message
from search.text.characters import HAN
from search.text.offsets import UNCHANGED, Edit, Kind, Offsets
from search.text.script import counterparts

# Why a syllable in brackets is no gloss; see `refusal`.
NO_TONE, NO_READING = message("no tone mark"), message("no reading")

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿếề"
_WITH_TONE = f"{_TONED}{_TONED.upper()}\u0300-\u036f"
_LETTER = rf"[a-zA-Zü{_WITH_TONE}]"
_SYLLABLE = rf"{_LETTER}{{1,8}}"
_toned = re.compile("[\u0300\u0301\u0304\u030c]")  # grave, acute, macron, caron
_may_be_toned = re.compile(f"[{_WITH_TONE}]").search
_closing = re.compile(rf"[)）](?<={_LETTER}.)")
_UNOPENED_CHARACTERS = 10  # that the longest of them has


@dataclass(frozen=True, slots=True)
class Damage:
    """A place of the original text that looks broken; it is left as it is."""

    start: int
    end: int
    reason: str


def drop_glosses(text: str) -> tuple[str, Offsets]:
    """Return `text` without its pinyin glosses and the map back to `text`.

    >>> drop_glosses("產(chǎn)業(yè)(GDP)")[0]
    '產業(GDP)'
    """
    if not may_hold_gloss(text):
        return text, UNCHANGED
    parts: list[str] = []
    edits: list[Edit] = []
    done = dropped = 0
    for match in candidates(text):
        if not is_reading(match[1], text[match.start() - 1]):
            continue
        parts.append(text[done : match.start()])
        han = match.start() - 1
        edits.append(Edit(han - dropped, han + 1 - dropped, han, match.end(), Kind.GLOSS))
        done = match.end()
        dropped += match.end() - match.start()
    if not edits:
        return text, UNCHANGED
    parts.append(text[done:])
    return "".join(parts), Offsets(edits)


def candidates(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be a gloss: some letters (group 1) in brackets behind a Han character."""
    return _candidate().finditer(text)


def find_damage(text: str) -> list[Damage]:
    """Return the glosses of `text` that lost their character or their opening bracket."""
    if not may_hold_gloss(text):
        return []
    found = [
        Damage(start, end, reason)
        for start, end, syllable, reason in (*_orphans(text), *_without_opening(text))
        if _is_syllable(syllable)
    ]
    return sorted(found, key=lambda damage: damage.start)


def may_hold_gloss(text: str) -> bool:
    """Return whether folding `text` may ask for the readings of characters, slow to load.

    It does so of few: a bracket closes in many texts, but hardly any holds a letter with a tone.
    """
    return (")" in text or "）" in text) and _may_be_toned(text) is not None


# Compiled when first used: classes of thousands of characters take milliseconds each. They begin
# with a bracket and look back from it: `re` passes over all else three times faster.
@cache
def _candidate() -> re.Pattern[str]:
    return re.compile(rf"[(（](?<=[{HAN}].)({_SYLLABLE})[)）]")


@cache
def _orphan() -> re.Pattern[str]:
    return re.compile(rf"[(（](?<=[^\s{HAN}(（].)({_SYLLABLE})[)）]")  # I(yè)


@cache
def _unopened() -> re.Pattern[str]:
    return re.compile(rf"[?？\ufffd{HAN}]({_SYLLABLE})[)）]\Z")  # ?shù)


def _orphans(text: str) -> Iterator[tuple[int, int, str, str]]:
    end = 0
    for match in _orphan().finditer(text):
        start = match.start() - 1
        if start >= end:  # a bracket that closes one gloss is not the lost character of the next
            end = match.end()
            yield start, end, match[1], message("a gloss whose character is lost")


def _without_opening(text: str) -> Iterator[tuple[int, int, str, str]]:
    for closing in _closing.finditer(text):
        end = closing.end()
        match = _unopened().search(text, max(0, end - _UNOPENED_CHARACTERS), end)
        if match:
            yield match.start(), end, match[1], message("a gloss whose opening bracket is lost")


def is_reading(syllable: str, character: str) -> bool:
    """Return whether `syllable`, with its tone mark, is a reading of `character`."""
    plain = _plain(syllable)
    return _has_tone(plain) and any(plain in readings(c) for c in counterparts(character))


def refusal(syllable: str, character: str) -> str:
    """Return why `syllable` is no gloss of `character`: NO_TONE or NO_READING; else nothing."""
    if is_reading(syllable, character):
        return ""
    return NO_READING if _has_tone(_plain(syllable)) else NO_TONE


@cache
def readings(character: str) -> frozenset[str]:
    """Return the readings of one Han character, in lower-case NFC pinyin with tone marks."""
    from pypinyin.constants import PINYIN_DICT  # 140 ms: only for texts that hold a gloss

    return frozenset(_plain(r) for r in PINYIN_DICT.get(ord(character), "").split(",") if r)


@cache
def _syllables() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT

    return frozenset(_plain(r) for row in PINYIN_DICT.values() for r in row.split(","))


def _is_syllable(text: str) -> bool:
    plain = _plain(text)
    return _has_tone(plain) and plain in _syllables()


def _plain(syllable: str) -> str:
    return unicodedata.normalize("NFC", syllable).lower()


def _has_tone(syllable: str) -> bool:
    return _toned.search(unicodedata.normalize("NFD", syllable)) is not None
