"""Traditional to Simplified, character by character, from OpenCC's own tables.

OpenCC's phrase table is left out on purpose: what it does to a character depends on its neighbours,
and then a part of a text would not fold as the whole does (乾坤 stays, 乾 becomes 干), so that text
would be lost to search. Against whole OpenCC the table differs in 106 of 448,735 characters.
See docs/decisions/0002-fold-script-by-character.md.
"""

from collections.abc import Mapping
from functools import cache

from search.text.tables import package_folder


def table(name: str) -> dict[str, tuple[str, ...]]:
    """Return OpenCC's table `name`: character → its counterparts, the usual one first."""
    path = package_folder("opencc") / "dictionary" / name
    rows = (line.split("\t", 1) for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {key: tuple(values.split()) for key, values in rows}


@cache
def simplified() -> Mapping[str, str]:
    """Return traditional character → simplified character, for all that change.

    Chains are followed to their end (薴 → 苧 → 苎), so that folding twice changes nothing more.
    """
    first = {key: values[0] for key, values in table("TSCharacters.txt").items()}
    ends = {key: _end(first, key) if value in first else value for key, value in first.items()}
    return {key: end for key, end in ends.items() if end != key}


@cache
def _traditional() -> Mapping[str, tuple[str, ...]]:
    return table("STCharacters.txt")


@cache
def only_traditional() -> frozenset[str]:
    """Return the characters that no Simplified text has: 產, but not 著 or 後's 后."""
    return frozenset(simplified().keys() - _traditional().keys())


@cache
def only_simplified() -> frozenset[str]:
    """Return the characters that no Traditional text has: 产, but not 后, a queen there.

    Nor 峰 or 黄, which OpenCC takes to 峯 and 黃: in Taiwan, Hong Kong or Japan they are usual.
    """
    variants = {
        variant
        for region in ("TW", "HK", "JP")
        for others in table(f"{region}Variants.txt").values()
        for variant in others
    }
    found = {simple for simple, others in _traditional().items() if simple not in others}
    return frozenset(found - variants)


def counterparts(character: str) -> set[str]:
    """Return `character` and all the characters it is written as in the other script.

    >>> sorted(counterparts("产"))
    ['产', '產']
    """
    simple = simplified().get(character, character)
    return {character, simple, *_traditional().get(simple, ())}


def _end(table: Mapping[str, str], character: str) -> str:
    seen = set()
    while character in table and character not in seen:
        seen.add(character)
        character = table[character]
    return character
