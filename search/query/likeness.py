"""The Han words of an archive that sound or look like a text.

Words of two characters are asked for one by one, a hundred or two in some milliseconds; to read all
that there are in 61 MB takes half a second. There one character has to be that of the text: almost
any two sound like some word.
"""

from collections.abc import Sequence

from search.query.sounding import Sounding
from search.text.lookalikes import lookalikes
from search.text.script_phrases import script_phrases
from search.text.syllables import characters_by_syllable, syllables_by_character

MOST = 3  # words of each kind of likeness


def looking_like(text: str, sounding: Sounding) -> list[str]:
    """Return words that `text` may be mistaken for by eye, or is in the other script."""
    others = script_phrases().get(text, ())
    return list(dict.fromkeys([*others, *_alike(text, sounding, [_looks(one) for one in text])]))


def sounding_like(text: str, sounding: Sounding) -> list[str]:
    """Return words that are read as `text` but for tones; some characters may look alike instead.

    Those with fewest other characters come first, of equals the most frequent.
    """
    return _alike(text, sounding, [_looks(one) + _sounds(one) for one in text])


def edits(word: str, text: str) -> int:
    """Return at how many places two texts of one length differ, or how long the first is."""
    if len(word) != len(text):
        return len(word)
    return sum(one != other for one, other in zip(word, text, strict=True))


def _alike(text: str, sounding: Sounding, others: Sequence[str]) -> list[str]:
    """Return the words that have at each place the character of the text or one of the others."""
    if len(text) == 2:
        found = {one + text[1] for one in others[0]} | {text[0] + one for one in others[1]}
        counts = {word: sounding.vocabulary.frequency(word) for word in found}
    else:
        choices = [one + more for one, more in zip(text, others, strict=True)]
        counts = sounding.made_of(choices)
    words = [word for word in counts if counts[word] and word != text]
    return sorted(words, key=lambda word: (edits(word, text), -counts[word], word))[:MOST]


def _looks(character: str) -> str:
    return lookalikes().get(character, "")


def _sounds(character: str) -> str:
    syllables = syllables_by_character().get(character, ())
    return "".join(characters_by_syllable()[syllable] for syllable in syllables)
