"""The manifest: what was stored is what is read, damage is told, and who owns an id is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.archive.manifest import Documents, FileRecord, Manifest, Owner, SourceRecord
from search.archive.owners import FEW, Owners

IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=4)
DIGESTS = st.binary(min_size=8, max_size=8) | st.just(b"\n" * 8)
PATHS = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=4)
FILES = st.dictionaries(IDS, st.dictionaries(IDS, DIGESTS, max_size=5), max_size=4)
ARCHIVES = st.dictionaries(PATHS, FILES, max_size=4)

Files = dict[str, dict[str, bytes]]


def manifest_of(archive: dict[str, Files]) -> Manifest:
    manifest = Manifest()
    for path, files in archive.items():
        source = manifest.sources[path] = SourceRecord()
        for name, digests in files.items():
            source.files[name] = FileRecord(5, 2**63, "", -1, Documents.of(digests))
    return manifest


def contents(manifest: Manifest) -> dict[str, Files]:
    return {
        path: {name: record.documents.digests() for name, record in source.files.items()}
        for path, source in manifest.sources.items()
    }


@given(ARCHIVES)
def test_what_is_stored_is_what_is_read(archive):
    stored = manifest_of(archive).to_bytes()
    read = Manifest.from_bytes(stored)
    assert contents(read) == archive
    assert read.to_bytes() == stored, "looking at it changes nothing"
    for source in read.sources.values():
        for record in source.files.values():
            assert len(record.documents) == len(record.documents.ids())
            assert record.documents.ids() == list(record.documents.digests())
            assert (record.size, record.mtime_ns, record.read_ns) == (5, 2**63, -1)


@given(ARCHIVES, PATHS, FILES)
def test_what_nobody_asked_for_is_stored_as_it_was(archive, path, files):
    manifest = Manifest.from_bytes(manifest_of(archive).to_bytes())
    manifest.sources[path] = manifest_of({path: files}).sources[path]
    assert contents(Manifest.from_bytes(manifest.to_bytes())) == archive | {path: files}


ONE = manifest_of({"/家/报": {"报/一.jsonl": {"甲": b"12345678"}}}).to_bytes()


@pytest.mark.parametrize("at", range(len(ONE)))
def test_a_byte_that_is_lost_or_another_is_told(at):
    for damaged in (ONE[:at], ONE[:at] + ONE[at + 1 :], ONE[:at] + b"\xff" + ONE[at + 1 :]):
        with pytest.raises(ValueError, match=r"the manifest is (missing|damaged)"):
            Manifest.from_bytes(damaged)


def test_a_manifest_that_is_not_there_is_told():
    with pytest.raises(ValueError, match="the manifest is missing"):
        Manifest.from_bytes(b"")


def test_a_record_takes_nine_bytes_beside_its_id():
    digests = {f"p{number}": bytes(8) for number in range(10_000)}
    stored = manifest_of({"/data": {"data/all.jsonl": digests}}).to_bytes()
    assert len(stored) - len("".join(digests)) < 9 * len(digests) + 200


@given(ARCHIVES, st.lists(st.tuples(st.sampled_from(["of", "claim", "release"]), IDS)))
@pytest.mark.parametrize("asked", [0, FEW])  # a few ids are looked for, many are looked up
def test_owners_are_those_of_a_plain_table(asked, archive, calls):
    plain = {}
    for path, files in archive.items():
        for name, digests in files.items():
            taken = [document_id for document_id in digests if document_id in plain]
            for document_id in taken:
                del digests[document_id]  # in an archive an id has one owner
            plain |= dict.fromkeys(digests, Owner(path, name))
    owners = Owners(Manifest.from_bytes(manifest_of(archive).to_bytes()))
    for _ in range(asked):
        owners.of("no such id")
    new = Owner("/new", "new/a.txt")
    for call, document_id in [*calls, *(("of", document_id) for document_id in list(plain))]:
        if call == "of":
            assert owners.of(document_id) == plain.get(document_id)
        elif call == "claim":
            assert owners.claim(document_id, new) == (document_id not in plain)
            plain.setdefault(document_id, new)
        else:
            owners.release(document_id)
            plain.pop(document_id, None)
