"""What numbers find for a literal is what reading every text finds, in title, body and both."""

from itertools import pairwise, product
from pathlib import Path
from random import Random

import pytest
from engine_cases import Home, article
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import PIECES, SMALL, sizes

from search.analysis import Literal
from search.engine import FIELDS
from search.query import Exact, words_of
from search.text import fold

texts = st.lists(st.sampled_from([*PIECES, "是", "a"]), max_size=6).map("".join)
articles = st.lists(st.tuples(texts, texts), min_size=1, max_size=7)
CHANGES = [("", ""), *((" ", to) for to in ("", "a", "\n")), ("", " "), ("，", ""), ("a", " ")]


@st.composite
def literals(draw: st.DrawFn, texts: list[str]) -> Literal | None:
    """A string of one of the texts, its ends and inside changed here and there."""
    text = draw(st.sampled_from(texts))
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    part = text[start : start + draw(st.integers(1, 7) | st.integers(62, 75))]
    if draw(st.booleans()):
        old, new = draw(st.sampled_from(CHANGES))
        part = part.replace(old, new)
    literal = Literal.of(fold(part + draw(st.sampled_from(["", "", *PIECES]))).text)
    return literal if literal.searchable else None


@pytest.fixture(params=["usual", "small"], scope="module")
def new_index(request, tmp_path_factory):
    with sizes(SMALL if request.param == "small" else {}):
        yield lambda: Home("whoosh", tmp_path_factory.mktemp("phrases") / "index")


@given(articles, st.data())
def test_a_quotation_is_found_where_plain_reading_finds_it(new_index, given_articles, data) -> None:
    home = new_index()
    home.commit(*(article(str(n), body, title=t) for n, (t, body) in enumerate(given_articles)))
    folded = [{"title": fold(t).text, "body": fold(b).text} for t, b in given_articles]
    strings = [text for one in folded for text in one.values()]
    for _ in range(5):
        literal = data.draw(literals(strings))
        if literal is None:
            continue
        node = Exact(literal.text, words_of(literal.text))
        for fields in (FIELDS, ("title",), ("body",)):
            expected = {
                str(n)
                for n, one in enumerate(folded)
                if any(literal.is_in(one[field]) for field in fields)
            }
            assert set(home.found(node, fields=fields)) == expected, (literal, fields)


@pytest.mark.parametrize("lookup", [0, 1, 1000])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_short_quotation_in_many_short_articles(tmp_path: Path, seed, lookup) -> None:
    random = Random(seed)
    letters = "角业产a1 ，"
    # Some letters are rare, so that long lists meet short ones.
    texts = [
        "".join(random.choices(letters, [20, 3, 1, 9, 1, 3, 2], k=random.randrange(12)))
        for _ in range(160)
    ]
    with sizes({}, document_sets__LOOKUP=lookup):
        home = Home("whoosh", tmp_path / "index")
        rows = [article(f"{n:02}", b, title=t) for n, (t, b) in enumerate(pairwise(texts[:80]))]
        home.commit(*rows, *(article(f"b{n}", text) for n, text in enumerate(texts[80:])))
        home.commit(deleted=["03", "b7"])
        folded = {row.id: (fold(row.title).text, fold(row.body).text) for row in rows}
        folded |= {f"b{n}": ("", fold(text).text) for n, text in enumerate(texts[80:])}
        del folded["03"], folded["b7"]
        strings = {"".join(s) for size in (1, 2, 3) for s in product(letters, repeat=size)}
        for literal in sorted({Literal.of(one).text for one in strings}):
            node = Exact(literal, ())
            if not node.whole.searchable:
                continue
            places = {i: [node.whole.is_in(text) for text in both] for i, both in folded.items()}
            assert set(home.found(node)) == {i for i, held in places.items() if any(held)}, literal
            for at, field in enumerate(FIELDS):
                expected = {i for i, held in places.items() if held[at]}
                assert set(home.found(node, fields=(field,))) == expected, (literal, field)


@pytest.mark.parametrize(
    ("title", "body"),
    [("产业", "链"), ("5", "g"), ("gis", "is"), ("长三", "角"), ("中", "a"), ("", "产，业链5，g")],
)
def test_nothing_stands_across_the_end_of_a_title(tmp_path: Path, title, body) -> None:
    home = Home("whoosh", tmp_path / "index")
    home.commit(article("a", body, title=title))
    for query in ("产业链", "5g", "gis is", "长三角", "中a", "gis\nis"):
        assert home.found(Exact(query, words_of(query))) == []


def test_a_character_few_pairs_begin_beside_what_stands_everywhere(tmp_path: Path) -> None:
    # The lists of 角业 and 角产 together name documents twice and in no order.
    home = Home("whoosh", tmp_path / "index")
    bodies = {
        7: "a角产，a角业",
        90: "a角业",
        40: "a角产",
        60: "a，角业角产",
        11: "角产a",
        99: "a角",
    }
    home.commit(*(article(f"{n:03}", bodies.get(n, "a 的")) for n in range(200)))
    for query, found in [
        ("a角", ["007", "040", "090", "099"]),
        ("的a角", []),
        ("角a", []),
        ("产a", ["011"]),
    ]:
        assert sorted(home.found(Exact(query, words_of(query)))) == found, query


@pytest.mark.parametrize("every", [9, 150])  # the unit in many articles, and in few
def test_a_character_many_pairs_begin_beside_a_rarer_unit(tmp_path: Path, every) -> None:
    # The lists of the pairs, one after another, name documents and places in no order.
    home = Home("whoosh", tmp_path / "index")
    pairs = ["角业", "角产", "角的", "角一", "角"]
    bodies = [f"{pairs[n % 5]}，{pairs[n % 3]}，{pairs[n % 4]}" for n in range(600)]
    for n in range(0, 600, every):
        bodies[n] += f"b{pairs[n % 5]}，{pairs[n % 4]}"
    for n in range(1, 600, every):
        bodies[n] = f"{pairs[n % 4]}，b，{bodies[n]}"
    home.commit(*(article(f"{n:03}", body) for n, body in enumerate(bodies)))
    expected = [f"{n:03}" for n in range(0, 600, every)]
    assert sorted(home.found(Exact("b角", ("b",)))) == expected


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_texts_near_each_other_are_compared_some_places_at_a_time(new_home, monkeypatch, at_once):
    monkeypatch.setattr("search.engine.whoosh.near.AT_ONCE", at_once)
    home = new_home()
    home.commit(
        *(article(f"{at}", "算力的产业。" * at + "算" * at + "力") for at in range(9)),
        article("apart", "算力。" + "字" * 50 + "产业"),
    )
    assert set(home.found('"算力 产业"~5')) == {f"{at}" for at in range(1, 9)}
    assert home.found('"算力 的算"~9') == []
    home.commit(*(article(f"parts {at}", "网络。算力。力法") for at in range(3)))
    assert home.found('"网络 算力法"~9') == []  # its pairs are there, and it is not
