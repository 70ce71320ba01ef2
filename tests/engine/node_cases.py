"""Trees of every kind of node, and histories of articles that some of them find."""

from engine_cases import Home, article
from hypothesis import strategies as st

from search.document import Document
from search.engine import FIELDS
from search.query import (
    And,
    Dated,
    Exact,
    Fuzzy,
    Held,
    In,
    Near,
    Not,
    Or,
    Original,
    Prefix,
    words_of,
)
from search.text import fold

PIECES = [
    *("长三角", "產(chǎn)業(yè)", "产业", "後", "后", "角", "角角", "的", "业", "裏", "里"),
    *("docker", "Docker-compose", "dokcer", "dock", "5G", "g", "gpt4o", "gpt-4", "c++", "é", "ab"),
    *("★", "😀", "——", "…", "...", "=\u0338", "≠", "(sè)", "(suǒ)"),
    *("タワー", "서울", "，", "。", "\n", " ", "　", "_", "Ａ", "a", "A", "㎏", "a" * 66),
]
texts = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
DATES = ["", "2023", "2024-06", "2024-06-28"]
SOURCES = ["", "报/一.TXT", "报/二.md", "报/年/三.html.gz", "all.jsonl", "報/a.htm", "README"]
documents = st.builds(
    lambda title, body, date, source, author, kind: article(
        "", body, title=title, date=date, source=source, author=author, metadata={"kind": kind}
    ),
    st.just("") | texts,
    texts,
    st.sampled_from(DATES),
    st.sampled_from(SOURCES),
    st.sampled_from(["", "臺灣", "台湾", "甲"]),
    st.sampled_from(["", "x", "Ｘ", "y"]),
)
changes = st.dictionaries(st.integers(0, 9), st.none() | documents, max_size=4)
histories = st.tuples(
    st.dictionaries(st.integers(0, 9), documents, min_size=5, max_size=9),
    st.lists(changes, max_size=2),
).map(lambda parts: [parts[0], *parts[1]])


def exact(text: str) -> Exact:
    """Return a text as it is quoted."""
    folded = fold(text).text.strip()
    return Exact(folded, words_of(folded))


def original(text: str) -> Original:
    """Return a text that has to stand in these characters."""
    return Original(text, exact(text))


strings = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join)
quotations = strings.map(exact).filter(lambda node: node.whole.text)
exacts = strings.map(exact).filter(lambda node: node.whole.searchable)
PREFIXES = [
    "d",
    "dock",
    "docker-c",
    "gpt",
    "gpt4",
    "a",
    "5",
    "g",
    "c+",
    "长",
    "角",
    "角a",
    "é",
    "，",
]
TOKENS = [
    "docker",
    "dcoker",
    "dockre",
    "gtp4o",
    "ab",
    "abc",
    "gpt-5",
    "docker-compsoe",
    "产业",
    "e",
]
originals = strings.map(original).filter(lambda node: node.exact.whole.text)
filters = st.builds(Dated, st.sampled_from(DATES), st.sampled_from(DATES)) | st.builds(
    Held,
    st.sampled_from(["author", "source", "folder", "format", "script", "year", "kind", "none"]),
    st.sampled_from(
        [
            "台湾",
            "甲",
            "报",
            "报/",
            "报/年",
            "all.jsonl",
            "md",
            ".MD",
            "htm",
            "simplified",
            "2024",
            "x",
        ]
    ),
)
leaves = st.one_of(
    st.sampled_from(PREFIXES).map(Prefix),
    st.builds(Fuzzy, st.sampled_from(TOKENS), st.integers(0, 3)),
    st.builds(
        lambda parts, distance: Near(tuple(parts), distance),
        st.lists(exacts, min_size=2, max_size=3),
        st.sampled_from([0, 1, 2, 5, 40]),
    ),
    originals,
    quotations,
    filters,
)
nodes = st.recursive(
    leaves,
    lambda children: (
        st.lists(children, min_size=1, max_size=3).map(lambda found: And(tuple(found)))
        | st.lists(children, min_size=1, max_size=3).map(lambda found: Or(tuple(found)))
        | children.map(Not)
        | st.builds(In, st.sampled_from(FIELDS), children)
    ),
    max_leaves=4,
)


OTHER_FIELDS = ("title", "date", "source", "author", "metadata")


def written(home: Home, history: list[dict[int, Document | None]]) -> list[Document]:
    """Commit a history and return the articles that are left."""
    live = {}
    for change in history:
        added = {
            str(n): article(str(n), d.body, **{f: getattr(d, f) for f in OTHER_FIELDS})
            for n, d in change.items()
            if d is not None
        }
        home.commit(*added.values(), deleted=[str(n) for n in change])
        live = {i: d for i, d in live.items() if int(i) not in change} | added
    return list(live.values())
