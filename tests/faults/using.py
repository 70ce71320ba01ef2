"""A process that uses an archive in every way for so many seconds: see test_memory.

Prints, now and then, how many things were done and the bytes of memory that are its own.
"""

import gc
import random
import sys
import time
from pathlib import Path

from fault_cases import SEED

from search import Archive

TEXT = "长三角示范区的产业与云原生计算容器编排开源软件内核系统招商活动绿色交通新模式延伸带动"
EVERY = 10  # rounds between two samples
FEWEST = 150  # rounds, however short the time
FORMS = ("{}", '"{}"', "{} 产业", "-{} 产业", "{}*", "title:{}", '"{} 产业"~9')


def article(dice: random.Random, number: int) -> str:
    """Return an article of some sentences, unlike all others."""
    sentences = ["".join(dice.choices(TEXT, k=30)) + "。" for _ in range(20)]
    return f"第{number}篇{dice.random()}\n日期：2024-0{dice.randrange(1, 10)}-11\n\n" + "".join(
        sentences
    )


def own_memory() -> int:
    """Return the bytes of this process that no file backs."""
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss_Anon:"):
            return int(line.split()[1]) * 1024
    raise LookupError("Pss_Anon")


def main(folder: Path, seconds: float) -> None:
    """Use an archive of 200 articles until the time is up."""
    dice = random.Random(SEED)
    news, index = folder / "news", folder / "index"
    news.mkdir()
    for number in range(200):
        (news / f"{number}.txt").write_text(article(dice, number), "utf-8")
    archive = Archive.build([news], index)
    ends, rounds = time.monotonic() + seconds, 0
    while time.monotonic() < ends or rounds < FEWEST:
        rounds += 1
        query = "".join(dice.choices(TEXT, k=dice.randrange(1, 5)))
        asked = dice.choice(FORMS).format(query)
        for hit in archive.search(asked, explain=True, facets=["year", "month"]).hits:
            hit.snippets  # noqa: B018 - loads the text
        archive.suggest(query[:2])
        archive.article(f"news/{dice.randrange(200)}.txt", query)
        archive.related(f"news/{dice.randrange(200)}.txt")
        if rounds % 5 == 0:
            number = dice.randrange(200)
            (news / f"{number}.txt").write_text(article(dice, number), "utf-8")
            archive.update()
        if rounds % 10 == 0:
            Archive.build([], index)
        if rounds % EVERY == 0:
            gc.collect()
            print(rounds, own_memory(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
