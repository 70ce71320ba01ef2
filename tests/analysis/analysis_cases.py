"""Folded texts for the tests of this folder."""

from pathlib import Path

from hypothesis import strategies as st

from search.text import fold

SEEDS = Path(__file__).parents[2] / "seeds"
VARIED = Path(__file__).with_name("varied.txt")

# Few characters, so that strings drawn from them often meet: every kind that the rules know.
ALPHABET = "中国区ター한국ab1２5é+#.-_ \n\u3000，《\u0301\u20e3〇𠮷"
PARTS = (
    "长三角",
    "5g",
    "c++",
    "bim+gis",
    "node.js",
    "x\u0301",  # a letter whose accent is a character of its own
    "1\u20e3",  # a keycap: a mark that belongs to no letter
    "東京タワー",
    "中 国",
    " ",
    "\n",
    "a" * 64,
    "a" * 65,
)
FOLDED = (
    st.text() | st.text(ALPHABET, max_size=40) | st.lists(st.sampled_from(PARTS)).map("".join)
).map(lambda text: fold(text).text)


def seed_texts() -> list[str]:
    """Return the folded text of each seed."""
    return [fold(path.read_bytes().decode()).text for path in sorted(SEEDS.glob("*.txt"))]


def varied_text() -> str:
    """Return folded prose of many kinds, written for these tests."""
    return fold(VARIED.read_text("utf-8")).text
