"""What an update sees: files and records added, changed, moved, touched and gone."""

import os
from pathlib import Path

import pytest
from archive_cases import age, counts, ids, told, write, write_records

from search import Archive
from search.archive import Done
from search.archive.manifest import Documents, FileRecord
from search.config import ReadingSettings

SECOND = 1_000_000_000  # in ns


def test_a_first_build_adds_all(archive):
    assert counts(archive.report) == (2, 0, 0, 0)
    assert ids(archive, "产业") == ["news/a.txt", "news/b.txt"]


def test_an_added_article_is_one_added_two_unchanged(archive, news):
    write(news / "c.txt", "第三篇产业")
    assert counts(archive.update([news])) == (1, 0, 2, 0)
    assert set(ids(archive, "产业")) == {"news/a.txt", "news/b.txt", "news/c.txt"}


def test_a_changed_article_answers_by_its_new_text(archive, news):
    write(news / "a.txt", "第一篇\n变了。")
    assert counts(archive.update()) == (0, 1, 1, 0)
    assert ids(archive, "产业") == ["news/b.txt"]
    assert ids(archive, "变了") == ["news/a.txt"]


def test_a_removed_article_leaves(archive, news):
    (news / "a.txt").unlink()
    assert counts(archive.update()) == (0, 0, 1, 1)
    assert ids(archive, "产业") == ["news/b.txt"]


def test_a_moved_article_is_found_at_its_new_place_only(archive, news):
    (news / "深").mkdir()
    (news / "a.txt").rename(news / "深/a.txt")
    assert counts(archive.update()) == (1, 0, 1, 1)
    assert ids(archive, "长三角") == ["news/深/a.txt"]


def test_a_second_update_finds_nothing_to_do(archive):
    assert counts(archive.update()) == (0, 0, 2, 0)


def test_a_touched_but_equal_file_is_unchanged(archive, news):
    age(news / "a.txt")
    assert counts(archive.update()) == (0, 0, 2, 0)


def test_a_file_changed_right_after_it_was_read_is_seen_at_the_same_size_and_time(archive, news):
    state = (news / "a.txt").stat()
    write(news / "a.txt", "第一篇\n长江口的产业。")
    os.utime(news / "a.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (news / "a.txt").stat().st_size == state.st_size
    assert counts(archive.update()) == (0, 1, 1, 0)
    assert ids(archive, "长江口") == ["news/a.txt"]


def test_an_old_file_of_the_same_size_and_time_is_not_read_again(news, index, monkeypatch):
    for path in news.iterdir():
        age(path)
    archive = Archive.build([news], index)
    read = []
    load = type(news).read_bytes
    monkeypatch.setattr(
        type(news), "read_bytes", lambda path: (read.append(path.name), load(path))[1]
    )
    archive.update()
    assert [name for name in read if name.endswith(".txt")] == []
    write(news / "b.txt", "第二篇")
    archive.update()
    assert [name for name in read if name.endswith(".txt")] == ["b.txt"]


def test_a_file_dated_in_the_future_is_read_again_but_costs_no_commit(archive, news, index):
    age(news / "b.txt")
    age(news / "a.txt", seconds=-3600)
    archive.update()

    def commits():
        return sorted(path.name for path in index.glob("gen-*/manifest-*.json"))

    before = commits()
    assert counts(archive.update()) == (0, 0, 2, 0)
    assert commits() == before
    stamp = (news / "a.txt").stat().st_mtime_ns
    write(news / "a.txt", "第一篇\n长江口的产业。")
    os.utime(news / "a.txt", ns=(stamp, stamp))
    assert counts(archive.update()) == (0, 1, 1, 0)


def test_what_was_read_again_is_noted_when_it_makes_a_difference():
    record = FileRecord(5, 100 * SECOND, "digest", 101 * SECOND, Documents())
    record.note_unchanged(5, 100 * SECOND, 101 * SECOND + 1)  # as young as before
    assert record.read_ns == 101 * SECOND
    record.note_unchanged(5, 100 * SECOND, 200 * SECOND)
    assert record.is_unchanged(5, 100 * SECOND)
    record.note_unchanged(5, 300 * SECOND, 200 * SECOND)  # another date, in the future
    assert (record.mtime_ns, record.is_unchanged(5, 300 * SECOND)) == (300 * SECOND, False)


def test_an_older_version_that_is_put_back_is_seen(news, index):
    for path in news.iterdir():
        age(path)
    archive = Archive.build([news], index)
    age(write(news / "a.txt", "第一篇\n长江口的产业。"), seconds=9999)
    assert counts(archive.update()) == (0, 1, 1, 0)
    age(write(news / "a.txt", "第一篇\n旧。"))
    assert counts(archive.update()) == (0, 1, 1, 0)


def test_records_come_change_and_go_one_by_one(index, tmp_path):
    path = tmp_path / "news/all.jsonl"
    one, two = {"id": "1", "body": "甲"}, {"id": "2", "body": "乙"}
    archive = Archive.build([write_records(path, one, two)], index)
    assert counts(archive.report) == (2, 0, 0, 0)
    write_records(path, {"id": "3", "body": "丙"}, one, two | {"body": "丁"})
    assert counts(archive.update()) == (1, 1, 1, 0)
    write_records(path, one, {"id": "3", "body": "丙"})
    assert counts(archive.update()) == (0, 0, 2, 1)
    assert [ids(archive, text) for text in "甲乙丙丁"] == [["1"], [], ["3"], []]


def test_a_record_changed_only_in_its_metadata_is_changed(index, tmp_path):
    path = tmp_path / "all.jsonl"
    archive = Archive.build([write_records(path, {"id": "1", "body": "甲", "版": "1"})], index)
    write_records(path, {"id": "1", "body": "甲", "版": "2"})
    assert counts(archive.update()) == (0, 1, 0, 0)
    assert archive.search("甲").hits[0].metadata == {"版": "2"}


def test_a_bad_line_keeps_the_others_and_what_was_there(index, tmp_path):
    path = tmp_path / "news/all.jsonl"
    one, two = {"id": "1", "body": "甲"}, {"id": "2", "body": "乙"}
    archive = Archive.build([write_records(path, one, two)], index)
    write_records(path, one, '{"id": 2 "body": "乙"}', {"id": "3", "body": "丙"})
    for added in (1, 0):  # tried again by every run, until it is mended
        report = archive.update()
        assert counts(report) == (added, 0, 2 if added else 3, 0)
        assert told(report) == [
            "cannot read 'news/all.jsonl:2': not JSON: expecting ',' delimiter (column 10)"
        ]
    assert [ids(archive, text) for text in "甲乙丙"] == [["1"], ["2"], ["3"]]
    write_records(path, one, {"id": "3", "body": "丙"})
    assert counts(archive.update()) == (0, 0, 2, 1)


def test_an_id_given_twice_names_both_files(index, tmp_path):
    first = write_records(tmp_path / "a/x.jsonl", {"id": "1", "body": "甲"})
    second = write_records(tmp_path / "b/y.jsonl", {"id": "1", "body": "乙"})
    archive = Archive.build([first, second], index)
    assert counts(archive.report) == (1, 0, 0, 0)
    assert told(archive.report) == [
        f"cannot read 'b/y.jsonl:1': the id '1' is already taken by 'a/x.jsonl:1' of '{first}'"
    ]
    assert ids(archive, "甲") == ["1"]
    assert ids(archive, "乙") == []
    assert told(archive.update()) == told(Archive.build([], index).report) != []
    first.unlink()
    write_records(tmp_path / "a/x.jsonl", {"id": "2", "body": "丙"})
    archive.update()
    assert [ids(archive, text) for text in "甲乙丙"] == [[], ["1"], ["2"]]


def test_an_id_given_twice_in_one_file_keeps_the_first(index, tmp_path):
    path = write_records(tmp_path / "x.jsonl", {"id": "1", "body": "甲"}, {"id": "1", "body": "乙"})
    archive = Archive.build([path], index)
    assert counts(archive.report) == (1, 0, 0, 0)
    assert len(told(archive.report)) == 1
    assert ids(archive, "甲") == ["1"]


def test_two_folders_of_one_name_do_not_overwrite_each_other(index, tmp_path):
    first = write(tmp_path / "x/news/a.txt", "甲的产业")
    second = write(tmp_path / "y/news/a.txt", "乙的产业")
    archive = Archive.build([first.parent, second.parent], index)
    assert ids(archive, "产业") == ["news/a.txt"]
    assert ids(archive, "甲") == ["news/a.txt"]
    assert told(archive.report) == [
        "cannot read 'news/a.txt': the id 'news/a.txt' is already taken"
        f" by 'news/a.txt' of '{first.parent}'"
    ]
    assert archive.status().articles == 1
    assert counts(archive.update()) == (0, 0, 1, 0)
    archive.forget(first.parent)
    assert counts(archive.update()) == (1, 0, 0, 0)
    assert ids(archive, "乙") == ["news/a.txt"]


@pytest.mark.parametrize(("giver", "taker"), [("a", "b"), ("b", "a")])
def test_a_record_that_moves_to_another_file_stays(index, tmp_path, giver, taker):
    moved, left = {"id": "1", "body": "甲"}, {"id": "2", "body": "乙"}
    write_records(tmp_path / f"news/{giver}.jsonl", moved, left)
    write_records(tmp_path / f"news/{taker}.jsonl", {"id": "3", "body": "丙"})
    archive = Archive.build([tmp_path / "news"], index)
    write_records(tmp_path / f"news/{giver}.jsonl", left)
    write_records(tmp_path / f"news/{taker}.jsonl", {"id": "3", "body": "丙"}, moved)
    report = archive.update()
    assert told(report) == []
    assert ids(archive, "甲") == ["1"]
    assert archive.status().articles == 3
    assert counts(archive.update()) == (0, 0, 3, 0)


BAD = {
    "empty": (b"", "empty file"),
    "binary": (b"\x00\x01\x02" * 99, "binary file"),
    "cut off": (
        "长三角的产业".encode()[:-1],
        "not UTF-8, UTF-16, GB18030 or Big5 throughout: most like UTF-8, but byte 0xe4 at "
        "offset 15",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_turns_unreadable_keeps_its_article_and_is_tried_again(archive, news, kind):
    content, cause = BAD[kind]
    write(news / "a.txt", content)
    write(news / "c.txt", "第三篇的产业")
    assert_kept_and_retried(archive, news, cause)


def test_a_file_that_may_not_be_read_keeps_its_article_and_is_tried_again(
    archive, news, monkeypatch
):
    write(news / "c.txt", "第三篇的产业")
    read_bytes = type(news).read_bytes

    def refuse(path):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(type(news), "read_bytes", refuse)
        assert_kept_and_retried(archive, news, "permission denied", mend=False)
    assert counts(archive.update()) == (0, 0, 3, 0)


def assert_kept_and_retried(archive, news, cause, mend=True):
    report = archive.update()
    assert counts(report) == (1, 0, 2, 0)  # the article that cannot be read anew has stayed
    assert told(report) == [f"cannot read 'news/a.txt': {cause}"]
    assert ids(archive, "长三角") == ["news/a.txt"]
    report = archive.update()
    assert counts(report) == (0, 0, 3, 0)
    assert told(report) == [f"cannot read 'news/a.txt': {cause}"]
    if mend:
        write(news / "a.txt", "第一篇\n长三角的产业。")
        assert counts(archive.update()) == (0, 0, 3, 0)
        assert archive.report.failed == []


def test_what_lies_in_a_folder_that_may_not_be_read_has_not_vanished(archive, news, monkeypatch):
    write(news / "深/c.txt", "第三篇")
    archive.update()
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("深"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        (news / "a.txt").unlink()
        report = archive.update()
    assert counts(report) == (0, 0, 1, 1)
    assert told(report) == ["cannot read 'news/深': permission denied"]
    assert ids(archive, "第三篇") == ["news/深/c.txt"]


def test_a_file_that_vanishes_while_it_is_read_is_gone_by_the_next_run(archive, news, monkeypatch):
    read_bytes = type(news).read_bytes

    def vanish(path):
        if path.name == "a.txt":
            path.unlink()
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(type(news), "read_bytes", vanish)
        assert told(archive.update()) == ["cannot read 'news/a.txt': it vanished while being read"]
    assert counts(archive.update()) == (0, 0, 1, 1)


def test_a_folder_whose_name_is_no_utf8_can_be_indexed(index, tmp_path):
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/\xb2\xfa/news")
    write(Path(folder) / "a.txt", "产业")
    archive = Archive.build([folder], index)
    assert ids(archive, "产业") == ["news/a.txt"]
    assert Archive.open(index).search("产业").hits[0].path == f"{folder}/a.txt"
    assert Archive.open(index).status().sources == (folder,)
    assert counts(Archive.open(index).update()) == (0, 0, 1, 0)


def test_progress_counts_files_and_bytes_up_to_all(news, index):
    seen = []
    sizes = [path.stat().st_size for path in sorted(news.iterdir())]
    archive = Archive.build([news], index, seen.append)
    assert seen[-1] == Done(files=2, all_files=2, size=sum(sizes), all_size=sum(sizes), articles=2)
    assert [done.files for done in seen] == sorted(done.files for done in seen)
    assert sizes[0] in {done.size for done in seen}
    age(news / "a.txt")
    age(news / "b.txt")
    archive.update()
    write(news / "c.txt", "第三篇")
    seen.clear()
    archive.update(progress=seen.append)
    assert seen[-1] == Done(files=3, all_files=3, size=9, all_size=9, articles=3)


def test_what_looks_damaged_is_told_with_its_line(index, tmp_path):
    path = write(tmp_path / "news/a.txt", "题\n\n電話?shù)號。產(chǎn)I(yè)鏈。")
    notes = Archive.build([path.parent], index).report.damage
    assert [(n.id, n.line, n.text) for n in notes] == [
        ("news/a.txt", 3, "?shù)"),
        ("news/a.txt", 3, "I(yè)"),
    ]


def test_a_date_is_noted_only_when_it_was_given_and_not_understood(index, tmp_path):
    write(tmp_path / "news/good.md", "---\ndate: 2024-06-28\n---\n正文。")
    write(tmp_path / "news/bad.md", "---\ndate: 昨天\n---\n正文。")
    write(tmp_path / "news/2023-05-01.md", "---\ndate: 前天\n---\n正文。")
    write_records(
        tmp_path / "news/a.jsonl",
        {"id": "1", "body": "正文。", "printed": "2024-06-28", "date": "第三期"},
    )
    settings = ReadingSettings(columns={"date": "printed"})
    report = Archive.build([tmp_path / "news"], index, reading=settings).report
    assert [(note.id, note.text, note.reason) for note in report.damage] == [
        (
            "news/2023-05-01.md",
            "前天",
            "a date that cannot be read, so 2023-05-01 was taken instead",
        ),
        ("news/bad.md", "昨天", "a date that cannot be read, so the article has none"),
    ]


def test_files_of_other_kinds_are_counted(archive, news):
    write(news / "x.xls", b"%PDF")
    write(news / "y.XLS", b"%PDF")
    assert dict(archive.update().skipped) == {".xls": 2}


def test_a_run_without_changes_leaves_no_file_behind(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("正文。", "utf-8")
    archive = Archive.build([news], tmp_path / "index")
    before = sorted(path.name for path in (tmp_path / "index").rglob("*"))
    for _ in range(3):
        assert archive.update().unchanged == 1
    assert sorted(path.name for path in (tmp_path / "index").rglob("*")) == before
