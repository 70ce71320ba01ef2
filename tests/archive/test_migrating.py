"""Moving an archive from one folder to another: all of it goes, at once, nothing else changes."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from archive_cases import age, counts, ids, write, write_records

from search import Archive
from search.archive import (
    Done,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    IndexTakenError,
    IndexWriteError,
    SettingError,
    WritingSettings,
    migrating,
)
from search.archive.live import LiveIndex
from search.archive.write_lock import writing
from search.document import Document
from search.engine.whoosh.writer import WhooshWriter


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of files and records, with copies, a dictionary, and an article taken out."""
    news = tmp_path / "news"
    for name, text in (("a", "长三角的产业。"), ("b", "容器编排的产业。"), ("gone", "消失。")):
        age(write(news / f"{name}.txt", f"第{name}篇\n{text}" * 20))
    copied = news / "copy.txt"
    shutil.copy(news / "a.txt", copied)
    age(copied)
    records = [
        {"id": f"p{n}", "title": f"诗{n}", "body": f"床前明月光{n}", "author": "李白"}
        for n in range(300)
    ]
    age(write_records(tmp_path / "poems.jsonl", *records))
    words = write(tmp_path / "dictionary.txt", "容器编排\n")
    archive = Archive.build([news, tmp_path / "poems.jsonl"], tmp_path / "index", dictionary=words)
    (news / "gone.txt").unlink()
    archive.update()
    return archive


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "new"


def documents(index: Path) -> list[Document]:
    reader = LiveIndex(index).reader()
    return sorted(reader.documents(reader.numbers()), key=lambda one: one.id)


def generations(index: Path) -> list[str]:
    return sorted(path.name for path in index.glob("gen-*"))


def test_all_goes_and_the_next_run_finds_it_unchanged(
    archive: Archive, tmp_path: Path, to: Path
) -> None:
    move = archive.migrate(to)
    assert (move.index, move.generation) == (str(to), "gen-000001")
    assert (move.articles, move.compared) == (303, 303)
    before, after = LiveIndex(tmp_path / "index"), LiveIndex(to)
    assert documents(to) == documents(tmp_path / "index")
    assert after.reader().manifest() == before.reader().manifest()
    assert after.snapshot().dictionary == before.snapshot().dictionary
    there = Archive.open(to)
    assert there.digest() == archive.digest()
    old, new = archive.status(), there.status()
    assert (new.sources, new.dictionary, new.dictionary_words) == (old.sources, old.dictionary, 1)
    assert not new.dictionary_has_changed
    for query in ("长三角", "明月 李白", '"容器编排"'):
        assert [(h.id, h.score, h.copies) for h in there.search(query).hits] == [
            (h.id, h.score, h.copies) for h in archive.search(query).hits
        ]
    assert there.search("长三角").hits[0].copies
    assert counts(there.update()) == (0, 0, 303, 0)


def test_several_processes_move_the_same(archive: Archive, tmp_path: Path, to: Path) -> None:
    archive.migrate(to, jobs=2)
    assert documents(to) == documents(tmp_path / "index")


def test_it_tells_how_far_it_is(archive: Archive, to: Path) -> None:
    told: list[Done] = []
    archive.migrate(to, told.append)
    assert [(done.articles, done.all_articles) for done in told] == [(200, 303), (303, 303)]
    assert told[-1].size == told[-1].all_size > 2000
    assert told[0].size < told[0].all_size


def test_of_many_articles_a_sample_is_read_back(
    archive: Archive, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "COMPARED", 10)
    assert archive.migrate(to).compared == 10


def test_an_archive_without_articles_goes_too(tmp_path: Path, to: Path) -> None:
    write(tmp_path / "news/a.txt", "产业")
    archive = Archive.build([tmp_path / "news"], tmp_path / "index")
    archive.forget(tmp_path / "news")
    assert archive.migrate(to).articles == 0
    assert Archive.open(to).status().sources == ()


def test_what_is_there_is_replaced_only_when_that_is_asked_for(
    archive: Archive, tmp_path: Path, to: Path
) -> None:
    write(tmp_path / "other/x.txt", "别的一篇")
    there = Archive.build([tmp_path / "other"], to)
    built = there.status().built
    with pytest.raises(IndexTakenError) as caught:
        archive.migrate(to)
    kind = "a newer one" if built > archive.status().built else "one already"
    assert str(caught.value) == (f"cannot move to '{to}': there is {kind}, built {built}")
    assert caught.value.hint == "add '--replace' to have a new generation take its place"
    assert ids(there, "别的一篇") == ["other/x.txt"]
    assert archive.migrate(to, replace=True).generation == "gen-000002"
    assert ids(there, "别的一篇") == []
    assert generations(to) == ["gen-000001", "gen-000002"]
    archive.migrate(to, replace=True, writing=WritingSettings(keep=0))
    assert generations(to) == ["gen-000003"]


def test_an_older_and_a_damaged_archive_are_told_from_a_newer_one(
    archive: Archive, to: Path
) -> None:
    archive.migrate(to)
    for name, said in (
        ("2020", "there is one already, built 2020"),
        ("2999", "there is a newer one, built 2999"),
    ):
        meta = to / "gen-000001/meta.json"
        text = meta.read_text("utf-8")
        built = Archive.open(to).status().built if name == "2020" else "2020"
        meta.write_text(text.replace(built, name).replace('"checksum"', '"by hand"'), "utf-8")
        with pytest.raises(IndexTakenError, match=said):
            archive.migrate(to)
    meta.unlink()
    with pytest.raises(IndexTakenError, match=r"there is an archive already$"):
        archive.migrate(to)
    assert archive.migrate(to, replace=True).generation == "gen-000002"


def test_to_where_it_lies_nothing_is_moved(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "index")
    with pytest.raises(SettingError) as caught:
        archive.migrate(tmp_path / "link", replace=True)
    assert str(caught.value) == f"cannot move '{tmp_path / 'index'}': that is where it is to go"
    assert caught.value.hint == (
        "say in search.toml where the archive is to go, and name where it lies now"
    )
    assert generations(tmp_path / "index") == ["gen-000001"]


def test_without_an_archive_nothing_is_made(tmp_path: Path, to: Path) -> None:
    with pytest.raises(IndexMissingError) as caught:
        Archive(tmp_path / "nowhere").migrate(to)
    assert str(caught.value) == f"cannot open index '{tmp_path / 'nowhere'}': no index there"
    assert caught.value.hint == "name the folder of an index, or 'cluster' for what 'hosts' names"
    assert not to.exists()


@pytest.mark.usefixtures("archive")
def test_one_of_other_rules_is_to_be_healed_first(tmp_path: Path, to: Path) -> None:
    meta = tmp_path / "index/gen-000001/meta.json"
    text = meta.read_text("utf-8").replace('"jieba": "', '"jieba": "0.')
    meta.write_text(text.replace('"checksum"', '"by hand"'), "utf-8")
    with pytest.raises(IndexMismatchError) as caught:
        Archive(tmp_path / "index").migrate(to)
    assert caught.value.hint == (
        f"run 'search index --index {tmp_path / 'index'} --heal' to build it again from its sources"
    )
    assert not to.exists()


@pytest.mark.usefixtures("archive")
def test_what_is_damaged_is_named_and_nothing_is_made_of_it(tmp_path: Path, to: Path) -> None:
    for segment in (tmp_path / "index").glob("gen-*/*.xwp"):
        content = bytearray(segment.read_bytes())
        for at in range(500, len(content), 97):
            content[at] ^= 0xFF
        segment.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=f"cannot open index '{tmp_path / 'index'}'"):
        Archive(tmp_path / "index").migrate(to)
    assert generations(to) == []


def test_the_state_of_the_beginning_is_moved_whatever_is_committed_meanwhile(
    archive: Archive, tmp_path: Path, to: Path
) -> None:
    expected = documents(tmp_path / "index")

    def change(done: Done) -> None:
        write(tmp_path / "news/a.txt", f"改了{done.articles}")
        archive.update()
        Archive.build([], tmp_path / "index", writing=WritingSettings(keep=0))

    assert Archive(tmp_path / "index").migrate(to, change).articles == 303
    assert documents(to) == expected
    assert counts(Archive(to).update()) == (0, 1, 302, 0)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_move_that_is_cut_off_leaves_what_was_there(
    archive: Archive, to: Path, error: type[BaseException]
) -> None:
    def stop(_done: Done) -> None:
        raise error

    before = archive.state()
    with pytest.raises(error):
        archive.migrate(to, stop)
    assert [path.name for path in to.iterdir()] == [".lock"]
    archive.migrate(to)
    there = Archive.open(to)
    state = there.state()
    with pytest.raises(error):
        archive.migrate(to, stop, replace=True)
    assert (archive.state(), there.state()) == (before, state)
    assert generations(to) == ["gen-000001"]


def lose(document: Document) -> list[Document]:
    return [] if document.id == "p7" else [document]


def spoil(document: Document) -> list[Document]:
    return [replace(document, date="2024")] if document.id == "p7" else [document]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lose, "it holds 302 documents, and 303 were written"),
        (spoil, "article 'p7' is not what was written"),
    ],
)
def test_what_is_not_read_back_as_it_was_is_not_switched_to(
    archive: Archive,
    to: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Document], list[Document]],
    said: str,
) -> None:
    written = WhooshWriter.write

    def write_other(writer: WhooshWriter, documents: Iterable[Document]) -> None:
        written(writer, (other for one in documents for other in change(one)))

    monkeypatch.setattr(WhooshWriter, "write", write_other)
    with pytest.raises(IndexWriteError) as caught:
        archive.migrate(to)
    assert str(caught.value) == f"cannot write to index '{to}': {said}"
    assert generations(to) == []


def test_a_second_writer_there_is_waited_for_and_told(archive: Archive, to: Path) -> None:
    to.mkdir()
    with writing(to), pytest.raises(IndexLockedError, match=f"cannot write to index '{to}'"):
        archive.migrate(to)
    assert archive.migrate(to).articles == 303


def test_a_file_in_the_place_of_the_folder_is_told(archive: Archive, to: Path) -> None:
    write(to, "")
    with pytest.raises(IndexWriteError, match=f"cannot write to index '{to}'"):
        archive.migrate(to)
