"""Files that hold no article are refused by their first bytes, however large they are."""

import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from reading_cases import source_file, told, write

from search.config import USUAL, Limits, ReadingSettings
from search.document import Document
from search.errors import UnreadableArticleError
from search.reading import Source, SourceFile, documents, load, walk
from search.reading.format import Reading

MB = 1 << 20
RECORD = b'{"id": "a", "body": "x"}\n'


def first_of(file: SourceFile, settings: ReadingSettings) -> Reading:
    try:
        return next(documents(file, load(file, settings), settings))
    except UnreadableArticleError as error:
        return error


def refusal(path: Path, settings: ReadingSettings = USUAL) -> str:
    """Return why a file is not read, having asked for little memory."""
    file = source_file(path)
    tracemalloc.start()
    try:
        error = first_of(file, settings)
        assert tracemalloc.get_traced_memory()[1] < 16 * MB
    finally:
        tracemalloc.stop()
    assert isinstance(error, UnreadableArticleError)
    return told(error)[0]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.zip", "a.txt.gz", "a.jsonl.xz", "a.tar"])
def test_a_gigabyte_of_zeros_is_not_read(tmp_path, name):
    path = write(tmp_path / "s" / name)
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert refusal(path) == f"cannot read 's/{name}': binary file"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.pdf", "b.zip"])
def test_packed_zeros_are_not_unpacked(tmp_path, name):
    zeros = bytes(150 * MB)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, zeros)
    for path in (
        write(tmp_path / "s" / "c.zip", held.getvalue()),
        write(tmp_path / "s" / f"{name}.gz", gzip.compress(zeros, 1)),
    ):
        assert refusal(path) == f"cannot read 's/{path.name}/{name}': binary file"


def test_a_megabyte_of_blanks_is_not_read_on(tmp_path):
    path = write(tmp_path / "s" / "a.jsonl", b" \n" * MB)
    assert refusal(path) == "cannot read 's/a.jsonl': its first MB is nothing but white space"


def test_a_line_longer_than_an_article_may_be_is_not_read(tmp_path):
    settings = ReadingSettings(limits=Limits(file_mb=3))
    long = b'{"id": "b", "body": "' + b"x" * (4 * MB) + b'"}\n'
    cause = "a line of it is longer than 3 MB"
    path = write(tmp_path / "s" / "a.jsonl", long + RECORD)
    assert refusal(path, settings) == f"cannot read 's/a.jsonl': {cause}"
    packed = write(tmp_path / "s" / "c.jsonl.gz", gzip.compress(long + RECORD))
    loose = ReadingSettings(limits=Limits(file_mb=3, archive_ratio=10_000))
    assert refusal(packed, loose) == f"cannot read 's/c.jsonl.gz/c.jsonl': {cause}"

    file = source_file(
        write(tmp_path / "s" / "d.jsonl", RECORD + long + RECORD.replace(b"a", b"c"))
    )
    first, second, third = documents(file, load(file, settings), settings)
    assert isinstance(first, Document)
    assert isinstance(second, UnreadableArticleError)
    assert told(second)[0] == f"cannot read 's/d.jsonl:2': {cause}"
    assert isinstance(third, Document)


@pytest.mark.parametrize(
    "name", ["a.gz", "a.xz", "a.txt.gz", "a.tgz", "a.zip", "a.txt.xz", "a.tar"]
)
def test_an_empty_packed_file_is_an_empty_file(tmp_path, name):
    write(tmp_path / "s" / name, b"")
    found = walk(Source.of(tmp_path / "s"))
    errors = [*found.failures]
    for file in found.files:
        errors += [one for one in documents(file, load(file)) if not isinstance(one, Document)]
    assert [told(one)[0] for one in errors] == [f"cannot read 's/{name}': empty file"]
    assert not found.skipped
