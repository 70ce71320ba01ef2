"""The pooled task: both judged sets among passages of lctt, and what is asked of them.

Documents of the judged sets keep their ids; the passages, about 60,000, are there to be wrong.
"""

import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpora import CorpusError, read_corpus
from bench.records import Article
from search.document import Document

PASSAGE_CHARACTERS = 600
HALVES = ("tune", "report")
HALF_SEED = "xunwen-5"  # never to be changed: weights were chosen on one half of this very cut
KINDS = ("questions", "other script", "keywords")
KEYWORDS = 3

# Judged set → OpenCC's conversion of its script into the other.
SETS = {"cmrc-dev": "s2t", "drcd-dev": "t2s"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the one document that answers."""

    qid: str
    query: str
    answer: str

    @property
    def half(self) -> str:
        """The half of the questions that this one is in, whatever else is asked."""
        return HALVES[hashlib.sha256(f"{HALF_SEED}:{self.qid}".encode()).digest()[0] % 2]


def pooled(data: Path, corpora: Path) -> Iterator[Article]:
    """Yield id, title and body of all that is searched; a CorpusError when a part is missing."""
    for name in SETS:
        for record in _records(data / f"{name}.docs.jsonl.xz"):
            yield record["id"], record["title"], record["body"]
    yield from passages(read_corpus("lctt", corpora))


def passages(documents: Iterable[Document]) -> Iterator[Article]:
    """Yield the documents in pieces of 600 characters, each with its document's title.

    A rest of less than half a passage stays with the one before: a stub of ten characters would
    rank as no passage of a text does.
    """
    for document in documents:
        ends = list(range(PASSAGE_CHARACTERS, len(document.body), PASSAGE_CHARACTERS))
        if ends and len(document.body) - ends[-1] < PASSAGE_CHARACTERS // 2:
            ends.pop()
        bounds = [0, *ends, len(document.body)]
        for number, start in enumerate(bounds[:-1]):
            body = document.body[start : bounds[number + 1]]
            if body.strip():
                yield f"{document.id}#{number}", document.title, body


def questions(name: str, data: Path) -> list[Question]:
    """Return the questions of a judged set, in its order."""
    return [
        Question(record["qid"], record["query"], record["rel"])
        for record in _records(data / f"{name}.queries.jsonl.xz")
    ]


def asked(name: str, kind: str, originals: Sequence[Question]) -> list[Question]:
    """Return the questions of the judged set `name` as one of `KINDS`.

    Keywords are jieba's three best by tf-idf, joined by spaces; a question of which none is left
    is left out.
    """
    if kind == "questions":
        return list(originals)
    if kind == "other script":
        from opencc import OpenCC

        convert = OpenCC(SETS[name]).convert
        return [Question(q.qid, convert(q.query), q.answer) for q in originals]
    import jieba
    from jieba.analyse import extract_tags

    jieba.setLogLevel("WARNING")
    found = [
        Question(q.qid, " ".join(extract_tags(q.query, topK=KEYWORDS)), q.answer) for q in originals
    ]
    return [question for question in found if question.query]


def _records(path: Path) -> Iterator[dict[str, str]]:
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except FileNotFoundError:
        raise CorpusError(
            f"cannot read judged set '{path}': no such file\n"
            "hint: name the folder of the judged sets with '--data DIR'"
        ) from None
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        raise CorpusError(f"cannot read judged set '{path}': {error}") from error
