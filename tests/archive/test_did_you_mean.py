"""The query that may have been meant: offered where it finds clearly more, and only there."""

import pytest
from archive_cases import write_records

from search import Archive

SENTENCES = (
    "长三角的未来已经由程序员写成。",
    "他们在集群里部署 Kubernetes，并了解市场。",
    "虚拟机和命令行是常用的工具，圆的程序不常用。",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Return an archive of sixty articles: each sentence in twenty, and a few rare ones."""
    folder = tmp_path_factory.mktemp("meant")
    texts = [f"{SENTENCES[number % 3]}第{number}篇。" for number in range(60)]
    texts += [
        "李小明写的。",
        *["李晓明写的。"] * 12,
        "己经写好。",
        "deno 写的。",
        *["demo 一个。"] * 12,
    ]
    records = [
        {"id": str(number), "title": f"文章{number}", "body": text, "date": f"20{10 + number % 9}"}
        for number, text in enumerate(texts)
    ]
    write_records(folder / "all.jsonl", *records)
    return Archive.build([folder / "all.jsonl"], folder / "index")


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("kubernets", "kubernetes"),
        ("Kubernets 集群", "Kubernetes 集群"),
        ("长三脚", "长三角"),
        ("長三腳 末来", "长三角 未来"),
        ("末来", "未来"),
        ("己经", "已经"),  # one article spells it so, twenty do not
        ("kubernets -命令行", "kubernetes -命令行"),
        ("末来 OR 没有的词", "未来 OR 没有的词"),
        ("算力 OR 长三脚", "算力 OR 长三角"),
    ],
)
def test_what_finds_clearly_more_is_offered(archive, query, meant):
    results = archive.search(query)
    assert results.did_you_mean == meant
    strict = archive.search(query, relax=False, expand=False, fold=False).total
    found = archive.search(meant, relax=False, fold=False)
    assert found.total >= 10 * strict or not strict
    assert found.did_you_mean is None


def test_words_that_are_found_apart_only_may_be_one_misspelt(archive):
    results = archive.search("程序圆")
    assert results.total == 20
    assert results.did_you_mean == "程序员"
    assert archive.search('"程序圆"').total == 0


@pytest.mark.parametrize(
    "query",
    [
        "长三角",
        "Kubernetes 集群",
        "圆的程序",
        "程序 圆",  # two words: each is found
        "李小明",  # a name that one article holds
        "deno",
        '"末来"',
        "“长三脚”",
        "title:kubernets",
        "作者:kubernets",
        "长三角 -末来",
        "算力",
        "市长",
        "长三角 kubernetes",  # both there, in no article together
    ],
)
def test_nothing_is_offered_for_what_is_right_or_not_to_be_changed(archive, query):
    assert archive.search(query).did_you_mean is None


def test_three_wrong_words_are_too_many(archive):
    assert archive.search("长三脚 末来").did_you_mean == "长三角 未来"
    assert archive.search("长三脚 末来 己金").did_you_mean is None


def test_filters_hold_for_what_is_offered(archive):
    assert archive.search("长三脚", since="2015").did_you_mean == "长三角"
    assert archive.search("长三脚", since="2031").did_you_mean is None
    assert archive.search("长三脚", fields=["title"]).did_you_mean is None


def test_no_page_but_the_first_changes_what_is_offered(archive):
    assert archive.search("末来", offset=10, limit=5).did_you_mean == "未来"
    assert archive.search("末来", limit=0, sort="newest", explain=True).did_you_mean == "未来"


def test_any_word_and_copies_count_as_they_were_asked_for(archive):
    assert archive.search("末来 算力", any_word=True).did_you_mean == "未来 算力"
    assert archive.search("末来", fold=False).did_you_mean == "未来"


def test_it_is_looked_for_once_and_only_when_asked_for(archive, monkeypatch):
    looked = []

    def look(*asked):
        looked.append(asked)
        return "长三角"

    monkeypatch.setattr("search.archive.searching.did_you_mean", look)
    results = archive.search("长三脚")
    assert not looked
    assert [results.did_you_mean, results.did_you_mean] == ["长三角", "长三角"]
    assert len(looked) == 1


def test_an_empty_archive_offers_nothing(tmp_path):
    write_records(tmp_path / "one.jsonl", {"id": "1", "title": "", "body": "，"})
    archive = Archive.build([tmp_path / "one.jsonl"], tmp_path / "index")
    for query in ("长三脚", "kubernets", "末来", "程序圆"):
        assert archive.search(query).did_you_mean is None
