"""Ids that two articles bear: both places are named, and two files that collide are one line."""

from archive_cases import counts, ids, told, write, write_records

from search import Archive
from search.config import ReadingSettings

BY_FILE = (
    "rename the ids of one of the two files and index again, or tell them apart by their files: "
    "put 'record_ids = \"file\"' under [reading] in search.toml and run 'search index --rebuild'"
)


def records(count, text="甲"):
    return [{"id": str(n), "body": f"{text}{n}"} for n in range(1, count + 1)]


def test_two_files_numbered_alike_are_one_line_that_names_the_first_two_records(index, tmp_path):
    write_records(tmp_path / "news/a.jsonl", "", *records(2000))
    write_records(tmp_path / "news/b.jsonl", *records(1500, "乙"))
    report = Archive.build([tmp_path / "news"], index).report
    assert counts(report) == (2000, 0, 0, 0)
    assert told(report) == [
        "cannot read 'news/b.jsonl:1': the id '1' is already taken by 'news/a.jsonl:2', "
        "and so are 1,499 more of its ids"
    ]
    assert report.failed[0].hint == BY_FILE
    assert (report.failed[0].count, report.failed_articles) == (1500, 1500)


def test_each_pair_of_files_has_its_line(index, tmp_path):
    for name in "abc":
        write_records(tmp_path / f"news/{name}.jsonl", *records(2, name))
    report = Archive.build([tmp_path / "news"], index).report
    assert told(report) == [
        f"cannot read 'news/{name}.jsonl:1': the id '1' is already taken by 'news/a.jsonl:1', "
        "and so is 1 more of its ids"
        for name in "bc"
    ]


def test_the_line_of_a_record_that_an_earlier_run_has_read_is_found(index, tmp_path):
    write_records(tmp_path / "news/a.jsonl", *records(3))
    archive = Archive.build([tmp_path / "news"], index)
    write(tmp_path / "news/b.csv", "id,body\n9,丁\n3,戊\n")
    (line,) = told(archive.update())
    assert line == "cannot read 'news/b.csv:3': the id '3' is already taken by 'news/a.jsonl:3'"
    assert ids(archive, "丁") == ["9"]


def test_an_id_that_stands_twice_in_a_file_names_both_lines(index, tmp_path):
    path = write_records(tmp_path / "news/a.jsonl", *records(2), *records(1))
    report = Archive.build([path], index).report
    assert told(report) == [
        "cannot read 'news/a.jsonl:3': the id '1' is already taken by 'news/a.jsonl:1'"
    ]
    assert report.failed[0].hint == "give one of the two another id and index again"


def test_folders_of_one_name_are_one_line_however_many_files_they_hold(index, tmp_path):
    for n in range(5):
        write(tmp_path / f"x/news/{n}.txt", "甲")
        write(tmp_path / f"y/news/{n}.txt", "乙")
    report = Archive.build([tmp_path / "x/news", tmp_path / "y/news"], index).report
    assert told(report) == [
        "cannot read 'news/0.txt': the id 'news/0.txt' is already taken by 'news/0.txt' of "
        f"'{tmp_path}/x/news', and so are 4 more of its ids"
    ]
    assert report.failed[0].hint == "rename one of the two folders, and index again"


def test_ids_by_file_mend_it(index, tmp_path):
    for name, text in (("a", "甲"), ("b", "乙")):
        write_records(tmp_path / f"news/{name}.jsonl", *records(2, text))
    write(tmp_path / "news/c.csv", "title,body\n题,丙\n")
    by_file = ReadingSettings(record_ids="file")
    archive = Archive.build([tmp_path / "news"], index, reading=by_file)
    assert (counts(archive.report), told(archive.report)) == ((5, 0, 0, 0), [])
    assert sorted(ids(archive, "甲") + ids(archive, "乙")) == [
        "news/a.jsonl#1",
        "news/a.jsonl#2",
        "news/b.jsonl#1",
        "news/b.jsonl#2",
    ]
    assert archive.article("news/b.jsonl#2").body.text == "乙2"
    (row,) = ids(archive, "丙")  # which is called by its file anyway
    assert row.count("#") == 1
    assert counts(archive.update(reading=by_file)) == (0, 0, 5, 0)
