import gzip
import io
import lzma
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from reading_cases import read_all, source_file, told, write

from search.config import Limits, ReadingSettings
from search.document import Document
from search.errors import UnreadableArticleError
from search.reading import documents, load
from search.reading.format import Reading

MB = 1 << 20
RAISE = "raise '{}' under [reading.limits] in search.toml if it is good, else move it elsewhere"


def label(value: object) -> str:
    """Name a test by what does not change with the hour it is collected in."""
    return value if isinstance(value, str) else "raw"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def given(readings: list[Reading]) -> dict[str, str]:
    return {r.id: r.body for r in readings if isinstance(r, Document)}


def failures(readings: list[Reading]) -> list[str]:
    return [told(r)[0] for r in readings if isinstance(r, UnreadableArticleError)]


def read_with(path: Path, **limits: int) -> list[Reading]:
    file = source_file(path)
    settings = ReadingSettings(limits=Limits(**limits))
    return list(documents(file, load(file, settings), settings))


ARTICLES = {"一.txt": "甲。".encode(), "深/二.md": "# 乙".encode()}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", zipped(ARTICLES)),
        ("a.tar", tarred(ARTICLES)),
        ("a.tar.gz", gzip.compress(tarred(ARTICLES))),
        ("a.tgz", gzip.compress(tarred(ARTICLES))),
        ("a.tar.xz", lzma.compress(tarred(ARTICLES))),
        ("a.txz", lzma.compress(tarred(ARTICLES))),
    ],
    ids=label,
)
def test_each_member_is_an_article_named_after_the_archive_and_its_path(tmp_path, name, raw):
    readings = read_all(write(tmp_path / "s" / name, raw))
    assert given(readings) == {f"s/{name}/一.txt": "甲。", f"s/{name}/深/二.md": "# 乙"}
    assert all(isinstance(r, Document) and r.source == r.id for r in readings)
    assert {r.path for r in readings if isinstance(r, Document)} == {str(tmp_path / "s" / name)}


@pytest.mark.parametrize(("end", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_a_packed_file_is_the_article_it_packs(tmp_path, end, pack):
    path = write(tmp_path / "s" / f"a.txt{end}", pack("甲。".encode()))
    assert given(read_all(path)) == {f"s/a.txt{end}/a.txt": "甲。"}
    records = write(tmp_path / "s" / f"b.jsonl{end}", pack(b'{"id": "1", "body": "x"}\n{'))
    readings = read_all(records)
    assert given(readings) == {"1": "x"}
    assert failures(readings)[0].startswith(f"cannot read 's/b.jsonl{end}/b.jsonl:2': not JSON")


def test_an_archive_in_an_archive_is_read_and_one_in_that_is_not(tmp_path):
    third = zipped({"c.txt": b"3"})
    second = zipped({"b.txt": b"2", "c.zip": third})
    readings = read_all(write(tmp_path / "s" / "a.zip", zipped({"b.zip": second, "a.txt": b"1"})))
    assert given(readings) == {"s/a.zip/b.zip/b.txt": "2", "s/a.zip/a.txt": "1"}
    assert failures(readings) == [
        "cannot read 's/a.zip/b.zip/c.zip': it is an archive in an archive, 3 deep: 2 are read"
    ]


def test_paths_that_lead_out_of_an_archive_lead_nowhere(tmp_path):
    names = ["../../a.txt", "/etc/b.txt", "c\\..\\d.txt", "./e.txt"]
    readings = read_all(write(tmp_path / "s" / "a.zip", zipped(dict.fromkeys(names, b"x"))))
    assert list(given(readings)) == [
        f"s/a.zip/{n}" for n in ("a.txt", "etc/b.txt", "c/d.txt", "e.txt")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_in_the_code_page_of_a_chinese_windows_are_read(tmp_path, encoding):
    stored = "长三角示范区的招商活动.txt".encode(encoding)
    place = "x" * len(stored)
    raw = zipped({place: "甲。".encode()}).replace(place.encode(), stored)
    assert list(given(read_all(write(tmp_path / "s" / "a.zip", raw)))) == [
        "s/a.zip/长三角示范区的招商活动.txt"
    ]


def test_hidden_members_are_left_out_and_those_of_other_kinds_are_counted(tmp_path):
    members = {"a.txt": b"1", "__MACOSX/._a.txt": b"2", ".b.txt": b"3", "c.png": b"4", "d": b"5"}
    members |= {"~$e.docx": b"6", "Thumbs.db": b"7"}
    file = source_file(write(tmp_path / "s" / "a.zip", zipped(members)))
    counted: Counter[str] = Counter()
    readings = list(documents(file, load(file), skipped=counted))
    assert (list(given(readings)), counted) == (["s/a.zip/a.txt"], Counter({".png": 1, "": 1}))


def test_an_archive_that_gives_nothing_says_so(tmp_path):
    assert failures(read_all(write(tmp_path / "s" / "a.zip", zipped({"a.png": b""})))) == [
        "cannot read 's/a.zip': it holds 1 files and none of a kind that is read"
    ]
    assert failures(read_all(write(tmp_path / "s" / "b.zip", zipped({})))) == [
        "cannot read 's/b.zip': it holds no files"
    ]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", zipped({"a.txt": b"a" * (100 * MB)})),
        ("a.txt.gz", gzip.compress(b"a" * (100 * MB))),
        ("a.txt.xz", lzma.compress(b"a" * (100 * MB))),
        ("a.tar.gz", gzip.compress(tarred({"a.txt": b"a" * (100 * MB)}))),
        ("b.zip", zipped({"a.zip": zipped({"a.txt": b"a" * (100 * MB)})})),
    ],
    ids=label,
)
def test_a_bomb_is_refused_while_it_is_unpacked(tmp_path, name, raw):
    (reading,) = read_all(write(tmp_path / "s" / name, raw))
    assert told(reading) == (
        f"cannot read 's/{name}': unpacked it is more than 200 times as large",
        RAISE.format("archive_ratio"),
    )


def test_what_an_archive_may_hold_is_limited(tmp_path):
    path = write(tmp_path / "s" / "a.zip", zipped({f"{n}.txt": b"x" * MB for n in range(3)}))
    loose = {"archive_ratio": 10_000}
    assert len(given(read_with(path, **loose))) == 3
    readings = read_with(path, archive_mb=2, **loose)
    assert len(given(readings)) == 2
    assert failures(readings) == ["cannot read 's/a.zip': unpacked it is more than 2 MB"]
    readings = read_with(path, archive_files=1, **loose)
    assert failures(readings) == ["cannot read 's/a.zip': it holds more than 1 files"]
    readings = read_with(path, file_mb=0, **loose)
    assert failures(readings) == [
        f"cannot read 's/a.zip/{n}.txt': it is too large, at most 0 MB are read" for n in range(3)
    ]


def test_an_encrypted_member_is_named_and_the_others_are_read(tmp_path):
    raw = bytearray(zipped({"a.txt": b"1", "b.txt": b"2"}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    readings = read_all(write(tmp_path / "s" / "a.zip", bytes(raw)))
    assert given(readings) == {"s/a.zip/b.txt": "2"}
    assert failures(readings) == ["cannot read 's/a.zip/a.txt': it is encrypted"]


@pytest.mark.parametrize(
    ("name", "raw", "at"),
    [
        ("a.zip", zipped(ARTICLES)[:-30], ""),
        ("a.zip", b"no zip", ""),
        ("a.tar", b"no tar" * 100, ""),
        ("a.tar.gz", gzip.compress(tarred({"a.txt": b"1" * 9999}))[:-20], ""),
        ("a.txt.gz", gzip.compress(b"x" * 9999)[:-12], "/a.txt"),
        ("a.txt.gz", b"no gzip", "/a.txt"),
        ("a.txt.xz", lzma.compress(b"x" * 9999)[:-12], "/a.txt"),
        ("a.txt.xz", b"no xz", "/a.txt"),
    ],
    ids=label,
)
def test_a_damaged_archive_is_a_failure(tmp_path, name, raw, at):
    found = failures(read_all(write(tmp_path / "s" / name, raw)))
    assert found[-1] in (
        f"cannot read 's/{name}{at}': it is damaged or no such file",
        f"cannot read 's/{name}{at}': it ends too early",
    )


def test_a_damaged_member_is_named_and_the_others_are_read(tmp_path):
    raw = zipped({"a.txt": b"11111", "b.txt": b"2"}, zipfile.ZIP_STORED).replace(b"11111", b"11x11")
    readings = read_all(write(tmp_path / "s" / "a.zip", raw))
    assert given(readings) == {"s/a.zip/b.txt": "2"}
    assert failures(readings) == ["cannot read 's/a.zip/a.txt': it is damaged or no such file"]
