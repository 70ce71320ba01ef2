"""Sources that lie in one another: each file is read once, for the one that was named first."""

import pytest
from archive_cases import counts, ids, told, write, write_records

from search import Archive
from search.archive import SourceEmptyError, SourceLeftOutError
from search.config import ReadingSettings


@pytest.fixture
def outer(tmp_path):
    write(tmp_path / "outer/a.txt", "甲的产业")
    write(tmp_path / "outer/inner/b.txt", "乙的产业")
    write_records(tmp_path / "outer/inner/r.jsonl", {"id": "1", "body": "丙的产业"})
    write(tmp_path / "outer/inner/x.ppt", "x")
    return tmp_path / "outer"


def test_a_folder_within_one_named_before_is_read_there(outer, index):
    inner = outer / "inner"
    archive = Archive.build([outer, inner], index)
    assert (counts(archive.report), told(archive.report)) == ((3, 0, 0, 0), [])
    assert sorted(ids(archive, "产业")) == ["1", "outer/a.txt", "outer/inner/b.txt"]
    assert archive.report.notes == [
        f"'{inner}' lies in '{outer}', a source already: its files are read there"
    ]
    assert dict(archive.report.skipped) == {".ppt": 1}
    assert archive.status().sources == (str(outer),)
    report = archive.update()
    assert (counts(report), report.notes) == ((0, 0, 3, 0), [])


@pytest.mark.parametrize("named", ["inner", "inner/c.txt"])
def test_what_is_named_within_a_known_source_is_read_with_that(outer, index, named):
    archive = Archive.build([outer], index)
    write(outer / "inner/c.txt", "丁的产业")
    report = archive.update([outer / named])
    assert (counts(report), told(report)) == ((1, 0, 3, 0), [])
    assert ids(archive, "丁") == ["outer/inner/c.txt"]
    assert archive.status().sources == (str(outer),)


def test_a_folder_around_one_named_before_gives_all_but_that(outer, index):
    inner = outer / "inner"
    archive = Archive.build([inner, outer], index)
    assert (counts(archive.report), told(archive.report)) == ((3, 0, 0, 0), [])
    assert sorted(ids(archive, "产业")) == ["1", "inner/b.txt", "outer/a.txt"]
    assert archive.report.notes == [
        f"'{outer}' holds '{inner}', a source already: its files are read there"
    ]
    assert counts(archive.update()) == (0, 0, 3, 0)
    assert counts(Archive.build([], index).report) == (3, 0, 0, 0)
    assert archive.status().sources == (str(inner), str(outer))
    assert counts(archive.forget(inner)) == (0, 0, 0, 2)
    assert counts(archive.update()) == (2, 0, 1, 0)
    assert sorted(ids(archive, "产业")) == ["1", "outer/a.txt", "outer/inner/b.txt"]


def test_files_of_a_folder_that_were_named_before_stay_what_they_are(outer, index):
    first, second = outer / "inner/b.txt", outer / "inner/r.jsonl"
    archive = Archive.build([first, second, outer], index)
    assert (counts(archive.report), told(archive.report)) == ((3, 0, 0, 0), [])
    assert archive.report.notes == [
        f"'{outer}' holds '{first}' and 1 more, sources already: the files in these are read there"
    ]


def test_a_source_by_another_path_is_the_same(outer, index, tmp_path):
    (tmp_path / "link").symlink_to(outer)
    archive = Archive.build([outer, tmp_path / "link"], index)
    assert (counts(archive.report), told(archive.report)) == ((3, 0, 0, 0), [])
    assert archive.status().sources == (str(outer),)


def test_what_the_outer_source_does_not_read_is_read_for_the_inner_one(outer, index):
    write(outer / ".hidden/c.txt", "丁的产业")
    reading = ReadingSettings(exclude=("outer/inner/b.txt",))
    sources = [outer, outer / "inner", outer / ".hidden"]
    archive = Archive.build(sources, index, reading=reading)
    assert told(archive.report) == []
    found = ["1", ".hidden/c.txt", "inner/b.txt", "outer/a.txt"]
    assert sorted(ids(archive, "产业")) == sorted(found)


def test_an_index_that_had_both_reads_each_file_once(outer, index, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("search.archive.overlaps.Overlaps.take_out", lambda *_: None)
        archive = Archive.build([outer, outer / "inner"], index)
    assert len(told(archive.report)) == 1
    report = archive.update()
    assert (counts(report), told(report)) == ((0, 0, 3, 1), [])
    assert sorted(ids(archive, "产业")) == ["1", "outer/a.txt", "outer/inner/b.txt"]


def test_the_index_itself_is_left_out_of_a_source_it_lies_in(outer):
    archive = Archive.build([outer], outer / "index")
    report = archive.update()
    assert (counts(report), dict(report.skipped)) == ((0, 0, 3, 0), {".ppt": 1})
    health = archive.examine([outer])
    assert dict(health.skipped) == {".ppt": 1}
    none = outer.parent / "none"
    none.mkdir()
    with pytest.raises(SourceEmptyError):
        Archive.build([none], none / "index")


def test_globs_that_leave_nothing_are_named(outer, index):
    reading = ReadingSettings(include=("*.md",), exclude=("old/*", "drafts/*"))
    with pytest.raises(SourceLeftOutError) as caught:
        Archive.build([outer], index, reading=reading)
    assert str(caught.value) == (
        f"cannot index '{outer}': the globs of search.toml leave nothing of it "
        "(include '*.md'; exclude 'old/*' 'drafts/*')"
    )
    assert caught.value.hint == (
        "mend them under [reading] in search.toml; they are matched with ids, as "
        "'outer/a.txt', and with what follows a slash in them"
    )
