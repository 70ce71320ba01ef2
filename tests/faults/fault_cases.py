"""What the tests of faults share: a small archive, the runs that change it, and what must hold."""

import os
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from search import Archive
from search.archive import IndexDamagedError, IndexMissingError

IS_SOAK = bool(os.environ.get("XUNWEN_SOAK"))
SEED = 8
One = TypeVar("One")

FIRST = "第一篇\n作者：甲\n日期：2024-01-02\n\n长三角的产业，云原生计算。"
SECOND = "第二篇\n示范区的产业（chǎn yè）与容器编排。"
COPY = "第三篇\n" + "同一篇文章登了两次，从头到尾一个字也不差，只有题目不同。" * 8


class Home(NamedTuple):
    """A folder of articles, an index of it, and a dictionary."""

    folder: Path

    @property
    def news(self) -> Path:
        """The articles."""
        return self.folder / "news"

    @property
    def index(self) -> Path:
        """The index."""
        return self.folder / "index"

    @property
    def words(self) -> Path:
        """The dictionary."""
        return self.folder / "words.txt"


class Run(NamedTuple):
    """A run that changes an index, and what comes before it."""

    prepare: Callable[[Home], object]  # makes the index as it was, and then changes what is read
    run: Callable[[Home], object]


def _built(home: Home) -> None:
    home.news.mkdir(parents=True)
    (home.news / "a.txt").write_text(FIRST, "utf-8")
    (home.news / "b.txt").write_text(SECOND, "utf-8")
    (home.news / "c.txt").write_text(COPY, "utf-8")
    (home.news / "d.txt").write_text(COPY.replace("第三", "第四"), "utf-8")
    records = "".join(f'{{"id": "r{n}", "body": "第{n}条诗句，产业。"}}\n' for n in range(40))
    (home.news / "r.jsonl").write_text(records, "utf-8")
    home.words.write_text("云原生\n", "utf-8")
    Archive.build([home.news], home.index)


def _changed(home: Home) -> None:
    _built(home)
    (home.news / "a.txt").write_text(FIRST.replace("计算", "数据库"), "utf-8")
    (home.news / "b.txt").unlink()
    (home.news / "e.txt").write_text("新的一篇\n写的是长三角。", "utf-8")


def _merging(home: Home) -> None:
    """Leave an index of seven small segments: the next one has all of them merged."""
    _built(home)
    for number in range(6):
        (home.news / f"m{number}.txt").write_text(f"小段{number}\n产业之{number}。", "utf-8")
        Archive(home.index).update()
    (home.news / "e.txt").write_text("新的一篇\n写的是长三角。", "utf-8")


def _unbuilt(home: Home) -> None:
    _built(home)
    shutil.rmtree(home.index)


def _damaged(home: Home) -> None:
    _changed(home)
    (segment,) = home.index.glob("gen-*/*.xwp")
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)


RUNS = {
    "build": Run(_unbuilt, lambda home: Archive.build([home.news], home.index)),
    "update": Run(_changed, lambda home: Archive(home.index).update()),
    "merge": Run(_merging, lambda home: Archive(home.index).update()),
    "rebuild": Run(_changed, lambda home: Archive.build([], home.index)),
    "dictionary": Run(_built, lambda home: Archive(home.index).update(dictionary=home.words)),
    "heal": Run(_damaged, lambda home: Archive(home.index).heal()),
    "forget": Run(_built, lambda home: Archive(home.index).forget(home.news)),
}


def state(index: Path) -> str:
    """Return what tells the content of an index, "" where there is none; it reads all of it."""
    try:
        archive = Archive.open(index)
        found = [hit.id for hit in archive.search("产业", limit=99).hits]
        return " ".join([archive.digest(), *found])
    except IndexMissingError:
        return ""
    except IndexDamagedError:
        return "damaged"


def strays(index: Path) -> set[str]:
    """Return the files in an index that it does not need, but for what is put aside as damaged."""
    every = {str(path.relative_to(index)) for path in index.rglob("*") if path.is_file()}
    found = {name for name in every if not name.startswith("damaged-")}
    needed = {".lock", "CURRENT"}
    for folder in sorted(index.glob("gen-*"))[-2:]:  # that before stays for slow readers
        tables = sorted(folder.glob("_MAIN_*.toc"), key=lambda path: int(path.stem.split("_")[-1]))
        if not tables:
            continue
        number = tables[-1].stem.split("_")[-1]
        named = {tables[-1].name, f"manifest-{number}.json", "meta.json", "dictionary.json"}
        text = tables[-1].read_bytes()
        named |= {p.name for p in folder.glob("*.xwp") if p.stem.partition("_")[2].encode() in text}
        needed |= {f"{folder.name}/{name}" for name in named}
    return found - needed


def some(of: Sequence[One], part: int = 10, salt: str = "") -> list[One]:
    """Return all of them in a soak, else one of so many, drawn with a seed, and the last five."""
    if IS_SOAK or len(of) <= part:
        return list(of)
    places = random.Random(f"{SEED}{salt}").sample(range(len(of)), len(of) // part)
    chosen = sorted({*places, *range(len(of) - 5, len(of))})
    return [of[place] for place in chosen]
