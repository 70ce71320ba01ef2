"""What is damage of the index and what is not."""

import errno

import pytest

from search.engine import DamageError
from search.engine.whoosh.damage import damage_named, damage_told_from_failed_writes
from search.errors import IndexUnreadableError


@pytest.mark.parametrize("error", [ValueError("x"), EOFError(), OSError(errno.EIO, "I/O error")])
def test_what_reading_stumbles_over_is_damage(error: Exception) -> None:
    with pytest.raises(DamageError) as caught, damage_named("gen-000001"):
        raise error
    assert caught.value.__cause__ is error


def test_a_full_table_of_open_files_is_no_damage() -> None:
    with pytest.raises(IndexUnreadableError) as caught, damage_named("gen-000001"):
        raise OSError(errno.EMFILE, "Too many open files")
    assert str(caught.value) == "cannot read the index: too many open files"


def test_lack_of_memory_is_no_damage() -> None:
    with pytest.raises(MemoryError), damage_named("gen-000001"):
        raise MemoryError


def test_what_the_system_refuses_to_write_stays_as_it_was() -> None:
    refused = PermissionError(errno.EACCES, "Permission denied")
    with pytest.raises(PermissionError) as caught, damage_told_from_failed_writes("gen-000001"):
        raise refused
    assert caught.value is refused


def test_a_fault_of_our_own_is_not_called_damage(tmp_path, monkeypatch) -> None:
    from search import Archive
    from search.engine.whoosh import scoring

    (tmp_path / "a.txt").write_text("产业。", "utf-8")
    archive = Archive.build([tmp_path / "a.txt"], tmp_path / "index")

    def broken(*_: object) -> float:
        raise AttributeError("a fault of our own")

    monkeypatch.setattr(scoring, "rarity", broken)
    with pytest.raises(AttributeError):
        archive.search("产业")
