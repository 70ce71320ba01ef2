import os
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pytest
from reading_cases import told, write

from search.config import Limits, ReadingSettings
from search.errors import SourceMissingError
from search.reading import Source, SourceFile, walk
from search.reading.formats import suffixes

RENAME = "rename it and index again"
PERMISSION = ("permission denied", "let yourself read it with 'chmod u+rX', and index again")


def ids(path: Path) -> list[str]:
    return [file.id for file in walk(Source.of(path)).files]


def failures(path: Path) -> list[tuple[str, str]]:
    return [told(failure) for failure in walk(Source.of(path)).failures]


def fail_on(monkeypatch, function: str, name: str, error: OSError) -> None:
    """Let the system refuse what is called `name`, as it does to users that are not root."""
    real = getattr(os, function)

    def refuse(path=".", *args, **kwargs):
        if os.fspath(path).endswith(name):
            raise error
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, function, refuse)


@pytest.fixture
def seeds(tmp_path):
    write(tmp_path / "seeds" / "一.txt")
    write(tmp_path / "seeds" / "b" / "c" / "二.MD")
    write(tmp_path / "seeds" / "a.jsonl")
    return tmp_path / "seeds"


@pytest.mark.parametrize("form", ["seeds", "seeds/", "./seeds", "other/../seeds"])
def test_each_form_of_a_path_is_the_same_source(seeds, monkeypatch, form):
    monkeypatch.chdir(seeds.parent)
    source = Source.of(form)
    assert (source, source.path, source.name) == (Source.of(seeds), seeds, "seeds")
    assert hash(source) == hash(Source.of(seeds))


def test_the_folder_one_stands_in_has_its_own_name(seeds, monkeypatch):
    monkeypatch.chdir(seeds)
    assert Source.of(".") == Source.of(seeds)
    assert Source.of(".").name == "seeds"


def test_a_file_as_a_source_is_named_after_its_folder(seeds):
    source = Source.of(seeds / "b" / "c" / "二.MD")
    assert source.name == "c"
    assert ids(source.path) == ["c/二.MD"]


def test_a_file_that_has_gone_is_still_the_same_source(tmp_path):
    path = write(tmp_path / "s" / "a.txt")
    before = Source.of(path)
    path.unlink()
    assert Source.of(path) == before


def test_files_at_any_depth_are_found_in_the_order_of_their_ids(seeds):
    assert ids(seeds) == ["seeds/a.jsonl", "seeds/b/c/二.MD", "seeds/一.txt"]


def test_a_file_is_found_with_what_tells_whether_it_changed(tmp_path):
    path = write(tmp_path / "s" / "a.txt", b"12345")
    os.utime(path, ns=(1, 1_700_000_000_123_456_000))
    assert walk(Source.of(tmp_path / "s")).files == [
        SourceFile(path=str(path), id="s/a.txt", size=5, mtime_ns=1_700_000_000_123_456_000)
    ]


def test_files_of_other_kinds_are_counted(tmp_path):
    for name in ("a.txt", "b.png", "c.PNG", "d/e.xls", "f.sql.gz", "README"):
        write(tmp_path / "s" / name)
    found = walk(Source.of(tmp_path / "s"))
    assert found.skipped == Counter({".png": 2, ".xls": 1, ".sql.gz": 1, "": 1})
    assert (len(found.files), found.failures) == (1, [])


def test_hidden_files_and_folders_are_left_out(tmp_path):
    for name in (".a.txt", ".git/b.txt", "c/.d/e.txt", ".pdf"):
        write(tmp_path / "s" / name)
    found = walk(Source.of(tmp_path / "s"))
    assert (found.files, found.failures, found.skipped) == ([], [], Counter())


def test_what_systems_and_programs_leave_in_a_folder_is_left_out_silently(seeds):
    before = ids(seeds)
    for name in ("~$年报.docx", "Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/a.txt"):
        write(seeds / name)
    found = walk(Source.of(seeds))
    assert [file.id for file in found.files] == before
    assert (found.skipped, found.failures) == (Counter(), [])


def test_a_file_and_the_links_to_it_are_one_file(seeds, tmp_path):
    before = ids(seeds)
    write(tmp_path / "elsewhere" / "x.txt")
    (seeds / "0.txt").symlink_to(seeds / "一.txt")
    (seeds / "b" / "again.txt").symlink_to(seeds / "0.txt")
    assert ids(seeds) == before
    for name in ("p.txt", "q.txt"):
        (seeds / name).symlink_to(tmp_path / "elsewhere" / "x.txt")
    assert ids(seeds) == sorted([*before, "seeds/p.txt"])
    only_links = ReadingSettings(exclude=("一.txt",))
    found = [file.id for file in walk(Source.of(seeds), only_links).files]
    assert "seeds/0.txt" in found


def test_a_hidden_folder_that_is_named_is_read(tmp_path):
    write(tmp_path / ".notes" / "a.txt")
    assert ids(tmp_path / ".notes") == [".notes/a.txt"]


def test_an_empty_folder_holds_nothing(tmp_path):
    found = walk(Source.of(tmp_path))
    assert (found.files, found.failures, found.skipped) == ([], [], Counter())


def test_a_link_to_a_file_is_read_and_a_link_to_a_folder_is_not_followed(tmp_path):
    write(tmp_path / "elsewhere" / "a.txt", b"123")
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    (folder / "other").symlink_to(tmp_path / "elsewhere")
    (folder / "folder.txt").symlink_to(tmp_path / "elsewhere")
    found = walk(Source.of(folder))
    assert [(file.id, file.size) for file in found.files] == [("s/link.txt", 3)]
    assert (found.failures, found.skipped) == ([], Counter({"links to folders": 2}))


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_a_link_that_leads_back_to_a_folder_it_lies_in_is_a_failure(tmp_path, target):
    write(tmp_path / "s" / "b" / "a.txt")
    (tmp_path / "s" / "b" / "loop").symlink_to(target)
    assert failures(tmp_path / "s") == [
        (
            "cannot read 's/b/loop': it is a link that leads back to a folder it lies in",
            "remove the link, and index again",
        )
    ]
    assert ids(tmp_path / "s") == ["s/b/a.txt"]


def test_a_folder_below_too_many_others_is_a_failure(tmp_path):
    write(tmp_path / "s" / "1" / "2" / "a.txt")
    write(tmp_path / "s" / "1" / "2" / "3" / "b.txt")
    found = walk(Source.of(tmp_path / "s"), ReadingSettings(limits=Limits(depth=2)))
    assert [file.id for file in found.files] == ["s/1/2/a.txt"]
    assert [told(failure) for failure in found.failures] == [
        (
            "cannot read 's/1/2/3': it lies more than 2 folders deep",
            "raise 'depth' under [reading.limits] in search.toml if it is good, "
            "else move it elsewhere",
        )
    ]


def test_what_is_left_out_by_globs_is_not_told_of(tmp_path, monkeypatch):
    folder = tmp_path / "s"
    write(folder / "a.txt")
    write(folder / "private" / "b.txt")
    write(folder / "old" / "c.txt")
    write(folder / "old" / "d.ppt")
    (folder / "old" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "old" / "loop").symlink_to(folder)
    fail_on(monkeypatch, "scandir", "private", PermissionError(13, "Permission denied"))
    found = walk(Source.of(folder), ReadingSettings(exclude=("private/*", "s/old/*")))
    assert [file.id for file in found.files] == ["s/a.txt"]
    assert (found.failures, found.skipped, found.left_out) == ([], Counter(), 2)
    some = walk(Source.of(folder), ReadingSettings(exclude=("private/*.txt", "old/*.*", "loop/*")))
    assert [told(failure)[0] for failure in some.failures] == [
        "cannot read 's/private': permission denied"  # there may be more in it
    ]
    assert (some.skipped, some.left_out) == (Counter(), 2)
    (folder / "old" / "loop").unlink()
    (folder / "link").symlink_to(tmp_path.parent)
    only = walk(Source.of(folder), ReadingSettings(include=("a.*",), exclude=("private/*",)))
    assert only.failures[0].source == "s/link"


def test_paths_that_are_not_to_be_entered_are_not_looked_at(tmp_path):
    for name in ("a.txt", "b/c.txt", "d/e.txt", "d/f.ppt"):
        write(tmp_path / "s" / name)
    but = {str(tmp_path / "s" / name) for name in ("a.txt", "d")}
    found = walk(Source.of(tmp_path / "s"), but=but)
    assert ([file.id for file in found.files], found.skipped) == (["s/b/c.txt"], Counter())


def test_a_source_may_itself_be_a_link_and_keeps_its_name(seeds):
    (seeds.parent / "alias").symlink_to(seeds)
    assert ids(seeds.parent / "alias") == ["alias/a.jsonl", "alias/b/c/二.MD", "alias/一.txt"]


def test_links_to_nothing_are_failures(tmp_path):
    folder = tmp_path / "s"
    write(folder / "good.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "folder").symlink_to(tmp_path / "nowhere")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    mend = "mend or remove the link, and index again"
    assert failures(folder) == [
        ("cannot read 's/folder': it is a link to nothing", mend),
        ("cannot read 's/gone.txt': it is a link to nothing", mend),
        (
            "cannot read 's/self.txt': it is a link that leads back to itself",
            "mend the cause and index again",
        ),
    ]
    assert ids(folder) == ["s/good.txt"]


def test_a_file_that_vanishes_while_its_folder_is_listed_is_not_there(seeds, monkeypatch):
    def list_and_remove(path):
        with real(path) as entries:
            listed = list(entries)
        (seeds / "a.jsonl").unlink(missing_ok=True)
        return nullcontext(listed)

    real = os.scandir
    monkeypatch.setattr(os, "scandir", list_and_remove)
    found = walk(Source.of(seeds))
    assert [file.id for file in found.files] == ["seeds/b/c/二.MD", "seeds/一.txt"]
    assert found.failures == []


def test_a_folder_that_may_not_be_read_is_a_failure_and_the_others_are_read(seeds, monkeypatch):
    fail_on(monkeypatch, "scandir", "/b", PermissionError(13, "Permission denied"))
    assert failures(seeds) == [(f"cannot read 'seeds/b': {PERMISSION[0]}", PERMISSION[1])]
    assert ids(seeds) == ["seeds/a.jsonl", "seeds/一.txt"]


def test_a_source_that_may_not_be_read_is_a_failure_and_not_missing(seeds, monkeypatch):
    fail_on(monkeypatch, "scandir", "/seeds", PermissionError(13, "Permission denied"))
    assert failures(seeds) == [(f"cannot read 'seeds': {PERMISSION[0]}", PERMISSION[1])]


def test_a_source_below_a_closed_folder_is_a_failure_and_not_missing(seeds, monkeypatch):
    source = Source.of(seeds)
    fail_on(monkeypatch, "stat", "/seeds", PermissionError(13, "Permission denied"))
    (failure,) = walk(source).failures
    assert told(failure) == (f"cannot read 'seeds': {PERMISSION[0]}", PERMISSION[1])


def test_names_that_are_not_utf_8_are_failures_that_can_be_printed(tmp_path):
    folder = os.fsencode(tmp_path / "s")
    os.makedirs(folder + b"/\xb2\xe2")  # noqa: PTH103 - a Path hides the bytes
    for name in (b"/\xce\xc4.txt", b"/\xb2\xe2/a.txt", b"/ok.txt", b"/x.\xb0"):
        with open(folder + name, "wb") as file:  # noqa: PTH123 - as above
            file.write(b"x")
    assert failures(tmp_path / "s") == [
        ("cannot read 's/\\xb2\\xe2': its name is not UTF-8", RENAME),
        ("cannot read 's/\\xce\\xc4.txt': its name is not UTF-8", RENAME),
    ]
    found = walk(Source.of(tmp_path / "s"))
    assert [file.id for file in found.files] == ["s/ok.txt"]
    assert found.skipped == Counter({".\\xb0": 1})


def test_a_name_that_cannot_be_an_id_is_a_failure(tmp_path):
    write(tmp_path / "s" / "a\nb.txt")
    deep = tmp_path / "s" / "/".join(["d" * 100] * 5)
    write(deep / "c.txt")
    assert failures(tmp_path / "s") == [
        ("cannot read 's/a\\x0ab.txt': its path holds the control character U+000A", RENAME),
        (
            f"cannot read 's/{'/'.join(['d' * 100] * 5)}': "
            "its path is 506 characters long, at most 500 are allowed",
            RENAME,
        ),
    ]


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    folder = tmp_path / "s"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.log")
    assert failures(folder) == [
        (
            "cannot read 's/pipe.txt': it is not a regular file",
            "copy its text into a file and index that",
        )
    ]


def test_a_named_file_of_another_kind_is_a_failure(tmp_path):
    hint = "name a file of a kind that is read, or a folder of them"
    known = f"{', '.join(suffixes()[:-1])} and {suffixes()[-1]} are read"
    assert failures(write(tmp_path / "s" / "年报.XLS")) == [
        (f"cannot read 's/年报.XLS': unknown kind of file '.xls': {known}", hint)
    ]
    assert failures(write(tmp_path / "s" / "README")) == [
        (f"cannot read 's/README': a file without a suffix: {known}", hint)
    ]


@pytest.mark.parametrize("name", ["gone", "gone.txt", "a.txt/below", "link"])
def test_a_source_that_is_not_there_is_an_error(tmp_path, name):
    write(tmp_path / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    path = tmp_path / name
    with pytest.raises(SourceMissingError) as caught:
        walk(Source.of(path))
    assert str(caught.value) == f"cannot read source '{path}': no such file or folder"
    assert caught.value.hint == "check the path"
