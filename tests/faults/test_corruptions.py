"""Any file of an index cut off, a page of it zeroed, a bit of it flipped.

Each is met as an error that names what is damaged, or changes no answer at all. Whatever is found
of each, `search doctor --deep` names the file, and `search index --heal` mends it.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fault_cases import COPY, FIRST, IS_SOAK, SECOND, SEED, Home, state
from left_files import Files, read, write

from search import Archive
from search.archive import IndexDamagedError, IndexMismatchError, IndexMissingError, SearchError

QUERIES = (
    "产业",
    '"长三角的产业"',
    "云原生",
    "-产业",
    "容器*",
    "第1条 诗句",
    "author:甲",
    "chanye",
)
OF_EACH_FILE = 120 if IS_SOAK else 12  # corruptions of each kind
PAGE = 4096
NAMED = {  # kind of file → how damage of it is told
    "CURRENT": ["CURRENT"],
    "meta.json": ["meta.json"],
    "dictionary.json": ["dictionary.json"],
    "manifest": ["the manifest in 'gen-000001'"],
    ".toc": ["the table of contents in 'gen-000001'"],
    ".xwp": [".xwp' is damaged", ".xwp' is cut off or damaged"],
}
TYPED = (IndexDamagedError, IndexMissingError, IndexMismatchError)


class Case(NamedTuple):
    """An index of several segments, with a dictionary, deletions and copies, and its answers."""

    home: Home
    files: Files
    answers: list[object]
    contents: str


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    home = Home(tmp_path_factory.mktemp("corrupted"))
    home.news.mkdir()
    (home.news / "a.txt").write_text(FIRST, "utf-8")
    (home.news / "b.txt").write_text(SECOND, "utf-8")
    (home.news / "c.txt").write_text(COPY, "utf-8")
    (home.news / "d.txt").write_text(COPY.replace("第三", "第四"), "utf-8")
    records = "".join(f'{{"id": "r{n}", "body": "第{n}条诗句，产业。"}}\n' for n in range(300))
    (home.news / "r.jsonl").write_text(records, "utf-8")
    home.words.write_text("云原生\n诗句\n", "utf-8")
    Archive.build([home.news], home.index, dictionary=home.words)
    (home.news / "b.txt").write_text(SECOND + "\n后来又写了一句。", "utf-8")
    (home.news / "d.txt").unlink()
    Archive(home.index).update()
    return Case(home, read(home.index), answers(home.index), state(home.index))


def answers(index: Path) -> list[object]:
    """Return what a fresh process tells of an index, in every way there is to ask."""
    archive = Archive.open(index)
    found: list[object] = []
    for query in QUERIES:
        results = archive.search(
            query, limit=400, explain=True, facets=["year", "author", "script"]
        )
        hits = [(h.id, h.title, h.score, h.copies, h.contributions) for h in results.hits]
        texts = [[(s.text, s.spans) for s in hit.snippets] for hit in results.hits[:5]]
        found.append((results.total, hits, texts, results.facets))
    article = archive.article("news/a.txt", "产业")
    found += [article.body.text, article.body.spans, article.title.text, article.metadata]
    found += [hit.id for hit in archive.related("news/a.txt")]
    found += [archive.search("产业", sort="newest").hits[0].id, archive.suggest("长三")]
    found += [archive.digest(), archive.size(), archive.status()]
    return found


def answers_or_error(index: Path) -> list[object] | SearchError:
    """Return the answers, or the error with which they are refused."""
    try:
        return answers(index)
    except SearchError as error:
        return error


def corrupted(content: bytes, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield what a content can become, with what was done to it."""
    size = len(content)
    for _ in range(OF_EACH_FILE):
        at = dice.randrange(size)
        yield f"cut off at {at}", content[:at]
        at = dice.randrange(size)
        bit = 1 << dice.randrange(8)
        yield (
            f"bit {bit} of byte {at}",
            content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :],
        )
        start = dice.randrange(0, size, PAGE)
        zeros = bytes(min(PAGE, size - start))
        if content[start : start + PAGE] != zeros:
            yield f"zeros from {start}", content[:start] + zeros + content[start + PAGE :]


def test_no_corruption_of_any_file_gives_a_wrong_answer_or_an_error_of_another_kind(
    case: Case,
) -> None:
    dice = random.Random(SEED)
    count = told = 0
    for name, content in case.files.items():
        if not content:  # folders, and the lock
            continue
        for what, bad in corrupted(content, dice):
            (case.home.index / name).unlink()
            (case.home.index / name).write_bytes(bad)
            count += 1
            found = answers_or_error(case.home.index)
            told += isinstance(found, TYPED)
            assert isinstance(found, TYPED) or found == case.answers, (name, what)
        (case.home.index / name).write_bytes(content)
    assert count > (1000 if IS_SOAK else 100)
    assert told > count / 2, "most were not met: this test is broken, not the code"
    assert answers(case.home.index) == case.answers


def test_whatever_is_corrupted_is_named_by_a_deep_look_and_mended_by_healing(case: Case) -> None:
    dice = random.Random(SEED + 1)
    for name, content in case.files.items():
        if not content:
            continue
        for what, bad in list(corrupted(content, dice))[:: 1 if IS_SOAK else 7]:
            write(case.home.index, case.files)
            (case.home.index / name).write_bytes(bad)
            assert_named_and_healed(case, name, what)
    write(case.home.index, case.files)


def assert_named_and_healed(case: Case, name: str, what: str) -> None:
    archive = Archive(case.home.index)
    damage = archive.damage()
    if damage:
        assert [one for one in damage if any(part in one for part in NAMED[_kind(name)])], what
        report = archive.heal(dictionary=case.home.words)
        assert report.notes, (name, what)
        assert archive.damage() == [], (name, what)
    assert state(case.home.index) == case.contents, (name, what)


def _kind(name: str) -> str:
    return next(kind for kind in NAMED if kind in name)


@pytest.mark.parametrize("name", ["CURRENT", "meta.json", "manifest", ".toc", ".xwp"])
def test_a_file_that_may_not_be_read_is_no_damage(
    case: Case, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Healing would build anew for nothing."""
    opened: Callable[..., object] = open

    def refuse(file: object, *rest: object, **named: object) -> object:
        if str(file).startswith(str(case.home.index)) and name in str(file):
            raise PermissionError(13, "Permission denied", str(file))
        return opened(file, *rest, **named)

    monkeypatch.setattr("io.open", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SearchError) as caught:
        answers(case.home.index)
    assert caught.value.code == "index_unreadable"
    assert "permission denied" in str(caught.value)
