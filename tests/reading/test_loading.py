from pathlib import Path

import pytest
from reading_cases import source_file, told, write

from search.errors import UnreadableArticleError
from search.reading import documents, load
from search.reading.format import Format
from search.reading.formats import FORMATS, SUFFIXES, format_of
from search.reading.walk import SourceFile

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
    file = SourceFile("a.pdf", "s/a.pdf", 1, 1)
    (reading,) = documents(file, b"x")
    assert told(reading) == (
        "cannot read 's/a.pdf': unknown kind of file '.pdf': "
        ".txt, .md, .markdown and .jsonl are read",
        "name a file of a kind that is read, or a folder of them",
    )


def test_each_suffix_belongs_to_one_format_whatever_its_case():
    declared: list[tuple[str, Format]] = [(s, f) for f in FORMATS for s in f.suffixes]
    assert (
        [suffix for suffix, _ in declared]
        == list(SUFFIXES)
        == sorted(set(SUFFIXES), key=SUFFIXES.index)
    )
    for suffix, reader in declared:
        assert format_of(f"a.b{suffix}") is format_of(f"A{suffix.upper()}") is reader
    assert format_of("txt") is format_of(".txt") is format_of("a.txt.") is None
