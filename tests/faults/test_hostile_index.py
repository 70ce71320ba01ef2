"""An index that a stranger has made may be wrong, but runs no code of the stranger's."""

import json
import pickle
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fault_cases import FIRST
from whoosh.fields import FieldConfigurationError
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from search import Archive
from search.archive import IndexDamagedError

FOOTER = struct.Struct("<QI8s")


class Crafted:
    """Unpickles by making a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text(FIRST, "utf-8")
    Archive.build([tmp_path / "news"], tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def crafted(tmp_path: Path) -> bytes:
    """A table of contents as Whoosh reads it, in which the schema is code."""
    file = tmp_path / "run"
    with pytest.raises(FieldConfigurationError):  # what the trap made is none
        TOC.read(_storage(_table(file)), "MAIN", 1)
    assert file.exists()
    file.unlink()
    return _table(file)


def _table(file: Path) -> bytes:
    storage = RamStorage()
    with storage.create_file("_MAIN_1.toc") as stream:
        for size in (4, 8, 4):
            stream.write_varint(size)
        stream.write_int(-12345)
        stream.write_int(-111)
        for number in (2, 7, 4):
            stream.write_varint(number)
        stream.write_string(pickle.dumps(Crafted(file), 2))
        stream.write_int(1)
        stream.write_int(0)
        stream.write_pickle([Crafted(file)])
    content: bytes = storage.files["_MAIN_1.toc"]
    return content


def _storage(table: bytes) -> RamStorage:
    storage = RamStorage()
    storage.files["_MAIN_1.toc"] = table
    return storage


def test_a_table_of_contents_that_is_only_a_crafted_pickle_is_refused(
    tmp_path: Path, index: Path, crafted: bytes
) -> None:
    (index / "gen-000001/_MAIN_1.toc").write_bytes(crafted)
    for call in (
        lambda: Archive.open(index),
        lambda: Archive(index).update(),
        lambda: Archive(index).forget(tmp_path / "news"),
    ):
        with pytest.raises(IndexDamagedError, match="the table of contents in 'gen-000001'"):
            call()
    assert Archive(index).damage() == ["the table of contents in 'gen-000001' is damaged"]
    Archive(index).heal()
    assert Archive.open(index).search("长三角").total == 1
    assert not (tmp_path / "run").exists()


def test_a_crafted_pickle_with_checksums_that_are_right_is_never_read(
    tmp_path: Path, index: Path, crafted: bytes
) -> None:
    table = index / "gen-000001/_MAIN_1.toc"
    whole = table.read_bytes()
    length, _, magic = FOOTER.unpack(whole[-FOOTER.size :])
    record = whole[-FOOTER.size - length : -FOOTER.size]
    assert json.loads(record)["number"] == 1
    body = crafted + record
    table.write_bytes(body + FOOTER.pack(length, zlib.crc32(body), magic))
    archive = Archive.open(index)
    assert archive.search("长三角").total == 1
    archive.update()
    Archive.build([], index)
    assert not (tmp_path / "run").exists()


def test_nothing_in_an_index_is_unpickled_by_any_command(tmp_path: Path, index: Path) -> None:
    script = f"""
import sys
def refuse(event, arguments):
    if event == "pickle.find_class" and not arguments[0].startswith("multiprocessing"):
        raise SystemExit(f"unpickled: {{arguments}}")
sys.addaudithook(refuse)
from search import Archive
archive = Archive.open({str(index)!r})
archive.search("长三角", explain=True).hits[0].snippets
archive.suggest("长"), archive.status(), archive.digest(), archive.damage(), archive.verify(5)
archive.update(), archive.heal(), Archive.build([], {str(index)!r})
print("done")
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (ran.stdout, ran.returncode) == ("done\n", 0), ran.stderr


@pytest.mark.parametrize("name", ["../news", "gen-000001/..", "/tmp", ".", ""])
def test_current_leads_nowhere_else_even_with_a_checksum_that_is_right(
    index: Path, name: str
) -> None:
    (index / "CURRENT").write_text(f"{name} {zlib.crc32(name.encode()):08x}\n")
    with pytest.raises(IndexDamagedError):
        Archive.open(index)


def crafted_record(index: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the record of the table of contents, with a checksum that is right."""
    table = index / "gen-000001/_MAIN_1.toc"
    whole = table.read_bytes()
    length, _, magic = FOOTER.unpack(whole[-FOOTER.size :])
    record = json.loads(whole[-FOOTER.size - length : -FOOTER.size])
    change(record)
    raw = json.dumps(record).encode()
    body = whole[: -FOOTER.size - length] + raw
    table.write_bytes(body + FOOTER.pack(len(raw), zlib.crc32(body), magic))


def put(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda record: record["segments"][0].__setitem__(name, value)


@pytest.mark.parametrize(
    "change",
    [
        put("documents", 10),
        put("documents", 10**12),
        put("id", "../../x"),
        put("id", ""),
        put("deleted", "eJz7DwABAQEA"),
        put("seal", [1, 2]),
        put("seal", None),
        lambda record: record["segments"].append(record["segments"][0]),
        lambda record: record.__setitem__("segments", 7),
        lambda record: record.pop("manifest"),
        lambda record: record.__setitem__("manifest", [0, 0]),
    ],
)
def test_a_crafted_table_is_damage_and_healing_mends_it(
    index: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    crafted_record(index, change)
    with pytest.raises(IndexDamagedError):
        Archive.open(index)
    assert Archive(index).damage()
    Archive(index).heal()
    assert Archive.open(index).search("长三角").total == 1


@pytest.mark.parametrize("content", ["[" * 200_000, '{"format": Infinity}', "{}", "[]", "7", ""])
@pytest.mark.parametrize("name", ["gen-000001/meta.json", "gen-000002/staged.json"])
def test_json_of_any_kind_is_damage_or_passed_over(index: Path, content: str, name: str) -> None:
    (index / name).parent.mkdir(exist_ok=True)
    (index / name).write_text(content)
    if "meta" in name:
        with pytest.raises(IndexDamagedError, match=r"meta\.json cannot be read"):
            Archive.open(index)
        assert Archive(index).damage() == ["gen-000001/meta.json cannot be read"]
    Archive(index).heal()
    Archive.build([], index)
    assert Archive.open(index).search("长三角").total == 1
