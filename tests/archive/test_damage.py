"""Files of an index lost, cut off or overwritten: an error that says what to do, never a raw one.

A damaged file takes the place of the whole one, as a bad copy or a restored backup does.
"""

import shutil

import pytest
from archive_cases import ids

from search import Archive
from search.archive import (
    ArticleMissingError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    SearchError,
)

# Whoosh leaves files open where it cannot read them.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

DAMAGES = {
    "gone": lambda _: None,
    "empty": lambda _: b"",
    "halved": lambda content: content[: len(content) // 2],
    "shorter": lambda content: content[:-3],
    "zeroed": lambda content: bytes(len(content)),
    "garbage": lambda _: bytes(n * 37 % 251 for n in range(5000)),
}
FILES = {
    "CURRENT": "CURRENT",
    "meta": "gen-*/meta.json",
    "manifest": "gen-*/manifest-*.json",
    "contents": "gen-*/_MAIN_*.toc",
    "segment": "gen-*/*.xwp",
}


def damage_file(path, damage):
    damaged = DAMAGES[damage](path.read_bytes())
    path.unlink()
    if damaged is not None:
        path.write_bytes(damaged)


def file_of(index, name):
    (path,) = index.glob(FILES[name])
    return path


def use_all(archive):
    """Ask for everything that reads the index."""
    for query in ("产业", "产", "长三角 产业", "-产业", '"三角的产业"'):
        for hit in archive.search(query, explain=True, since="0001" if query == "产" else "").hits:
            hit.snippets  # noqa: B018 - loads the text
    archive.search("产业", sort="newest")
    archive.article("news/a.txt", "产业")
    archive.status()


def errors_of(*calls):
    """Return the errors of the calls; one that is not typed is raised."""
    found = []
    for call in calls:
        try:
            call()
        except SearchError as error:
            found.append(error)
    return found


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES)
def test_any_damage_is_a_typed_error_and_a_rebuild_mends_it(archive, news, index, name, damage):
    fresh = Archive.open(index)  # has read nothing but what opening reads
    fresh_of_all = Archive(index)
    damage_file(file_of(index, name), damage)
    found = errors_of(
        lambda: use_all(Archive.open(index)),
        lambda: use_all(fresh),
        lambda: use_all(fresh_of_all),
        lambda: use_all(archive),
        lambda: Archive(index).update([news]),
        lambda: Archive(index).forget(news.parent),
    )
    allowed = (IndexDamagedError, IndexMissingError, IndexMismatchError)
    assert all(error.hint for error in found)
    foreign = [e for e in found if not isinstance(e, allowed) and e.code != "bad_setting"]
    # What was read before may be gone, or may have been left as it was; both are said so.
    assert all(isinstance(error, ArticleMissingError) for error in foreign)
    rebuilt = Archive.build([news], index)
    use_all(rebuilt)
    assert ids(Archive.open(index), "产业") == ["news/a.txt", "news/b.txt"]
    assert ids(fresh, "产业") == ["news/a.txt", "news/b.txt"]


@pytest.mark.parametrize(
    ("name", "damage", "cause"),
    [
        ("CURRENT", "garbage", "CURRENT cannot be read"),
        ("CURRENT", "empty", "CURRENT names '', and that is not there"),
        ("meta", "gone", "gen-000001/meta.json cannot be read"),
        ("meta", "halved", "gen-000001/meta.json cannot be read"),
        ("contents", "gone", "no table of contents in 'gen-000001'"),
        ("contents", "halved", "the table of contents in 'gen-000001' is damaged"),
        ("manifest", "gone", "the manifest in 'gen-000001' is missing"),
        ("manifest", "halved", "the manifest in 'gen-000001' is damaged"),
        ("segment", "gone", "'gen-000001/{name}' is missing"),
        ("segment", "halved", "'gen-000001/{name}' is cut off or damaged"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_opening_names_what_is_damaged(index, name, damage, cause):
    path = file_of(index, name)
    damage_file(path, damage)
    with pytest.raises(IndexDamagedError) as caught:
        Archive.open(index)
    assert str(caught.value) == f"cannot open index '{index}': {cause.format(name=path.name)}"
    assert caught.value.hint == (
        f"run 'search index --index {index} --heal' to mend it from the articles"
    )


def test_a_generation_folder_that_is_gone_is_told_to_an_open_archive_too(archive, index):
    shutil.rmtree(index / "gen-000001")
    for call in (lambda: archive.search("产业"), archive.status, lambda: Archive.open(index)):
        with pytest.raises(IndexDamagedError, match="names 'gen-000001', and that is not there"):
            call()


def test_an_index_that_is_gone_is_told_to_an_open_archive_too(archive, index):
    shutil.rmtree(index)
    with pytest.raises(IndexMissingError):
        archive.search("产业")


@pytest.mark.parametrize("place", ["../gen-000001", "gen-000001/..", ".", "..", "/"])
def test_current_may_name_nothing_outside_the_index(archive, index, place):
    (index / "CURRENT").write_text(place)
    with pytest.raises(IndexDamagedError):
        archive.search("产业")


@pytest.mark.usefixtures("archive")
def test_a_lost_manifest_is_damage_to_searches_too(news, index):
    """Without it copies would be shown apart, and nothing would say so."""
    file_of(index, "manifest").unlink()
    opened = Archive(index)
    for call in (lambda: opened.search("产业"), opened.status, lambda: opened.update([news])):
        with pytest.raises(IndexDamagedError, match="the manifest in 'gen-000001' is missing"):
            call()
    opened.heal()
    assert len(ids(opened, "产业")) == 2


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("at", range(0, 100, 4))
def test_bytes_overwritten_anywhere_in_a_segment_give_an_answer_or_a_typed_error(news, index, at):
    path = file_of(index, "segment")
    content = bytearray(path.read_bytes())
    start = len(content) * at // 100
    content[start : start + 40] = bytes((at * 91 + n * 53) % 256 for n in range(40))
    path.unlink()
    path.write_bytes(content)
    errors_of(lambda: use_all(Archive.open(index)), lambda: Archive(index).update([news]))
    assert len(ids(Archive.build([news], index), "产业")) == 2
