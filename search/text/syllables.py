"""Pinyin as it is typed: which syllables there are, and which characters are read so.

The table is readings.txt beside this module; search/text/usual_readings.py makes it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

READINGS = Path(__file__).parent / "readings.txt"
INITIALS = frozenset("abcdefghjklmnopqrstwxyz")  # with which a syllable can begin


@cache
def characters_by_syllable() -> Mapping[str, str]:
    """Return syllable without tone → the characters that are usually read so.

    ü is typed as v, as u, and after l and n as yu: 女 is nv, nu and nyu.

    >>> "长" in characters_by_syllable()["chang"] and "长" in characters_by_syllable()["zhang"]
    True
    """
    found = dict(_rows())
    for syllable, characters in list(found.items()):
        if "v" in syllable:
            for written in (syllable.replace("v", "u"), syllable.replace("v", "yu")):
                found[written] = found.get(written, "") + characters
    return found


@cache
def syllables_by_character() -> Mapping[str, Sequence[str]]:
    """Return character → its usual readings without tones, ü as v.

    >>> syllables_by_character()["长"]
    ['chang', 'zhang']
    """
    found: dict[str, list[str]] = {}
    for syllable, characters in _rows():
        for character in characters:
            found.setdefault(character, []).append(syllable)
    return found


@cache
def characters_by_initial() -> Mapping[str, str]:
    """Return letter → the characters that have a usual reading which begins with it."""
    found: dict[str, dict[str, None]] = {letter: {} for letter in INITIALS}
    for syllable, characters in characters_by_syllable().items():
        found[syllable[0]].update(dict.fromkeys(characters))
    return {letter: "".join(characters) for letter, characters in found.items()}


def _rows() -> list[tuple[str, str]]:
    lines = READINGS.read_text("utf-8").splitlines()
    return [(syllable, characters) for syllable, characters in (x.split("\t") for x in lines)]
