"""Whatever bytes or text come in, only the errors that are told come out, and memory is bounded.

Good inputs are mangled: bytes changed, taken out, doubled, put where they do not belong. In a usual
run a tenth of what `make soak` draws.
"""

import gzip
import io
import json
import lzma
import os
import resource
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.analysis.dictionary_file import read_dictionary
from search.archive.manifest import Manifest, stored_groups, stored_sources
from search.config import Limits, ReadingSettings
from search.document import Document
from search.errors import JudgmentError, QueryError, SettingError, UnreadableArticleError
from search.evaluation.readers import read_judged
from search.query import parse, printed
from search.query.synonyms import read_synonyms
from search.reading.decode import decode
from search.reading.format import Place
from search.reading.formats import format_of
from search.text import fold, pack, unpack
from tests.reading.docx_cases import docx, paragraph
from tests.reading.pdf_cases import pdf

TIMES = 1 if os.environ.get("XUNWEN_SOAK") else 0.1
ROOT = Path(__file__).parents[2]
SEEDS = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
MEMORY_MB = 600  # by which the process may grow, whatever is read
SMALL = ReadingSettings(limits=Limits(file_mb=1, records_mb=1, archive_mb=2, archive_files=50))
TEXT = (
    "---\ntitle: 港口\n---\n# 長三角(cháng)的產業\n\n本报讯 記者 毛\n\n延\n\n伸带动。１２３ＡＢ ㎏"
)
PAGE = f"<html><head><title>港口</title></head><body><p>{TEXT}</p><table><tr><td>x</table></body>"
RECORDS = "".join(
    json.dumps({"id": f"{n}", "title": "港口", "body": TEXT, "date": "2024-06"}) + "\n"
    for n in range(4)
)
CELLS = 'id,title,body\n1,港口,"长三角\n的产业"\n2,x,"a""b"\n'


def bounded(count: int):
    """Return the settings of a test that draws so many inputs in a soak, a tenth of them else."""
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=max(10, int(count * TIMES)), suppress_health_check=checks)


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
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


MEMBERS = {"a.txt": TEXT.encode(), "b/c.html": PAGE.encode("gb18030"), "d.jsonl": RECORDS.encode()}
GOOD: dict[str, list[bytes]] = {
    "a.txt": [*SEEDS, TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("big5hkscs", "replace")],
    "a.md": [TEXT.encode(), b"+++\ntitle = '\xe6\xb8\xaf'\n+++\n# a\n```\nb\n"],
    "a.html": [PAGE.encode(), PAGE.encode("gb18030"), PAGE.encode("utf-16")],
    "a.docx": [docx(paragraph("長三角") + "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "<dc:title/>")],
    "a.jsonl": [RECORDS.encode(), RECORDS.encode("gb18030")],
    "a.csv": [CELLS.encode(), CELLS.encode("gb18030")],
    "a.tsv": [CELLS.replace(",", "\t").encode()],
    "a.zip": [zipped(MEMBERS), zipped({"x.zip": zipped(MEMBERS)})],
    "a.tar": [tarred(MEMBERS)],
    "a.tar.gz": [gzip.compress(tarred(MEMBERS))],
    "a.txt.gz": [gzip.compress(TEXT.encode())],
    "a.jsonl.xz": [lzma.compress(RECORDS.encode())],
}


def attempted(call: Callable[[], object], *errors: type[Exception]) -> object:
    """Return what a call returns, or which of the errors that may come out of it it raised."""
    try:
        return call()
    except errors as error:
        return error


@st.composite
def mangled(draw, good: list[bytes]) -> bytes:
    """Return one of the inputs with a few stretches changed, taken out, doubled or put in."""
    raw = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draw(st.sampled_from([0, 1, 2, 4, 8, 64, 4096])))
        what = draw(st.sampled_from(["change", "take", "double", "put", "cut", "large"]))
        if what == "change":
            raw[at:end] = draw(st.binary(min_size=end - at, max_size=end - at))
        elif what == "take":
            del raw[at:end]
        elif what == "double":
            raw[at:at] = raw[at:end]
        elif what == "put":
            raw[at:at] = draw(st.binary(max_size=16))
        elif what == "cut":
            del raw[at:]
        else:
            raw[at:end] = b"\xff" * (end - at)
    return bytes(raw)


@pytest.fixture(autouse=True)
def _bounded_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MEMORY_MB * 1024


def check_reading(name: str, raw: bytes) -> None:
    """Read a file as its format does; what comes out are articles, or errors with both lines."""
    reader = format_of(name)
    assert reader is not None
    place = Place(f"s/{name}", f"s/{name}", settings=SMALL)
    found: list[object] = []
    end = attempted(lambda: found.extend(reader.read(raw, place)), UnreadableArticleError)
    for one in (*found, *([end] if end else [])):
        if isinstance(one, UnreadableArticleError):
            assert str(one).startswith("cannot read 's/")
            assert one.hint
        else:
            assert isinstance(one, Document)
            assert one.id
            assert "\ufffd" not in one.title or b"\xef\xbf\xbd" in raw


@pytest.mark.parametrize("name", GOOD)
@given(data=st.data())
@bounded(1000)
def test_mangled_files_give_articles_or_errors_that_are_told(name, data):
    check_reading(name, data.draw(mangled(GOOD[name])))


@pytest.mark.parametrize("name", GOOD)
@given(raw=st.binary(max_size=300))
@bounded(300)
def test_any_bytes_do(name, raw):
    check_reading(name, raw)


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_read(name):
    for raw in GOOD[name]:
        place = Place(f"s/{name}", f"s/{name}", settings=SMALL)
        assert any(isinstance(one, Document) for one in format_of(name).read(raw, place))


@given(raw=mangled([pdf([[(50, 700, 12, "长三角的产业")]]), pdf([[], [(50, 700, 12, "a")]])]))
@settings(max_examples=max(3, int(30 * TIMES)), deadline=None)
def test_mangled_pdfs_give_articles_or_errors_that_are_told(raw):
    check_reading("a.pdf", raw)


@given(raw=st.binary(max_size=200) | mangled(GOOD["a.txt"]))
@bounded(2000)
def test_any_bytes_are_decoded_or_refused_and_never_filled_up(raw):
    found = attempted(lambda: decode(raw, Place("s/a.txt", "s/a.txt")), UnreadableArticleError)
    if isinstance(found, UnreadableArticleError):
        assert str(found).startswith("cannot read 's/a.txt': ")
        return
    written = (b"\xef\xbf\xbd", b"\xfd\xff", b"\xff\xfd", b"\x84\x31\xa4\x37")
    assert "\ufffd" not in found.text or any(one in raw for one in written)
    found.text.encode("utf-8")


HOSTILE = [
    *("長", "产(chǎn)", "(", "）", "\n", "\n\n", " ", "\u3000", "Ａ", "㎏", "é", "x\u0301", "ﷺ"),
    *("\ud842", "\udfb7", "\0", "\u202e", "👨\u200d👩", "İ", "ß", "ǅ", "…", "，", "-", "\u00ad"),
]
PIECES = st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join)


@given(text=st.text(max_size=200) | PIECES)
@bounded(3000)
def test_any_text_is_folded_with_a_map_that_leads_back(text):
    folded = fold(text)
    assert unpack(text, pack(folded)).text == folded.text
    offsets = folded.offsets
    end = 0
    for at in range(len(folded.text)):
        start, stop = offsets.raw_span(at, at + 1)
        assert 0 <= start < stop <= len(text)
        assert stop >= end
        end = stop


@given(text=PIECES, packed=st.data())
@bounded(3000)
def test_any_bytes_are_no_map_or_one_that_fits(text, packed):
    good = pack(fold(text))
    raw = packed.draw(st.binary(max_size=40) | mangled([good]))
    try:
        found = unpack(text, raw)
    except ValueError:
        return
    for at in range(0, len(found.text), 7):
        start, stop = found.offsets.raw_span(at, at + 1)
        assert start <= stop <= len(text)


@given(text=st.text(max_size=1000) | PIECES, any_word=st.booleans())
@example('"' * 999, False)
@example("((((" * 250, True)
@example("~" * 1000, False)
@example("a:" * 500, False)
@bounded(3000)
def test_any_query_is_read_and_what_is_printed_of_it_too(text, any_word):
    tree = parse(text, any_word).tree
    if tree is not None:
        assert parse(printed(tree)).tree is not None


MANIFESTS = [
    Manifest().to_bytes(),
    b'{"sources": {"/a": {}}}',
    b'{"sources": []}',
]


@given(raw=st.binary(max_size=60) | mangled(MANIFESTS))
@bounded(3000)
def test_any_bytes_are_a_manifest_or_a_value_error(raw):
    for read in (Manifest.from_bytes, stored_groups, stored_sources):
        found = attempted(lambda read=read: read(raw), ValueError)
        assert not isinstance(found, ValueError) or str(found)


JUDGED = [
    b'{"qid": "1", "query": "\xe6\xb8\xaf", "judgments": {"a": 1}}\n',
    b'{"id": "1", "query": "x", "relevant": ["a", "b"]}\n',
    b"1 0 a 1\n1 0 b 0\n",
    b"1\tquery one\n2\tquery two\n",
    b"<top>\n<num> 1\n<title> a\n</top>\n",
    *[path.read_bytes()[:2000] for path in sorted((ROOT / "tests/relevance").glob("judged*"))],
]


@given(
    raw=st.binary(max_size=100) | mangled(JUDGED),
    name=st.sampled_from(["a.jsonl", "a.json", "qrels", "a.txt"]),
)
@bounded(1000)
def test_any_bytes_are_judged_queries_or_an_error_that_is_told(tmp_path, raw, name):
    path = tmp_path / name
    path.write_bytes(raw)
    found = attempted(lambda: read_judged([path]), JudgmentError)
    if isinstance(found, JudgmentError):
        assert str(path) in str(found)
        assert found.hint


@given(text=st.text(max_size=200) | PIECES)
@bounded(1000)
def test_any_text_is_a_dictionary_and_synonyms_or_an_error_that_is_told(text):
    for read in (read_dictionary, read_synonyms):
        found = attempted(lambda read=read: read(text, "words.txt"), SettingError)
        assert not isinstance(found, SettingError) or "words.txt" in str(found)


@given(text=st.text(max_size=1200) | PIECES)
@bounded(500)
def test_any_query_is_answered_or_refused(archive, text):
    found = attempted(lambda: archive.search(text, facets=["year"], limit=3), QueryError)
    for hit in getattr(found, "hits", ()):
        assert hit.snippets


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    from search import Archive

    return Archive.build(["seeds"], tmp_path_factory.mktemp("hostile") / "index")
