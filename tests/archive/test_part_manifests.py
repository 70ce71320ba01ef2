"""Parts of a build, without a cluster: whose a document is, where sources lie, manifests merged."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.archive import Document, Part, SettingError
from search.archive.digest import content_of, digest_of
from search.archive.manifest import Documents, FileRecord, Manifest, SourceRecord
from search.archive.merged_manifest import merged
from search.archive.part_sources import begun, joined
from search.reading import Source


@given(st.text(), st.integers(1, 500))
def test_every_document_is_of_one_part(document_id: str, of: int) -> None:
    assert sum(Part(number, of).holds(document_id) for number in range(1, of + 1)) == 1


@pytest.mark.parametrize(("number", "of"), [(0, 3), (4, 3), (1, 501), (-1, -1)])
def test_what_is_no_part_is_refused(number: int, of: int) -> None:
    with pytest.raises(SettingError) as caught:
        Part(number, of)
    assert str(caught.value) == (
        f"'{number}/{of}' is not K/N, such as 3/8, with K from 1 to N, and N to 500"
    )


def test_parts_are_about_as_large_and_the_same_in_every_version() -> None:
    ids = [f"news/{at}.txt" for at in range(3000)]
    assert [sum(Part(n, 3).holds(one) for one in ids) for n in (1, 2, 3)] == [996, 1026, 978]


def record(digest: str = "ab", *ids: str, size: int = 5, mtime_ns: int = 7, read_ns: int = 9):
    return FileRecord(
        size, mtime_ns, digest, read_ns, Documents.of({one: one.encode() * 8 for one in ids})
    )


def manifest(files: Mapping[str, FileRecord]) -> Manifest:
    found = Manifest({"/news": SourceRecord()})
    found.sources["/news"].files.update(files)
    return found


def nothing(asked: Sequence[str]) -> Iterator[Document]:
    assert not asked
    yield from ()


@pytest.mark.parametrize(
    ("parts", "digest", "mtime_ns"),
    [
        ([record("ab", "a"), record("ab", "b", read_ns=8)], "ab", 7),
        ([record("ab", "a"), record("ab", "b", mtime_ns=6, read_ns=8)], "ab", 0),  # a copy
        ([record("ab", "a"), record("cd", "b", read_ns=8)], "", 7),  # it has changed
        ([record("ab", "a"), record("", "b", read_ns=8)], "", 7),  # something was not read
        ([record("ab", "a", read_ns=8), None, record("ab", "b")], "", 7),  # it came or went
    ],
)
def test_a_file_is_trusted_where_it_was_the_same_for_all_parts(
    parts: list[FileRecord | None], digest: str, mtime_ns: int
) -> None:
    whole = merged([manifest({"f": one} if one else {}) for one in parts], nothing)
    found = whole.sources["/news"].files["f"]
    assert found.documents.ids() == ["a", "b"]
    assert (found.digest, found.mtime_ns, found.size, found.read_ns) == (digest, mtime_ns, 5, 8)


def test_a_file_of_which_no_part_has_a_document_is_not_remembered() -> None:
    whole = merged([manifest({"f": record(), "g": record("ab", "a")}), manifest({})], nothing)
    assert list(whole.sources["/news"].files) == ["g"]
    assert merged([Manifest(), Manifest()], nothing).to_bytes() == Manifest().to_bytes()


def test_the_same_text_in_two_parts_is_found_by_reading_what_begins_alike() -> None:
    texts = {"a": "产业", "b": "產業", "c": "别的", "d": "没有别人", "e": "产业", "f.jsonl": "产业"}
    documents = {name: Document(name, "题", body, source="f.jsonl") for name, body in texts.items()}
    contents = {name: content_of("题", body) for name, body in texts.items()}
    digests = {name: digest_of(one, contents[name]) for name, one in documents.items()}
    # As if the texts began alike by accident.
    digests["c"] = digests["a"][:4] + digests["c"][4:]
    parts = []
    for names in ("abd", "c", ["e", "f.jsonl"]):
        held = Documents.of({name: digests[name] for name in names})
        parts.append(manifest({"f.jsonl": FileRecord(5, 7, "ab", 9, held)}))
    parts[0].copies.same[contents["a"]] = ["a", "b"]
    asked = []

    def read(ids: Sequence[str]) -> Iterator[Document]:
        asked.extend(ids)
        yield from (documents[one] for one in ids)

    whole = merged(parts, read)
    assert whole.copies.groups() == [["a", "b", "e"]]  # the one of a file is no record
    assert asked == ["c", "e", "f.jsonl"]  # neither those known to be the same nor what is alone
    assert Manifest.from_bytes(whole.to_bytes()).copies.groups() == [["a", "b", "e"]]


def at(path: Path) -> Source:
    path.mkdir(parents=True, exist_ok=True)
    return Source.of(path)


def test_sources_are_taken_where_they_lie_for_all_or_by_their_names(tmp_path: Path) -> None:
    news, poems = at(tmp_path / "here/news"), at(tmp_path / "here/poems")
    shared = at(tmp_path / "shared/poems")
    paths = ["/data/news", str(shared.path)]
    assert joined(paths, [news]) == ({"/data/news": news, str(shared.path): shared}, [])
    assert joined(paths, [])[0] == {one: Source.of(one) for one in paths}
    assert joined(paths, [poems])[1] == [poems]  # the shared one is here
    assert joined(paths, [news, Source.of("/other/news")])[1] == [Source.of("/other/news")]


def test_a_file_is_the_same_source_in_a_folder_of_the_same_name(tmp_path: Path) -> None:
    (at(tmp_path / "news").path / "all.jsonl").write_text("{}", "utf-8")
    (at(tmp_path / "other").path / "all.jsonl").write_text("{}", "utf-8")
    own = Source.of(tmp_path / "news/all.jsonl")
    assert joined(["/data/news/all.jsonl"], [own])[0] == {"/data/news/all.jsonl": own}
    other = Source.of(tmp_path / "other/all.jsonl")  # its ids begin otherwise
    assert joined(["/data/news/all.jsonl"], [other])[1] == [other]


def test_a_build_begins_with_what_is_named_and_known(tmp_path: Path) -> None:
    news, poems = at(tmp_path / "news"), at(tmp_path / "poems")
    moved = Source.of("/data/news")
    assert list(begun([poems], [news])) == [str(poems.path), str(news.path)]
    assert begun([news, poems], [moved]) == {"/data/news": news, str(poems.path): poems}
    assert list(begun([], [news, poems])) == [str(news.path), str(poems.path)]
    assert list(begun([news], [news])) == [str(news.path)]
