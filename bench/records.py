"""The raw files that every peer reads; imports little, for the sake of processes just started."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

Article = tuple[str, str, str]  # id, title, body


def write_records(articles: Iterable[Article], path: Path) -> None:
    """Write the raw file that every peer is built from."""
    with path.open("w", encoding="utf-8") as file:
        for number, title, body in articles:
            record = {"id": number, "title": title, "body": body}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def read_records(path: Path) -> Iterator[Article]:
    """Yield id, title and body of each record of a raw file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], record["title"], record["body"]


def write_articles(articles: Iterable[Article], folder: Path) -> None:
    """Write each article as a `.txt` of its own into `folder`, its title as the first line."""
    folder.mkdir(parents=True)
    for number, (_, title, body) in enumerate(articles):
        (folder / f"{number}.txt").write_text(f"{title}\n\n{body}\n", "utf-8")


def read_articles(folder: Path) -> Iterator[Article]:
    """Yield id, title and body of each `.txt` of a folder."""
    for path in sorted(folder.glob("*.txt")):
        title, _, body = path.read_text("utf-8").partition("\n")
        yield f"{folder.name}/{path.name}", title, body.strip()
