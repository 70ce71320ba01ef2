"""Makes spellings.txt: words written with one character or another, out of OpenCC's tables.

    python -m search.text.usual_spellings > search/text/spellings.txt

Folding goes character by character, and so 憑藉 becomes 凭藉, which Simplified texts write 凭借.
The phrase tables know such words in both directions; those are kept that differ in one character
after folding, without what only repeats them in a longer phrase. The usual spelling comes first.
"""

from collections.abc import Iterator

from search.text.fold import fold
from search.text.script import table

RARE = "馀锺讬钜谘𬭭𰬸𫫇"  # which the tables write for 余, 钟, 托, … though texts hardly do


def spellings() -> list[tuple[str, str]]:
    """Return the usual and the other spelling of each word, folded, in the order of the usual."""
    found: dict[str, str] = {}
    for usual, other in sorted(set(_pairs()), key=lambda pair: (len(pair[0]), pair)):
        pairs = {(usual, other), (other, usual)}
        repeats = any(
            (one.replace(k, found[k]), one) in pairs for one in (usual, other) for k in found
        )
        if not repeats and other not in found and usual not in found.values():
            found.setdefault(usual, other)
    return sorted(found.items())


def _pairs() -> Iterator[tuple[str, str]]:
    from_traditional = {(s, t) for t, others in table("TSPhrases.txt").items() for s in others}
    from_simplified = {(s, t) for s, others in table("STPhrases.txt").items() for t in others}
    for simplified, traditional in from_traditional | from_simplified:
        usual, other = fold(simplified).text, fold(traditional).text
        differing = [pair for pair in zip(usual, other, strict=False) if pair[0] != pair[1]]
        if len(usual) != len(other) or len(differing) != 1:
            continue
        ((first, _),) = differing
        # 复盖 was a short-lived spelling of 覆盖; of 答覆 and its like 复 is the usual one.
        is_short_lived = first == "复" and (simplified, traditional) not in from_traditional
        if is_short_lived or first in RARE:
            usual, other = other, usual
        yield usual, other


def lines() -> list[str]:
    """Return the lines of spellings.txt."""
    return [f"{usual}\t{other}" for usual, other in spellings()]


if __name__ == "__main__":
    print("\n".join(lines()))
