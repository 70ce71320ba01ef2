"""Articles printed more than once, and records that are the same, are one hit with copies."""

import random
from pathlib import Path

import pytest
from archive_cases import write, write_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Archive
from search.archive import commits
from search.archive.likeness import alike
from search.archive.signatures import signature
from search.text.script import counterparts

CHARACTERS = [chr(point) for point in range(0x4E00, 0x5E00)]


def prose(seed: int, length: int = 400) -> str:
    """Return a text in lines, unlike any other's; it holds 产业."""
    some = random.Random(seed)
    return "产业" + "".join(
        some.choice(CHARACTERS) + ("，" if at % 11 == 10 else "。\n" if at % 50 == 49 else "")
        for at in range(length)
    )


def edited(text: str, count: int) -> str:
    """Return a text with so many characters changed."""
    some = random.Random(count)
    characters = list(text)
    for at in some.sample(range(2, len(characters)), count):
        characters[at] = "囍"
    return "".join(characters)


def other_script(text: str) -> str:
    return "".join(max(counterparts(character)) for character in text)


def wrapped(text: str) -> str:
    plain = text.replace("\n", "")
    return "\n".join(plain[at : at + 17] for at in range(0, len(plain), 17))


def weather(seed: int, cities: int = 6) -> str:
    some = random.Random(seed)
    lines = [
        f"{city}：白天多云，最高气温{some.randint(15, 36)}℃；夜间晴，"
        f"最低气温{some.randint(0, 14)}℃，"
        f"降水概率{some.randint(0, 99)}%，东南风{some.randint(1, 6)}级。"
        for city in ["北京", "上海", "广州", "深圳", "杭州", "南京"][:cities]
    ]
    return "中央气象台发布全国主要城市天气预报，请公众合理安排出行。\n" + "\n".join(lines)


def are_copies(one: str, other: str, title: str = "") -> bool:
    return alike([signature(title, one), signature("", other)]) == [[0, 1]]


ARTICLE = prose(1)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (ARTICLE, "the same"),
        (edited(ARTICLE, 10), "ten characters of four hundred are others"),
        (prose(2, 90) + "\n\n" + ARTICLE, "a new first paragraph"),
        ("本报讯 2023年5月27日 18:03\n" + ARTICLE + "（记者 王明）", "a date line and a byline"),
        (other_script(ARTICLE), "the other script"),
        (wrapped(ARTICLE), "lines broken at another width"),
        (ARTICLE.replace("，", " , "), "punctuation of another kind"),
        ("产(chǎn)业(yè)" + ARTICLE[2:], "glosses"),
        (wrapped(other_script(prose(3, 60) + edited(ARTICLE, 8))), "all of these"),
    ],
)
def test_a_reprint_is_told_through(other, reason):
    assert are_copies(ARTICLE, other), reason


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (prose(1), prose(2), "another text"),
        (prose(1, 100), prose(2, 600) + prose(1, 100), "a note quoted in a long article"),
        (prose(1, 200) + prose(2, 200), prose(1, 200) + prose(3, 200), "one half is another"),
        (weather(1), weather(2), "the weather of two days: only numbers differ"),
        ("今日无正文。", "今日有正文。", "too short to be nearly the same"),
    ],
)
def test_an_article_is_no_reprint_of(one, other, reason):
    assert not are_copies(one, other), reason


def test_short_texts_are_copies_only_with_the_same_title():
    assert are_copies("今日无正文。", "今日無正文", title="")
    assert not are_copies("今日无正文。", "今日无正文。", title="公告")
    assert not are_copies("……", "……"), "nothing to compare"


def test_english_articles_are_compared_by_their_letters():
    words = random.Random(5).choices(
        ["search", "engine", "index", "folder", "paper", "query"], k=90
    )
    text = " ".join(words)
    assert are_copies(text, text.upper())
    assert not are_copies(text, " ".join(reversed(words)).replace("e", "o"))


def test_groups_do_not_depend_on_order():
    texts = [prose(n // 3) + ("" if n % 3 else "又及") for n in range(30)]
    signed = [signature("", text) for text in texts]
    expected = [[3 * n, 3 * n + 1, 3 * n + 2] for n in range(10)]
    assert alike(signed) == expected
    order = random.Random(1).sample(range(30), 30)
    found = [sorted(order[at] for at in group) for group in alike([signed[n] for n in order])]
    assert sorted(found) == expected


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write(tmp_path / "news/b.txt", ARTICLE)
    write(tmp_path / "news/a.txt", "编者按：转载如下，有删节。\n\n" + wrapped(ARTICLE))
    write(tmp_path / "news/c.txt", other_script(ARTICLE))
    write(tmp_path / "news/d.txt", prose(9))
    return tmp_path / "news"


def test_a_reprint_is_one_hit_that_lists_its_copies(news, tmp_path):
    archive = Archive.build([news], tmp_path / "index")
    found = archive.search("产业")
    assert found.total == 2
    hit = next(hit for hit in found.hits if hit.id != "news/d.txt")
    names = {"news/a.txt", "news/b.txt", "news/c.txt"} - {hit.id}
    assert hit.copies == [{"id": name, "source": name} for name in sorted(names)]
    assert next(hit for hit in found.hits if hit.id == "news/d.txt").copies == []


def test_without_folding_each_is_a_hit(news, tmp_path):
    found = Archive.build([news], tmp_path / "index").search("产业", fold=False)
    assert found.total == 4
    assert not any(hit.copies for hit in found.hits)


def test_a_copy_that_alone_answers_is_the_hit(news, tmp_path):
    found = Archive.build([news], tmp_path / "index").search("有删节")
    assert [(hit.id, len(hit.copies)) for hit in found.hits] == [("news/a.txt", 2)]


def test_records_are_copies_only_when_they_are_the_same(tmp_path):
    poem = "床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。"
    path = write_records(
        tmp_path / "poems.jsonl",
        {"id": "1", "title": "靜夜思", "body": poem},
        {"id": "2", "title": "静夜思", "body": poem.replace("舉頭", "举头")},  # the other script
        {"id": "3", "title": "靜夜思", "body": poem.replace("明月光", "看月光")},  # a variant
        {"id": "4", "title": "又", "body": poem},  # another title
        {"id": "5", "title": "静夜思", "body": poem},
    )
    archive = Archive.build([path], tmp_path / "index")
    assert {hit.id: [c["id"] for c in hit.copies] for hit in archive.search("明月").hits} == {
        "1": ["2", "5"],
        "3": [],
        "4": [],
    }


def test_long_records_that_are_nearly_the_same_stay_apart(tmp_path):
    path = write_records(
        tmp_path / "all.jsonl", {"id": "1", "body": ARTICLE}, {"id": "2", "body": ARTICLE + "又"}
    )
    assert Archive.build([path], tmp_path / "index").search("产业").total == 2


TEXTS = [ARTICLE, wrapped(ARTICLE), edited(ARTICLE, 9), prose(2), prose(2) + "完。", "产业短讯。"]
FILES = st.dictionaries(st.integers(0, 5), st.integers(0, len(TEXTS) - 1), max_size=4)
RECORDS = st.dictionaries(st.integers(0, 40), st.integers(0, 3), max_size=25)


@given(st.lists(st.tuples(FILES, RECORDS, RECORDS), min_size=1, max_size=3), st.booleans())
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[*HealthCheck],
)
def test_any_history_gives_the_groups_of_building_at_once(
    tmp_path_factory, monkeypatch, history, often
):
    folder = tmp_path_factory.mktemp("history")
    monkeypatch.setattr(commits, "EVERY_SECONDS", 0.0 if often else 60.0)
    write(folder / "a/z.txt", "产业产业。")
    archive = None
    for files, one, other in history:
        for path in folder.glob("a/*"):
            path.unlink()
        write(folder / "a/z.txt", "产业产业。")
        for number, text in files.items():
            write(folder / f"a/{number}.txt", TEXTS[text])
        # An id may move from one file to the other.
        for name, records in (("x", one), ("y", {n: t for n, t in other.items() if n not in one})):
            rows = [{"id": str(n), "title": "题", "body": f"产业{t}"} for n, t in records.items()]
            if rows:
                write_records(folder / f"a/{name}.jsonl", *rows)
        if archive is None:
            archive = Archive.build([folder / "a"], folder / "index")
        else:
            archive.update()
    assert archive
    once = Archive.build([folder / "a"], folder / "once")
    assert groups(archive) == groups(once)
    assert archive.search("产业").total == once.search("产业").total


def groups(archive: Archive) -> list[list[str]]:
    hits = archive.search("产业", limit=1000).hits
    return sorted(sorted([hit.id, *(copy["id"] for copy in hit.copies)]) for hit in hits)


def test_what_was_signed_by_other_rules_is_signed_again(news, tmp_path, monkeypatch):
    monkeypatch.setattr("search.archive.signatures.SIGNATURE_RULES", 0)
    monkeypatch.setattr("search.archive.signatures._SEED", 8)
    archive = Archive.build([news], tmp_path / "index")
    monkeypatch.undo()
    write(news / "e.txt", ARTICLE)
    archive.update()
    assert groups(archive) == [[f"news/{n}.txt" for n in "abce"], ["news/d.txt"]]


def test_new_records_do_not_unpack_the_signatures(news, tmp_path, monkeypatch):
    archive = Archive.build([news], tmp_path / "index")
    before = groups(archive)
    same = [{"id": name, "title": "题", "body": "产业"} for name in "12"]
    path = write_records(tmp_path / "r.jsonl", *same)
    with monkeypatch.context() as patched:
        patched.delattr("search.archive.reprints._unpacked_rows")
        archive.update([path])
    assert groups(archive) == sorted([["1", "2"], *before])
    archive.forget(news)
    assert groups(archive) == [["1", "2"]]
