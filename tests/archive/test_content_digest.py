"""The digest of an archive: equal for the same articles, whatever their index has been through."""

import shutil

import pytest
from archive_cases import write, write_records

from search import Archive

FILES = {
    "甲.txt": "第一篇\n長三角(sān)的產業。",
    "乙.md": "# 第二篇\n\n示范区的产业，用 C++ 写。",
    "部/丙.txt": "第三篇\n\n2024年6月28日\n\n未来绿色\n\n交通新模式",
}
RECORDS = [{"id": f"p{n}", "title": "春", "body": f"春眠不覺曉{n}。"} for n in range(5)]


@pytest.fixture
def news(tmp_path):
    return filled(tmp_path / "一处/news")


def filled(folder):
    for name, text in FILES.items():
        write(folder / name, text)
    write_records(folder / "诗.jsonl", *RECORDS)
    return folder


def digest(news, index, jobs=1):
    return Archive.build([news], index, jobs=jobs).digest()


def test_two_builds_of_the_same_files_have_one_digest(news, tmp_path):
    found = digest(news, tmp_path / "a")
    assert len(found) == 32
    assert int(found, 16)
    assert digest(news, tmp_path / "b") == found
    assert digest(news, tmp_path / "c", jobs=2) == found
    assert digest(filled(tmp_path / "别处/news"), tmp_path / "d") == found
    assert Archive.open(tmp_path / "a").digest() == found


def test_updates_one_by_one_come_to_the_same(news, tmp_path):
    wanted = digest(news, tmp_path / "a")
    growing = tmp_path / "别处/news"
    write(growing / "过客.txt", "将要离开的一篇")
    archive = Archive.build([growing], tmp_path / "b")
    seen = {archive.digest()}
    for name in [*FILES, "诗.jsonl"]:
        (growing / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(news / name, growing / name)
        archive.update()
        seen.add(archive.digest())
    assert wanted not in seen
    assert len(seen) == 5
    (growing / "过客.txt").unlink()
    archive.update()
    assert archive.digest() == wanted


def test_what_comes_back_has_the_digest_it_had(news, tmp_path):
    archive = Archive.build([news], tmp_path / "index")
    before = archive.digest()
    write(news / "甲.txt", "第一篇\n另外的产业。")
    write_records(news / "诗.jsonl", *RECORDS[1:])
    archive.update()
    assert archive.digest() != before
    filled(news)
    archive.update()
    assert archive.digest() == before
    assert Archive.build([], tmp_path / "index").digest() == before


def test_a_single_character_changes_it(news, tmp_path):
    before = digest(news, tmp_path / "a")
    write_records(news / "诗.jsonl", *RECORDS[:-1], {**RECORDS[-1], "body": "春眠不覺曉5。"})
    assert digest(news, tmp_path / "b") != before


def test_a_word_of_the_dictionary_changes_it_until_it_is_taken_out_again(news, tmp_path):
    archive = Archive.build([news], tmp_path / "index")
    before = archive.digest()
    words = write(tmp_path / "dictionary.txt", "的产业\n示范区的\n")
    archive.update(dictionary=words)
    changed = archive.digest()
    assert changed != before
    assert Archive.build([news], tmp_path / "anew", dictionary=words).digest() == changed
    archive.update(dictionary=write(words, ""))
    assert archive.digest() == before
