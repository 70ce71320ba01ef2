"""The sources of an archive: named, remembered, forgotten, and not there for now."""

import os

import pytest
from archive_cases import counts, ids, told, write

from search import Archive
from search.archive import IndexDamagedError, SettingError, SourceEmptyError, SourceMissingError


def test_a_source_named_again_by_another_spelling_is_the_same(archive, news, monkeypatch):
    monkeypatch.chdir(news.parent)
    assert counts(archive.update(["news", "./news/", news / ".." / "news"])) == (0, 0, 2, 0)


def test_updating_one_source_leaves_the_others_alone(archive, news, tmp_path):
    write(tmp_path / "poems/p.txt", "诗")
    assert counts(archive.update([tmp_path / "poems"])) == (1, 0, 0, 0)
    (news / "a.txt").unlink()
    assert counts(archive.update([tmp_path / "poems"])) == (0, 0, 1, 0)
    assert ids(archive, "长三角") == ["news/a.txt"]
    assert counts(archive.update()) == (0, 0, 2, 1)


def test_sources_are_remembered_by_another_opening(archive, news, index):
    write(news / "c.txt", "第三篇")
    other = Archive.open(index)
    assert counts(other.update()) == (1, 0, 2, 0)
    assert other.status().sources == (str(news),)
    assert other.status().articles == archive.status().articles == 3


def test_a_forgotten_source_takes_its_articles_along(archive, news, tmp_path):
    archive.update([write(tmp_path / "poems/p.txt", "诗的产业")])
    assert counts(archive.forget(news)) == (0, 0, 0, 2)
    assert ids(archive, "产业") == ["poems/p.txt"]
    assert archive.status().sources == (str(tmp_path / "poems/p.txt"),)
    assert (news / "a.txt").exists()


def test_forgetting_the_only_source_leaves_an_empty_index_that_answers(archive, news, index):
    archive.forget(news)
    for opened in (archive, Archive.open(index)):
        assert opened.search("产业").total == 0
        assert opened.search("-产业").total == 0
        assert (opened.status().articles, opened.status().characters) == (0, 0)
    assert counts(Archive.open(index).update([news])) == (2, 0, 0, 0)
    assert len(ids(archive, "产业")) == 2


def test_forgetting_what_is_no_source_is_an_error_and_changes_nothing(archive, news):
    with pytest.raises(SettingError) as caught:
        archive.forget(news / "a.txt")
    assert str(caught.value) == (
        f"cannot forget '{news / 'a.txt'}': it is no source of this archive"
    )
    assert caught.value.hint == "run 'search status' to see the sources"
    assert len(ids(archive, "产业")) == 2


@pytest.mark.parametrize("kind", ["missing", "emptied", "of other kinds"])
class TestASourceThatIsNotThere:
    def take_away(self, news, kind):
        for path in news.iterdir():
            path.unlink()
        if kind == "missing":
            news.rmdir()
        elif kind == "of other kinds":
            write(news / "a.xls", "%PDF")

    def error(self, kind):
        return SourceMissingError if kind == "missing" else SourceEmptyError

    def test_alone_is_an_error_and_removes_nothing(self, archive, news, index, kind):
        self.take_away(news, kind)
        with pytest.raises(self.error(kind)) as caught:
            archive.update()
        assert str(news) in str(caught.value)
        assert f"--index {index} --forget {news}" in caught.value.hint
        assert len(ids(archive, "产业")) == 2

    def test_among_several_is_reported_and_removes_nothing(self, archive, news, tmp_path, kind):
        poems = write(tmp_path / "poems/p.txt", "产业的诗").parent
        archive.update([poems])
        write(poems / "q.txt", "诗")
        self.take_away(news, kind)
        report = archive.update()
        assert counts(report) == (1, 0, 1, 0)
        assert [type(error) for error in report.failed] == [self.error(kind)]
        assert len(ids(archive, "产业")) == 3

    def test_does_not_lose_its_articles_by_a_rebuild(self, archive, news, tmp_path, index, kind):
        poems = write(tmp_path / "poems/p.txt", "产业的诗").parent
        archive.update([poems])
        self.take_away(news, kind)
        with pytest.raises(self.error(kind)):
            Archive.build([], index)
        with pytest.raises(self.error(kind)):
            Archive.build([poems], index)
        assert len(ids(archive, "产业")) == 3
        assert set(Archive.open(index).status().sources) == {str(news), str(poems)}

    def test_that_is_new_is_not_remembered(self, archive, news, tmp_path, kind):
        (tmp_path / "new").mkdir()
        self.take_away(tmp_path / "new", kind)
        report = archive.update([tmp_path / "new", news])
        assert [type(error) for error in report.failed] == [self.error(kind)]
        assert report.failed[0].hint.startswith("check the path")
        assert archive.status().sources == (str(news),)


def test_a_new_source_without_a_file_that_can_be_read_is_not_remembered(archive, news, tmp_path):
    (tmp_path / "links").mkdir()
    (tmp_path / "links/a.txt").symlink_to("nothing")
    for named in (write(tmp_path / "a.xls", "%PDF"), tmp_path / "links"):
        assert len(archive.update([named]).failed) == 1
        assert archive.status().sources == (str(news),)
    assert archive.update().failed == []


def test_a_new_source_without_a_file_that_can_be_read_is_not_remembered_by_a_build(
    news, index, tmp_path
):
    archive = Archive.build([write(tmp_path / "a.xls", "%PDF"), news], index)
    assert len(archive.report.failed) == 1
    assert archive.status().sources == (str(news),)


def test_a_source_that_cannot_be_read_for_now_is_still_remembered_after_a_rebuild(
    archive, news, index, tmp_path, monkeypatch
):
    poems = write(tmp_path / "poems/p.txt", "诗").parent
    archive.update([poems])
    scandir = os.scandir

    def refuse(path):
        if str(path) == str(poems):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        Archive.build([], index)
    assert set(archive.status().sources) == {str(news), str(poems)}


@pytest.mark.usefixtures("archive")
def test_a_new_source_that_is_missing_does_not_keep_a_rebuild_from_the_others(
    news, index, tmp_path
):
    report = Archive.build([tmp_path / "none", news], index).report
    assert counts(report) == (2, 0, 0, 0)
    assert told(report) == [f"cannot read source '{tmp_path / 'none'}': no such file or folder"]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("rows", ["{}", '{"news/a.txt": [5, 1, "digest", 2, {"news/a.txt": "d"}]}'])
def test_the_sources_of_an_index_of_an_older_version_are_rebuilt(news, index, rows):
    (manifest,) = index.glob("gen-*/manifest-*")
    manifest.write_text(f'{{"version": 1, "sources": {{"{news}": {rows}}}}}')
    with pytest.raises(IndexDamagedError):  # where the format is not checked before
        Archive(index).update()
    assert counts(Archive.build([], index).report) == (2, 0, 0, 0)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("content", ["{", "{}", '{"sources": 1}'])
def test_a_damaged_manifest_of_an_older_version_is_told(news, index, content):
    (manifest,) = index.glob("gen-*/manifest-*")
    manifest.write_text(content)
    report = Archive.build([], index).report
    assert report.notes == [
        f"the sources cannot be told (the manifest is damaged); its meta names '{news}'"
    ]
    assert counts(report) == (2, 0, 0, 0)
