"""The texts that are measured on: corpora by name, and samples of them by size."""

import json
import lzma
import tarfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from search.document import Document

ROOT = Path(__file__).parent.parent
DEFAULT_FOLDER = ROOT.parent / "shared" / "corpora"
SEEDS = "seeds"


class CorpusError(Exception):
    """A corpus that is not there, or is not what its name says."""


def read_corpus(name: str, folder: Path) -> list[Document]:
    """Return all documents of the corpus `name`; a CorpusError when it cannot be read."""
    check_corpus(name, folder)
    if name == SEEDS:
        return list(_seeds())
    file_name, read = CORPORA[name]
    path = folder / file_name
    try:
        return list(read(path))
    except (OSError, EOFError, ValueError, KeyError, lzma.LZMAError, tarfile.TarError) as error:
        raise CorpusError(f"cannot read corpus '{path}': {error}") from error


def check_corpus(name: str, folder: Path) -> None:
    """Raise a CorpusError when the corpus `name` is not in `folder`."""
    if name != SEEDS and not (folder / CORPORA[name][0]).is_file():
        file_name = CORPORA[name][0]
        raise CorpusError(
            f"cannot measure on '{name}': no such file '{folder / file_name}'\n"
            f"hint: name the folder that holds {file_name} with '--corpora DIR'"
        )


def sample(documents: Sequence[Document], size: int) -> list[Document]:
    """Return `size` documents, evenly spaced and in order: the first ones are all of one kind."""
    if size >= len(documents):
        return list(documents)
    return [documents[at * len(documents) // size] for at in range(size)]


def text_bytes(documents: Sequence[Document]) -> int:
    """Return the bytes of all titles and bodies in UTF-8."""
    return sum(len(d.title.encode()) + len(d.body.encode()) for d in documents)


def _lctt(path: Path) -> Iterator[Document]:
    """Yield the articles, their first line as the title: translated Markdown, 8 KB each."""
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                title, _, body = file.read().decode("utf-8").lstrip().partition("\n")
                yield Document(member.name, title.strip("# "), body.lstrip("=-\n "))


def _poetry(path: Path) -> Iterator[Document]:
    """Yield the poems: Traditional, 230 bytes each."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Document(record["id"], record["title"], record["body"])


def _seeds() -> Iterator[Document]:
    """Yield the passages of the two articles of `seeds/`: shows that all runs, and no more."""
    for file in sorted((ROOT / "seeds").glob("*.txt")):
        lines = [x for x in file.read_text("utf-8").splitlines() if len(x) > 40]
        for number, line in enumerate(lines):
            yield Document(f"{file.stem}-{number}", line[:20], line)


CORPORA: dict[str, tuple[str, Callable[[Path], Iterator[Document]]]] = {
    "lctt": ("lctt.tar.xz", _lctt),
    "poetry": ("poetry.jsonl.xz", _poetry),
}
