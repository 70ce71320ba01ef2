import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading_cases import source_file, told, write

from search.config import Limits, ReadingSettings
from search.errors import UnreadableArticleError
from search.reading import documents, load
from search.reading.format import Format, Place, Reading
from search.reading.formats import FORMATS, format_of, suffixes
from search.reading.text import TextFormat
from search.reading.walk import SourceFile

KNOWN = f"{', '.join(suffixes()[:-1])} and {suffixes()[-1]}"
MEND = "mend the cause and index again"


def refusal(file: SourceFile) -> tuple[str, str]:
    with pytest.raises(UnreadableArticleError) as caught:
        load(file)
    return told(caught.value)


def test_the_bytes_of_a_file_are_loaded_as_they_are(tmp_path):
    raw = b"\xef\xbb\xbf1\r\n\0\xff"
    assert load(source_file(write(tmp_path / "a.txt", raw))) == raw


def test_a_file_that_vanishes_is_a_failure(tmp_path):
    file = source_file(write(tmp_path / "s" / "a.txt"))
    Path(file.path).unlink()
    assert refusal(file) == (
        "cannot read 's/a.txt': it vanished while being read",
        "index again",
    )


def test_a_file_that_turned_into_a_folder_is_a_failure(tmp_path):
    file = source_file(write(tmp_path / "s" / "a.txt"))
    Path(file.path).unlink()
    Path(file.path).mkdir()
    assert refusal(file) == ("cannot read 's/a.txt': it is a folder", MEND)


@pytest.mark.parametrize(
    ("error", "cause", "hint"),
    [
        (
            PermissionError(13, "Permission denied"),
            "permission denied",
            "let yourself read it with 'chmod u+rX', and index again",
        ),
        (OSError(5, "Input/output error"), "the disk failed while it was read", MEND),
        (OSError(24, "Too many open files"), "too many files are open", MEND),
        (OSError(116, "Stale file handle"), "stale file handle", MEND),
        (OSError("odd"), "it could not be read", MEND),
    ],
)
def test_what_the_system_refuses_is_told_in_plain_words(tmp_path, monkeypatch, error, cause, hint):
    file = source_file(write(tmp_path / "s" / "a.txt"))

    def refuse(_path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refusal(file) == (f"cannot read 's/a.txt': {cause}", hint)


def test_a_file_of_an_unknown_kind_gives_a_failure():
    file = SourceFile("a.xls", "s/a.xls", 1, 1)
    (reading,) = documents(file, b"x")
    assert told(reading) == (
        f"cannot read 's/a.xls': unknown kind of file '.xls': {KNOWN} are read",
        "name a file of a kind that is read, or a folder of them",
    )


def test_each_suffix_belongs_to_one_format_whatever_its_case():
    declared: list[tuple[str, Format]] = [(s, f) for f in FORMATS for s in f.suffixes]
    assert (
        [suffix for suffix, _ in declared]
        == list(suffixes())
        == sorted(set(suffixes()), key=suffixes().index)
    )
    for suffix, reader in declared:
        if suffix in (".gz", ".xz"):
            continue
        assert format_of(f"a.b{suffix}") is format_of(f"A{suffix.upper()}") is reader
    assert format_of("txt") is format_of(".txt") is format_of("a.txt.") is None


def test_a_file_over_the_limit_of_its_kind_is_not_read(tmp_path):
    file = source_file(write(tmp_path / "s" / "a.txt"))
    with Path(file.path).open("wb") as zeros:
        zeros.truncate(1 << 30)
    assert refusal(file) == (
        "cannot read 's/a.txt': it is 1,024 MB large, at most 64 MB are read",
        "raise 'file_mb' under [reading.limits] in search.toml if it is good, "
        "else move it elsewhere",
    )
    records = source_file(write(tmp_path / "s" / "a.jsonl", b"x" * (1 << 20)))
    small = ReadingSettings(limits=Limits(file_mb=0, records_mb=1))
    assert load(records, small) == b"x" * (1 << 20)


@pytest.mark.parametrize("more", [b"", b"more"])
def test_a_file_that_is_written_to_while_it_is_read_is_a_failure(tmp_path, monkeypatch, more):
    file = source_file(write(tmp_path / "s" / "a.txt", b"1234"))
    read_bytes = Path.read_bytes

    def read_and_write(path: Path) -> bytes:
        raw = read_bytes(path)
        path.write_bytes(raw + more)
        os.utime(path, ns=(1, 1))
        return raw

    monkeypatch.setattr(Path, "read_bytes", read_and_write)
    assert refusal(file) == ("cannot read 's/a.txt': it changed while being read", "index again")


def test_a_reader_that_falls_over_a_file_is_a_failure(tmp_path, monkeypatch):
    def fall(_self: object, _raw: bytes, _place: Place) -> Iterator[Reading]:
        raise KeyError("what\never")

    monkeypatch.setattr(TextFormat, "read", fall)
    (reading,) = documents(source_file(write(tmp_path / "s" / "a.txt")), b"x")
    assert told(reading) == (
        "cannot read 's/a.txt': the reader of text fell over it: KeyError: 'what\\never'",
        "convert it to another format, and tell us of it",
    )
