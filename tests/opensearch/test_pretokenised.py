"""Terms and places of ours are what the server indexes, to the letter; it cuts nothing itself."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opensearchpy import OpenSearch

from tests.opensearch.pretokenised import (
    HOLE,
    MOST_BYTES,
    PARTING,
    STACK,
    carried,
    line,
)

Terms = list[tuple[str, int]]

BRIDGE: Terms = [
    ("我们", 0),
    ("在", 1),
    ("南京市", 3),
    ("长江大桥", 4),
    ("长江", 4),
    ("大桥", 4),
    ("见面", 5),
]


def analyzed(client: OpenSearch, index: str, text: str) -> Terms:
    answer = client.indices.analyze(index=index, body={"analyzer": "pre", "text": text})
    return [(token["token"], token["position"]) for token in answer["tokens"]]


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(BRIDGE, id="a hole, and three terms at one place"),
        pytest.param([("桥", 2)], id="holes at the beginning"),
        pytest.param([("长", 0), ("桥", 900)], id="a long row of holes"),
        pytest.param([("😀", 0), ("👩‍👩‍👧‍👦", 1), ("𠮷野家", 2)], id="emoji and a rare character"),
        pytest.param([("a\u00a0b", 0), ("c\u2007d", 1), ("e\u0085f", 2)], id="NBSP parts nothing"),
        pytest.param([("c++", 0), ("node.js", 1), ("3.14", 2), ("-x", 3)], id="signs stay"),
        pytest.param([("The", 0), ("of", 1)], id="no case is folded, no word stopped"),
        pytest.param([("长" * 300, 0), ("桥", 1)], id="300 characters are one term"),
        pytest.param([("长" * 200, 0), ("江" * 200, 0), ("桥", 1)], id="a stack of 400 characters"),
        pytest.param([("\U0001f600" * 300, 0), ("桥", 1)], id="300 emoji are one term"),
    ],
)
def test_terms_keep_their_places(client: OpenSearch, index: str, terms: Terms) -> None:
    assert analyzed(client, index, line(terms)) == terms


def test_nothing_parts_a_term_but_what_is_taken_from_it(client: OpenSearch, index: str) -> None:
    """The server itself is asked of every character of the basic plane."""
    signs = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    parting = [sign for sign in signs if PARTING.fullmatch(sign)]
    for sign in parting:
        parts = [("长", 0), ("桥", 0 if sign == STACK else 1)]
        assert analyzed(client, index, f"长{sign}桥") == parts or sign == HOLE
        assert analyzed(client, index, line([(f"长{sign}桥", 0)])) == [("长桥", 0)]
    kept = [sign for sign in signs if sign not in parting]
    for start in range(0, len(kept), 5000):
        terms = [(sign, place) for place, sign in enumerate(kept[start : start + 5000])]
        assert analyzed(client, index, line(terms)) == terms


def test_a_term_of_which_nothing_is_left_leaves_its_place_empty(
    client: OpenSearch, index: str
) -> None:
    terms = [("长", 0), (HOLE, 1), (f"{STACK}\u3000", 1), ("桥", 2), (STACK, 2)]
    assert analyzed(client, index, line(terms)) == [("长", 0), ("桥", 2)]


words = st.text(max_size=12)
steps = st.lists(st.tuples(words, st.integers(0, 3)), min_size=1, max_size=30)


# Every example asks the same index, which none of them changes.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=steps)
def test_any_terms_at_any_places_are_indexed_so(
    client: OpenSearch, index: str, drawn: list[tuple[str, int]]
) -> None:
    terms, place = [], 0
    for number, (word, step) in enumerate(drawn):
        place += step if number else 0
        terms.append((word, place))
    expected = [(carried(word), place) for word, place in terms if carried(word)]
    assert analyzed(client, index, line(terms)) == expected


def test_phrases_are_told_by_our_places(client: OpenSearch, index: str) -> None:
    client.index(index=index, id="1", body={"b": line(BRIDGE)}, refresh=True)

    def is_found(terms: Terms, slop: int = 0) -> bool:
        phrase = {"query": line(terms), "slop": slop}
        answer = client.count(index=index, body={"query": {"match_phrase": {"b": phrase}}})
        return bool(answer["count"])

    assert is_found([("南京市", 0), ("大桥", 1), ("见面", 2)])
    assert is_found([("南京市", 0), ("长江", 1), ("见面", 2)])
    assert not is_found([("长江", 0), ("大桥", 1)])  # one place, not one after the other
    assert not is_found([("在", 0), ("南京市", 1)])  # a hole lies between
    assert is_found([("在", 0), ("南京市", 1)], slop=1)
    assert is_found([("在", 0), ("南京市", 2)])  # a query may have the same hole


def test_the_longest_term_that_can_be_indexed_is_and_a_longer_one_is_cut(
    client: OpenSearch, index: str
) -> None:
    longest = "长" * (MOST_BYTES // 3)
    client.index(index=index, id="1", body={"b": line([(longest + "江桥", 0)])}, refresh=True)
    asked = {"query": {"term": {"b": carried(longest + "大桥")}}}
    assert carried(longest + "江桥") == longest
    assert client.count(index=index, body=asked)["count"] == 1
