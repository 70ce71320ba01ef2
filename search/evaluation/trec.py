"""Topics and qrels, as the Text Retrieval Conference has them."""

import re
from collections.abc import Iterator
from pathlib import Path

from search.evaluation.sources import bad
from search.messages import message

# An id of ours is a path and may hold spaces: what is between the outer columns is the id.
QRELS = re.compile(r"(\S+)\s+(?:\d+|Q0)\s+(\S.*?)\s+(-?\d+)\s*")

_top = re.compile(r"<(top|topic)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_number = re.compile(r"""\bnumber\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_num = re.compile(r"<num>\s*(?:Number:)?\s*([^<\s]+)", re.IGNORECASE)
_text = re.compile(r"<(?:title|query)>\s*(?:Topic:)?\s*([^<]*)", re.IGNORECASE)


def read_topics(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, qid and query of each topic: `<top>` or `<topic>`, or `qid⇥query` a line.

    The query is the topic's title, or its `<query>`; description and narrative are not asked.
    """
    if text.lstrip().startswith("<"):
        yield from _marked_topics(path, text)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            qid, tab, query = line.strip("\r").partition("\t")
            if not tab or not qid.strip():
                raise bad(path, number, message("it is not 'qid', a tab and the query"))
            yield number, qid.strip(), query.strip()


def _marked_topics(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    found = False
    for match in _top.finditer(text):
        found = True
        line = text.count("\n", 0, match.start()) + 1
        number = _number.search(match[2]) or _num.search(match[3])
        query = _text.search(match[3])
        if number is None or query is None:
            without_title = message("a topic without title")
            raise bad(path, line, without_title if number else message("a topic without number"))
        yield line, number[1], " ".join(query[1].split())
    if not found:
        raise bad(path, 1, message("no topic in it"))


def read_qrels(path: Path, text: str) -> Iterator[tuple[str, str, int]]:
    """Yield qid, article and grade of each line: `qid 0 article grade`."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            match = QRELS.fullmatch(line.strip())
            if match is None:
                raise bad(path, number, message("it is not 'qid 0 article grade'"))
            yield match[1], match[2], int(match[3])
