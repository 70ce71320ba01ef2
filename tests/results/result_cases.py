"""Texts and queries for the tests of this folder."""

from pathlib import Path

from hypothesis import strategies as st

from search.query import parse
from search.results.highlight import Highlighter
from search.text import fold

SEEDS = Path(__file__).parents[2] / "seeds"

PARTS = (
    "长三角",
    "示范区",
    "示范",
    "區(qū)",
    "產(chǎn)業(yè)",
    "科技",
    "的",
    "，",
    "。",
    "\n",
    "\r\n\r\n",
    "\u3000\u3000",
    " ",
    "5G",
    "BIM+GIS",
    "node.js",
    "10,000",
    "12:30",
    "C++",
    "café",
    "Москва",
    "㎏",
    "㍿",
    "……",
    "👩\u200d👩",
    "x\u0301",
    "这里说的是别的事情",
)
BODIES = (
    st.lists(st.sampled_from(PARTS), max_size=8)
    | st.lists(st.sampled_from(PARTS), min_size=60, max_size=200)
    | st.lists(st.text(max_size=5), max_size=20)
).map("".join)
QUERIES = st.lists(
    st.sampled_from(
        [
            "长三角",
            "长三角示范区",
            "示范",
            "产业",
            "的",
            "科技的",
            '"产业科技"',
            "GIS",
            "kg",
            "5G",
            "(株",
            "10,000",
            "C++",
            "..",
        ]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


def seed(number: str) -> str:
    """Return the text of the seed whose file name begins with `number`."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode()


def marked(query: str, text: str) -> list[str]:
    """Return what `query` marks in `text`, as slices of `text` itself."""
    folded = fold(text)
    spans = folded.offsets.raw_spans(Highlighter(parse(query).tree).spans(folded.text))
    return [text[start:end] for start, end in spans]
