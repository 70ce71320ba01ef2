"""Texts that are hard to fold, for the tests of this folder."""

from pathlib import Path

from hypothesis import strategies as st

SEEDS = Path(__file__).parents[2] / "seeds"

TRICKY = (
    "長三角",
    "產(chǎn)業(yè)",
    "区（qū）",
    "(上海)",
    "?shù)",
    "a\u0301",  # composes to one character
    "x\u0301\u0323",  # composes to nothing, and its marks are not in canonical order
    "J\u030c",  # composes in lower case only
    "👩\u200d👩\u200d👧",
    "1\ufe0f\u20e3",
    "𠮷野家",
    "二〇二四",
    "葛\U000e0100",  # an ideographic variation sequence
    "\u3000",
    "\r\n",
    "\n",
    "\r",
    "\u2028",
    "\u1112\u1161\u11ab",  # 한 in jamo
    "\uffbe\uffc2",  # half-width jamo
    "ｶﾞﾊﾟ",
    "か\u3099",
    "゛",
    "㎏",
    "㍿",
    "ﬃ",
    "……",
    "İ",
    "ß",
    "ΣΑΣ",
    "ＡＢ，",
    "\u00ad",
    "\u200b",
    "\ud840",  # half of a surrogate pair
    "\udc00",
    "\u0dd9\u0dcf",  # a starter that composes with the one before it
    "乾隆",
    "薴",
)

ANY_CHARACTER = st.integers(0, 0x10FFFF).map(chr)  # surrogates included
TEXTS = st.text() | st.lists(st.sampled_from(TRICKY) | ANY_CHARACTER, max_size=40).map("".join)


def seed(number: str) -> str:
    """Return the text of the seed whose file name begins with `number`."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode()
