"""An index of other tables or libraries: every command says so, and healing mends it."""

import json
import random
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from search import Archive
from search.archive.fingerprint import LIBRARIES, _of_code
from search.engine.whoosh.sections import Sections
from search.text.tables import folding_tables, package_folder

COMMANDS = [
    ["产业"],
    ["query", "产业"],
    ["show", "seeds/002_36eff7ae45c6ac4f.txt"],
    ["related", "seeds/002_36eff7ae45c6ac4f.txt"],
    ["suggest", "产业"],
    ["status"],
    ["status", "--digest"],
    ["verify"],
    ["analyze", "产业"],
    ["analyze", "--query", "产业"],
    ["doctor"],
    ["eval", "judged.jsonl"],
    ["serve"],
    ["index"],
    ["index", "seeds"],
    ["index", "--dry-run"],
]


@pytest.fixture
def index(built, empty):
    """Return a copy of the built index, that may be changed."""
    shutil.copytree(built / "seeds", empty / "seeds")
    Archive.build([empty / "seeds"], "index")
    judged = {"qid": "1", "query": "产业", "rel": {"seeds/002_36eff7ae45c6ac4f.txt": 1}}
    (empty / "judged.jsonl").write_text(json.dumps(judged), "utf-8")
    return empty / "index"


@pytest.fixture
def running(monkeypatch):
    """Return a function that has something else running: another table, or another version."""

    def run(change):
        _of_code.cache_clear()
        change(monkeypatch)

    yield run
    monkeypatch.undo()
    _of_code.cache_clear()


def other_version(library):
    def change(monkeypatch):
        monkeypatch.setattr(
            "search.archive.fingerprint.installed_version",
            lambda name: "9.9" if name == library else version(name),
        )

    return change


def other_table(number, folder):
    def change(monkeypatch):
        paths = folding_tables()
        copy = folder / paths[number].name
        copy.write_bytes(paths[number].read_bytes() + "\n㐀\t㐁\n".encode())
        paths[number] = copy
        monkeypatch.setattr("search.archive.fingerprint.folding_tables", lambda: paths)

    return change


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("number", range(3))
def test_every_command_names_a_changed_table_and_healing_mends_it(
    command, running, tmp_path, number
):
    assert command("-c", "产业").out == "2\n"
    running(other_table(number, tmp_path))
    for asked in COMMANDS:
        ran = command(*asked)
        assert (ran.code, ran.out) == (2, ""), asked
        told, hint = ran.err.splitlines()
        assert told.startswith(
            "search: cannot use index 'index': it was built with folding tables "
        )
        assert hint == (
            "hint: run 'search index --index index --heal' to build it again from its sources"
        )
    ran = command("index", "--heal")
    assert ran.code == 0
    assert ran.out.startswith("2 added, 0 changed, 0 unchanged, 0 removed (")
    assert ran.err.startswith("search: note: built anew: cannot use index 'index': it was built ")
    assert command("-c", "产业").out == "2\n"


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("library", LIBRARIES)
def test_every_command_names_another_version_and_healing_mends_it(command, running, library):
    running(other_version(library))
    for asked in COMMANDS:
        ran = command(*asked)
        assert (ran.code, ran.out) == (2, ""), asked
        assert ran.err.startswith("search: cannot use index 'index': it was built with "), asked
    assert command("index", "--heal").code == 0
    assert command("-c", "产业").out == "2\n"


def test_healing_builds_a_damaged_index_anew(command, index):
    (index / "gen-000001/meta.json").write_bytes(b"\xff")
    assert command("产业").code == 2
    ran = command("index", "--heal")
    assert ran.code == 0
    assert ran.err.startswith(
        "search: note: built anew: cannot open index 'index': gen-000001/meta"
    )
    assert command("-c", "产业").out == "2\n"


def test_healing_knows_the_sources_of_an_index_whose_segment_is_damaged(command, index):
    (segment,) = index.glob("gen-*/MAIN_*.xwp")
    segment.write_bytes(segment.read_bytes()[:3000])
    ran = command("产业")
    assert (ran.code, ran.out) == (2, "")
    ran = command("index", "--heal")
    assert ran.code == 0
    assert ran.err.startswith("search: note: built anew: cannot open index 'index': 'gen-")
    assert command("-c", "产业").out == "2\n"


def test_every_byte_that_is_wrong_in_a_segment_is_verified_and_healed(command, index):
    (segment,) = index.glob("gen-*/MAIN_*.xwp")
    written = segment.read_bytes()
    contents = Sections(written)._contents.values()
    dice = random.Random(6)
    for _, start, length, _ in dice.sample([one for one in contents if one[2]], 8):
        flipped = bytearray(written)
        flipped[start + dice.randrange(length)] ^= 1 << dice.randrange(8)
        segment.write_bytes(flipped)
        ran = command("verify", "--samples", "5")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("search: cannot open index 'index': ")
    ran = command("index", "--heal")
    assert (ran.code, ran.err[:32]) == (0, "search: note: built anew: cannot")
    assert command("index", "--heal").err == "search: note: there is nothing to mend\n"
    assert command("verify", "--samples", "5").code == 0


def test_healing_what_is_not_there_is_an_error(command, empty):
    assert command("index", "--heal").err.startswith("search: cannot open index 'index': no index")
    assert not (empty / "index").exists()


def test_the_tables_are_those_that_folding_reads():
    assert [path.name for path in folding_tables()] == [
        "TSCharacters.txt",
        "STCharacters.txt",
        "pinyin_dict.json",
    ]
    assert all(Path(path).is_file() for path in folding_tables())
    assert package_folder("jieba").is_dir()
