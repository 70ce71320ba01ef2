"""Any history of the embedded engine, its sizes made small, answers as the plain oracle does."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from engine_cases import Home, article
from engine_oracle import Oracle, differences
from hypothesis import given, settings
from hypothesis import strategies as st
from stock_queries import stock_answers, translated
from whoosh.index import open_dir
from whoosh_cases import PIECES, live_files, sizes

from search.document import Document
from search.engine import FIELDS, SearchRequest, Stats
from search.engine.dates import date_number
from search.engine.whoosh.codec import ArrayCodec
from search.engine.whoosh.segment_writer import ArraySegmentWriter
from search.query import And, Exact, Node, Not, Or, parse, words_of
from search.text import fold

DATES = ["", "2023", "2024-06", "2024-06-28", "2024-06-29", "2025-01-01"]
texts = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
numbers = st.integers(0, 15).map(lambda n: f"{n:02}𠮷"[: 2 + n % 2])
documents = st.builds(
    lambda title, body, date: article("", body, title=title, date=date, author=title[:1]),
    st.just("") | texts,
    texts,
    st.sampled_from(DATES),
)
# What one commit does: ids with new articles, or None for those that only go.
changes = st.dictionaries(numbers, st.none() | documents, min_size=1, max_size=6)
first = st.dictionaries(numbers, documents, min_size=6, max_size=12)
OPTIMIZE = "optimize"
DECIDED = ["产业", "三角", "角", "的", "𠮷", "タワ", "gis", "5", "a"]
histories = st.builds(
    lambda head, rest: [head, *rest],
    first,
    st.lists(changes | changes | changes | st.just(OPTIMIZE), max_size=5),
)

strings = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join)
exact = strings.map(lambda text: fold(text).text.strip()).map(lambda t: Exact(t, words_of(t)))
leaves = st.one_of(
    st.builds(lambda text, any_word: parse(text, any_word).tree, strings, st.booleans()),
    st.sampled_from(["产", "业", "角", "𠮷", "タ", "5", "g", "a"]).map(lambda t: parse(t).tree),
    exact.filter(lambda node: node.whole.searchable),
).filter(bool)
nodes: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda children: (
        st.lists(children, min_size=1, max_size=3).map(lambda found: And(tuple(found)))
        | st.lists(children, min_size=1, max_size=3).map(lambda found: Or(tuple(found)))
        | children.map(Not)
    ),
    max_leaves=4,
)
fields = st.sampled_from([FIELDS, FIELDS, ("title",), ("body",)])


@pytest.fixture(scope="module", autouse=True)
def _small():
    with sizes():
        yield


@dataclass
class History:
    """An index and what is in it."""

    home: Home
    live: dict[str, Document] = field(default_factory=dict)

    def do(self, change: dict[str, Document | None] | str) -> None:
        """Commit a change; all that is named in it goes first."""
        if isinstance(change, str):
            optimize(self.home)
            return
        added = {i: Document(i, d.title, d.body, d.author, d.date) for i, d in change.items() if d}
        self.home.commit(*added.values(), deleted=change)
        self.live = {i: d for i, d in self.live.items() if i not in change} | added

    def check(self, node: Node, searched: tuple[str, ...]) -> None:
        """Compare the answers, scores and explanations of a query."""
        expected = Oracle(self.live.values(), searched).answers(node)
        scored = self.home.scored(node, fields=searched, explain=True)
        assert differences(scored, expected) == []
        request = SearchRequest(node, limit=99, fields=searched, explain=True)
        for found in self.home.engine.reader().search(request).documents:
            told = sum(part.score for part in found.contributions)
            assert told == pytest.approx(found.score, abs=1e-9)

    def check_stock(self) -> None:
        """Compare with what Whoosh finds by itself, where terms alone decide."""
        for text in DECIDED:
            node = Exact(text, words_of(text))
            assert set(self.home.found(node)) == stock_answers(self.home, translated(node)), text

    def check_dates(self, node: Node, since: str, until: str) -> None:
        """Compare what is found between two days, and the order by date."""
        scores = dict(self.home.scored(node))
        for sort in ("newest", "oldest"):
            found = self.home.found(node, sort=sort, since=since, until=until)
            kept = [i for i in scores if _can_lie_between(self.live[i].date, since, until)]
            sign = -1 if sort == "newest" else 1
            kept.sort(key=lambda i: (_date(i, self.live, sign), -scores[i], i.encode()))
            assert found == kept
            assert (
                self.home.found(node, sort=sort, limit=2, offset=1)
                == (self.home.found(node, sort=sort)[1:3])
            )

    def check_stored(self) -> None:
        """Compare what is stored of every document, and the counts."""
        reader = self.home.engine.reader()
        size = sum(len(one.body) for one in self.live.values())
        assert reader.stats() == Stats(len(self.live), size)
        for article_id in {*self.live, "00", "01𠮷", "02"}:
            number = reader.find(article_id)
            assert (number is not None) == (article_id in self.live)
            if number is None:
                continue
            wanted = self.live[article_id]
            (heading,) = reader.headings([number])
            assert (heading.id, heading.title) == (article_id, wanted.title)
            assert (heading.author, heading.date) == (wanted.author, wanted.date)
            for name, raw in (("title", wanted.title), ("body", wanted.body)):
                stored = reader.text(number, name)
                assert (stored.raw, stored.folded) == (raw, fold(raw))

    def check_files(self) -> None:
        """No segment is left behind, none is lost."""
        with open_dir(str(self.home.folder)).reader() as reader:
            leaves = [one for one, _ in reader.leaf_readers() if one.doc_count_all()]
        assert len(live_files(self.home.folder)) == len(leaves)


def _can_lie_between(date: str, since: str, until: str) -> bool:
    if not since and not until:
        return True
    first, last = (date + ends[len(date) :] for ends in ("0000-00-00", "9999-99-99"))
    return (
        bool(date) and last >= since and (not until or first <= until + "9999-99-99"[len(until) :])
    )


def _date(article_id: str, live: dict[str, Document], sign: int) -> tuple[bool, int]:
    date = live[article_id].date
    return not date, sign * date_number(date)


def optimize(home: Home) -> None:
    """Merge all segments of an index into one."""
    writer = ArraySegmentWriter(open_dir(str(home.folder)), codec=ArrayCodec(), _lk=False)
    writer.commit(optimize=True)


@given(
    history=histories,
    asked=st.lists(st.tuples(nodes, fields), min_size=2, max_size=5),
    days=st.tuples(st.sampled_from(DATES), st.sampled_from(DATES)),
)
@settings(max_examples=settings.default.max_examples // 2)
def test_every_step_of_any_history_answers_as_the_oracle(
    tmp_path_factory, history, asked, days
) -> None:
    tried = History(Home("whoosh", tmp_path_factory.mktemp("history") / "index"))
    for at, change in enumerate(history):
        tried.do(change)
        tried.check_files()
        tried.check(*asked[at % len(asked)])
    for one in asked:
        tried.check(*one)
        tried.check_dates(one[0], *days)
    tried.check_stored()
    tried.check_stock()
    tried.home.engine = tried.home.reopened()
    tried.check(*asked[0])
    tried.check_stored()


def test_these_sizes_make_several_segments_and_merge_them(tmp_path) -> None:
    tried = History(Home("whoosh", tmp_path / "index"))
    new = article("", "长三角的产业，5G 与 GIS。" * 4, title="产业")
    seen = []
    for part in range(6):
        tried.do({f"{part}{n}": new for n in range(4)})
        seen.append(len(live_files(tried.home.folder)))
        tried.check_files()
    assert max(seen) > 2
    assert any(b < a + 2 for a, b in pairwise(seen)), "nothing is merged"
    tried.do({f"{part}1": None for part in range(6)})
    tried.do(OPTIMIZE)
    assert len(live_files(tried.home.folder)) == 1
    tried.check_files()
    tried.check_stored()


def test_an_empty_index_is_merged_into_nothing(tmp_path) -> None:
    tried = History(Home("whoosh", tmp_path / "index"))
    tried.do(OPTIMIZE)
    tried.check_stored()
