"""Every engine: the documents found and their scores are those of the plain, slow oracle."""

import pytest
from engine_cases import article, examples, tree
from engine_oracle import Oracle, differences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import FIELDS
from search.query import And, Not, Or, parse

PIECES = [
    *(
        "长三角",
        "产业",
        "產(chǎn)業(yè)",
        "示范區(qū)",
        "产业链",
        "三角",
        "区",
        "角",
        "的",
        "𠮷",
        "㐀",
    ),
    *("5G", "gis", "GIS", "C++", "bim+gis", "2024", "15", "5", "a", "is", "this", "３"),
    *("タワー", "서울", "é", "(x)", "、", "，", "。", "_", "\n", "\n\n", " ", "　", "\t"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
articles = st.tuples(texts, texts)
# One commit: articles by number to write anew, or None for those to delete.
changes = st.dictionaries(st.integers(0, 11), st.none() | articles, max_size=5)
histories = st.tuples(
    st.lists(articles, min_size=9, max_size=12).map(lambda found: dict(enumerate(found))),
    st.lists(changes, max_size=3),
).map(lambda parts: [parts[0], *parts[1]])

leaves = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join)
leaves = st.builds(lambda text, quoted: f'"{text}"' if quoted else text, leaves, st.booleans())
nodes = st.recursive(
    leaves.filter(lambda text: _tree(text) is not None).map(lambda text: _tree(text)),
    lambda children: (
        st.lists(children, min_size=1, max_size=3).map(lambda found: And(tuple(found)))
        | st.lists(children, min_size=1, max_size=3).map(lambda found: Or(tuple(found)))
        | children.map(Not)
    ),
    max_leaves=5,
)


def _tree(text):
    return parse(text).tree


@given(
    history=histories,
    asked=st.lists(nodes, min_size=1, max_size=6),
    fields=st.sampled_from([FIELDS, FIELDS, ("title",), ("body",)]),
)
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_query_finds_and_scores_as_the_oracle_after_any_history(
    new_home, history, asked, fields
):
    home = new_home()
    live = {}
    for change in history:
        written = {str(n): found for n, found in change.items() if found is not None}
        home.commit(
            *(article(i, body, title=title) for i, (title, body) in written.items()),
            deleted=[str(n) for n in change],
        )
        live = {i: a for i, a in live.items() if int(i) not in change} | written
    oracle = Oracle((article(i, body, title=title) for i, (title, body) in live.items()), fields)
    for node in asked:
        assert (
            differences(home.scored(node, fields=fields), oracle.answers(node), home.within) == []
        ), node


QUERIES = [
    *("长三角", "產業", "角", "区", "业链", "5g", "ｇｉｓ", "bim+gis", "c++", "is", "タワー", "的"),
    *('"三角产业"', '"的 5" OR 角 -链', "产业 -链", "角 OR 区", "-产业", '"𠮷"', "产业链a"),
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_larger_archive_of_several_commits_scores_as_the_oracle(larger, query):
    home, oracle = larger
    expected = oracle.answers(tree(query))
    assert expected, f"{query} asks for nothing that is there: mend the test"
    assert differences(home.scored(query), expected, home.within) == []


@pytest.fixture(scope="module")
def corpus():
    def text(seed, length):
        return "".join(
            PIECES[(seed * 7 + at * at + seed * at) % len(PIECES)] for at in range(length)
        )

    return {f"{n:03}": (text(n, n % 4), text(n + 31, 5 + n % 23)) for n in range(120)}


@pytest.fixture
def larger(new_home, corpus):
    home = new_home()
    rows = [article(i, body, title=title) for i, (title, body) in corpus.items()]
    for start in range(0, 120, 30):
        home.commit(*rows[start : start + 30])
    gone = [row.id for row in rows[::11]]
    home.commit(deleted=gone)
    return home, Oracle([row for row in rows if row.id not in gone], FIELDS)


def test_the_oracle_itself_gives_the_score_worked_out_by_hand():
    # One article of two, 产业 once among two words: rarity ln 2, norm 0.25 + 0.75 · 2 / 1.5.
    oracle = Oracle([article("a", "产业发展"), article("b", "角")], FIELDS)
    found = oracle.answers(tree("产业"))
    word = 0.6931471805599453 * (1 / 1.25) / (1.2 + 1 / 1.25)
    gram_norm = 0.25 + 0.75 * 4 / 2.5
    gram = 0.3 * 0.6931471805599453 * (1 / gram_norm) / (1.2 + 1 / gram_norm)
    assert found == {"a": pytest.approx(word + gram, abs=1e-12)}


@pytest.mark.parametrize(
    ("scored", "told"),
    [
        ([("a", 2.0), ("b", 1.0)], []),
        ([("a", 2.0)], ["missing b"]),
        ([("a", 2.0), ("b", 1.0), ("c", 0.5)], ["false c"]),
        ([("a", 2.0), ("b", 1.00001)], ["score of b: 1.00001 is not 1.0"]),
        ([("b", 1.0), ("a", 2.0)], ["out of order"]),
        ([("a", 2.0), ("a", 2.0), ("b", 1.0)], ["a document twice"]),
    ],
)
def test_the_comparison_tells_each_kind_of_difference(scored, told):
    assert differences(scored, {"a": 2.0, "b": 1.0}) == told


def test_articles_equal_but_for_their_ids_come_in_the_order_of_these(home):
    names = [f"{(n * 7_919) % 4_001:05}" for n in range(4_001)]
    home.commit(*(article(name) for name in names[:2_500]))
    home.commit(*(article(name) for name in names[2_500:]), deleted=["00003"])
    expected = sorted(set(names) - {"00003"})
    assert home.found("-无", limit=10) == expected[:10]
    assert home.found("-无", limit=7, offset=2_000) == expected[2_000:2_007]
    assert home.found("-无") == expected
