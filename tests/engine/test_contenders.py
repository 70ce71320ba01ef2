"""The best of very many, chosen without scoring all, are those that scoring all gives."""

from pathlib import Path
from random import Random

from engine_cases import Home, article, tree
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import PIECES, sizes

from search.engine import SearchRequest
from search.engine.whoosh import contenders

QUERIES = ["产业", "的", "产业 的", "产业 OR 三角", "长三角 OR 的 OR 链", "产业 -的", "5G OR 业"]
NOTHING_LOOKED_UP = {
    f"{module}__{name}": 0
    for module, name in [
        ("matching", "FEW"),
        ("phrases", "FEW"),
        ("scoring", "FEW"),
        ("contenders", "FEW"),
        ("segment_terms", "SHORT"),
    ]
}
texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
articles = st.lists(st.tuples(texts, texts), min_size=3, max_size=14)


def pages(home: Home, query: str) -> list[list[tuple[str, float]]]:
    """Return id and score of each hit, of pages of two, of one and of all."""
    reader = home.engine.reader()
    found = []
    for limit, offset in ((2, 0), (2, 2), (1, 0), (50, 0)):
        ranking = reader.search(SearchRequest(tree(query), limit, offset))
        found.append([(one.id, one.score) for one in ranking.documents])
        found[-1].append(("total", ranking.total))
    return found


@given(articles, st.sampled_from(QUERIES), st.booleans())
def test_every_page_is_that_of_scoring_all(
    tmp_path_factory, given_articles, query, deleted
) -> None:
    home = Home("whoosh", tmp_path_factory.mktemp("contenders") / "index")
    rows = [article(f"{n:02}", body, title=t) for n, (t, body) in enumerate(given_articles)]
    home.commit(*rows[::2])
    home.commit(*rows[1::2], deleted=["00"] if deleted else [])
    with sizes({}, contenders__FEW=1 << 30):
        expected = pages(home, query)
    with sizes({}, contenders__FEW=0):
        assert pages(home, query) == expected
    with sizes({}, **NOTHING_LOOKED_UP):
        assert pages(home, query) == expected


def test_most_of_many_articles_are_never_scored(tmp_path: Path, monkeypatch) -> None:
    random = Random(1)
    home = Home("whoosh", tmp_path / "index")
    fill = ["山", "水，", "云", "雨。", "风", "的"]
    rows = []
    for n in range(400):
        body = random.choices(fill, k=random.randrange(20, 90))
        body[random.randrange(len(body))] = "月，"
        rows.append(article(f"{n:03}", "".join(body), title="月" if n % 40 == 0 else "山"))
    home.commit(*rows)
    chosen: list[int] = []
    plain = contenders.Contenders.among

    def counted(self, *arguments):
        chosen.append(len(plain(self, *arguments)))
        return plain(self, *arguments)

    monkeypatch.setattr(contenders.Contenders, "among", counted)
    with sizes({}, contenders__FEW=1 << 30):
        expected = pages(home, "月")
    assert chosen == [400] * 4
    with sizes({}, contenders__FEW=10):
        assert pages(home, "月") == expected
    assert max(chosen[4:7]) <= 10, "those with the word in the title"
