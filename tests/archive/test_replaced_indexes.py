"""An index folder that is taken away and put in its place again, with the same numbers in it."""

import shutil

from archive_cases import counts, ids, write

from search import Archive


def test_an_index_that_is_built_again_is_read_again(archive, news, index):
    before = archive.state()
    assert len(ids(archive, "产业")) == 2
    shutil.rmtree(index)
    write(news / "c.txt", "第三篇的产业")
    other = Archive.build([news], index)
    assert other.size().generation == "gen-000001"
    assert len(ids(archive, "产业")) == 3
    assert archive.state() == other.state() != before


def test_an_index_that_is_restored_is_read_again(archive, news, index, tmp_path):
    shutil.copytree(index, tmp_path / "copy")
    write(news / "c.txt", "第三篇的产业")
    archive.update()
    assert len(ids(archive, "产业")) == 3
    later = archive.state()
    index.rename(tmp_path / "bad")
    (tmp_path / "copy").rename(index)
    assert len(ids(archive, "产业")) == 2
    write(news / "d.txt", "第四篇")
    assert counts(Archive(index).update()) == (2, 0, 2, 0)  # the same number of commit again
    assert len(ids(archive, "第四篇")) == 1
    assert archive.state() != later


def test_an_update_after_that_writes_no_article_twice(archive, news, index):
    ids(archive, "产业")
    shutil.rmtree(index)
    (news / "a.txt").rename(news / "z.txt")
    Archive.build([news], index)
    assert counts(archive.update([news])) == (0, 0, 2, 0)
    assert sorted(ids(archive, "产业")) == ["news/b.txt", "news/z.txt"]


def test_a_commit_in_the_place_of_itself_is_the_same_state(archive, index):
    table = index / "gen-000001/_MAIN_1.toc"
    state = archive.state()
    copy = table.read_bytes()
    write(table.with_name("copy"), copy).replace(table)
    assert archive.state() == state
    assert len(ids(archive, "产业")) == 2


def test_healing_never_goes_back_to_an_older_generation_in_silence(archive, news, index):
    write(news / "c.txt", "第三篇的产业")
    Archive.build([], index)
    (index / "CURRENT").unlink()
    (index / "gen-000002/meta.json").unlink()
    report = archive.heal()
    assert counts(report) == (3, 0, 0, 0)
    assert len(ids(archive, "产业")) == 3
    assert (index / "damaged-gen-000002").is_dir()
    assert archive.damage() == []


def test_a_generation_that_current_names_and_that_is_gone_is_built_again(archive, news, index):
    write(news / "c.txt", "第三篇的产业")
    Archive.build([], index)
    shutil.rmtree(index / "gen-000002")
    assert counts(archive.heal()) == (3, 0, 0, 0)
    assert len(ids(archive, "产业")) == 3


def test_a_damaged_newest_generation_is_put_aside_where_current_is_lost_too(archive, index):
    Archive.build([], index)
    (index / "CURRENT").unlink()
    (segment,) = (index / "gen-000002").glob("*.xwp")
    segment.write_bytes(segment.read_bytes()[:100])
    assert counts(archive.heal()) == (2, 0, 0, 0)
    assert (index / "damaged-gen-000002").is_dir()
    assert not (index / "gen-000002").exists()
