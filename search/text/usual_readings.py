"""Makes readings.txt: the usual readings of characters, without tones, out of pypinyin's tables.

    python -m search.text.usual_readings > search/text/readings.txt

A committed file, since pypinyin takes 120 ms to load and its table lists readings that no reader
types: 和 has six there. Those are kept that come first, or are met in at least two of its phrases
and in one of fifty that hold the character; of characters that folding leaves as they are.
"""

import unicodedata
from collections import Counter, defaultdict

from search.text.script import simplified

SHARE = 50  # a reading is usual that one of so many phrases with the character has
CHARACTERS = range(0x4E00, 0xA000)
_DIERESIS = "\u0308"


def plain(reading: str) -> str:
    """Return a reading without its tone, ü as v.

    >>> plain("lǜ"), plain("ér"), plain("ḿ")
    ('lv', 'er', 'm')
    """
    bare = unicodedata.normalize("NFD", reading).replace(f"u{_DIERESIS}", "v")
    return "".join(c for c in bare if "a" <= c <= "z")


def usual_readings() -> dict[str, list[str]]:
    """Return syllable → the characters that are usually read so, in the order of their codes."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    met: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in PHRASES_DICT.items():
        for character, readings in zip(phrase, syllables, strict=False):
            met[character][plain(readings[0])] += 1
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in CHARACTERS:
        character = chr(code)
        if character in simplified() or code not in PINYIN_DICT:
            continue
        known = list(dict.fromkeys(map(plain, PINYIN_DICT[code].split(","))))
        least = max(2, sum(met[character].values()) / SHARE)
        for at, reading in enumerate(known):
            is_typed = bool(set(reading) & set("aeiouv"))  # 噷 is hm, which nobody types
            if is_typed and (at == 0 or met[character][reading] >= least):
                found[reading].append(character)
    return dict(sorted(found.items()))


def lines() -> list[str]:
    """Return the lines of readings.txt."""
    return [f"{reading}\t{''.join(found)}" for reading, found in usual_readings().items()]


if __name__ == "__main__":
    print("\n".join(lines()))
