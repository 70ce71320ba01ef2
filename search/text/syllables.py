"""Pinyin as it is typed: which syllables there are, and which characters are read so.

The table is readings.txt beside this module; search/text/usual_readings.py makes it.
"""

from collections.abc import Mapping
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
    found = dict(line.split("\t") for line in READINGS.read_text("utf-8").splitlines())
    for syllable, characters in list(found.items()):
        if "v" in syllable:
            for written in (syllable.replace("v", "u"), syllable.replace("v", "yu")):
                found[written] = found.get(written, "") + characters
    return found


@cache
def characters_by_initial() -> Mapping[str, str]:
    """Return letter → the characters that have a usual reading which begins with it."""
    found: dict[str, dict[str, None]] = {letter: {} for letter in INITIALS}
    for syllable, characters in characters_by_syllable().items():
        found[syllable[0]].update(dict.fromkeys(characters))
    return {letter: "".join(characters) for letter, characters in found.items()}
