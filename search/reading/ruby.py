"""Readings above characters, as a reader without a second line sees them: 漢(hàn)字(zì)."""

import re

_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def glossed(base: str, reading: str) -> str:
    """Return `base` with its reading in brackets behind it, a syllable behind each character.

    So folding drops a reading that is pinyin, and a search finds the words that it parts.

    >>> glossed("漢字", "hàn zì"), glossed("北京", "ペキン")
    ('漢(hàn)字(zì)', '北京(ペキン)')
    """
    base, syllables = base.strip(), reading.split()
    if not syllables or not base:
        return base
    if len(base) == len(syllables) and all(map(_HAN.match, base)):
        return "".join(f"{one}({read})" for one, read in zip(base, syllables, strict=True))
    return f"{base}({' '.join(syllables)})"
