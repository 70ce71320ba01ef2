"""What an archive offers to search next: examples of its own, and queries that lead on from one."""

import pytest

from search import Archive
from search.text import fold

PORTS = [
    ("2024-01-03", "港口的吞吐量", "港口的吞吐量上升。集装箱装满了码头，吞吐量创下纪录。"),
    ("2024-01-02", "港口与码头", "港口新建码头，集装箱起重机到了。"),
    ("2024-01-01", "港口的集装箱", "港口里集装箱堆成山，起重机忙不停。"),
    ("2023-05-05", "果园", "苹果熟了，果园里人来人往。"),
    ("2023-05-04", "果园里的苹果", "果园里的苹果红了。"),
]


@pytest.fixture
def archive(tmp_path):
    return built(tmp_path, PORTS)


def built(tmp_path, rows):
    docs = tmp_path / "docs"
    docs.mkdir()
    for n, (date, title, body) in enumerate(rows):
        head = f"---\ntitle: {title}\n" + (f"date: {date}\n" if date else "") + "---\n"
        (docs / f"{n}.md").write_text(f"{head}{body}\n", "utf-8")
    return Archive.build([docs], tmp_path / "index")


def test_related_queries_add_a_word_that_several_hits_show(archive):
    related = archive.search("港口").related_queries
    assert "港口 集装箱" in related
    assert "港口 起重机" in related
    assert not any("苹果" in one for one in related)
    assert not any(one.split()[1] in "港口" for one in related)


def test_each_of_them_finds_something(archive):
    related = archive.search("港口").related_queries
    assert related
    for one in related:
        assert archive.search(one, relax=False).total


@pytest.mark.parametrize("query", ["港口 OR 苹果", '"港口"', "港口 -苹果", "title:港口", "gang*"])
def test_a_query_with_signs_is_left_as_it_is(archive, query):
    assert archive.search(query).related_queries == ()


def test_words_are_written_as_in_the_archive_unless_the_query_is_simplified(tmp_path):
    rows = [
        (date, t.replace("集装箱", "集裝箱"), b.replace("集装箱", "集裝箱")) for date, t, b in PORTS
    ]
    archive = built(tmp_path, rows)
    assert "港口 集裝箱" in archive.search("港口").related_queries
    assert "码头 集装箱" in archive.search("码头").related_queries


def test_examples_are_words_of_the_newest_articles_and_each_finds_something(archive):
    examples = archive.examples()
    assert 2 <= len(examples) <= 4
    newest = fold("".join(PORTS[n][1] + PORTS[n][2] for n in range(3))).text
    for one in examples:
        assert archive.search(one, relax=False).total
        for word in one.strip("“”").split():
            assert word in newest
    assert any(one.startswith("“") for one in examples)


def test_examples_of_an_archive_without_dates_are_of_its_articles(tmp_path):
    archive = built(tmp_path, [("", title, body) for _, title, body in PORTS])
    assert archive.examples()


def test_examples_follow_the_archive(archive, tmp_path):
    before = archive.examples()
    for n in (7, 8, 9):
        head = f"---\ntitle: 铁路{n}\ndate: 2025-01-0{n}\n---\n"
        (tmp_path / "docs" / f"{n}.md").write_text(f"{head}铁路的列车，列车开了{n}趟。", "utf-8")
    archive.update()
    assert archive.examples() != before
    assert any("列车" in one for one in archive.examples())


def test_an_empty_vocabulary_has_none(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("的", "utf-8")
    assert Archive.build([docs], tmp_path / "index").examples() == []


def test_months_are_counted_where_articles_have_one(archive):
    found = archive.search("果园 OR 港口", facets=["month", "year"]).facets
    assert found["month"] == (("2024-01", 3), ("2023-05", 2))
    assert archive.search("港口", where={"month": "2024-01"}).total == 3
