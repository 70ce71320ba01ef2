"""Judged files of any form, told by what is in them, read into one list of queries."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from search.errors import JudgmentError
from search.evaluation.judged_json import read_lines, read_squad
from search.evaluation.judgments import Judged, JudgedQuery
from search.evaluation.sources import FORMS, bad, read_text
from search.evaluation.trec import QRELS, read_qrels, read_topics
from search.messages import message


def read_judged(paths: Sequence[Path]) -> Judged:
    """Return the judged queries of all files; a JudgmentError names the file and the line.

    Topics and qrels go together, whichever comes first. The same qid twice is an error: two sets
    that number their queries alike cannot be told apart in a run.
    """
    found: dict[str, JudgedQuery] = {}
    topics: dict[str, str] = {}
    grades: dict[str, dict[str, int]] = {}
    seen: set[str] = set()
    for path in paths:
        text = read_text(path)
        kind, content = _kind(path, text)
        if kind == "qrels":
            for qid, article, grade in read_qrels(path, text):
                grades.setdefault(qid, {})[article] = grade
        elif kind == "topics":
            for line, qid, query in read_topics(path, text):
                _check(path, message("line {line}", line=line), qid, seen)
                topics[qid] = query
        else:
            read = read_lines(path, text) if kind == "lines" else read_squad(path, content)
            for place, judged in read:
                _check(path, place, judged.qid, seen)
                found[judged.qid] = judged
    if bool(topics) != bool(grades):
        raise _half(paths[0], "topics" if topics else "qrels")
    for qid, query in topics.items():
        found[qid] = JudgedQuery(qid, query, grades.get(qid, {}))
    return _measurable(paths[0], found.values())


def _kind(path: Path, text: str) -> tuple[str, Any]:
    """Return the form of a file, and the content of one that is a single piece of JSON."""
    start = text.lstrip()
    if not start:
        raise bad(path, 0, message("empty file"))
    if start.startswith("<"):
        return "topics", None
    if start.startswith(("{", "[")):
        return _json_kind(path, text)
    line = start.split("\n", 1)[0].strip()
    if QRELS.fullmatch(line):
        return "qrels", None
    if "\t" in line:
        return "topics", None
    raise bad(
        path, 1, message("of no form that is known"), message("name a file of {forms}", forms=FORMS)
    )


def _json_kind(path: Path, text: str) -> tuple[str, Any]:
    named = path.with_suffix("") if path.suffix in (".gz", ".xz") else path
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if named.suffix == ".json" and isinstance(error, json.JSONDecodeError):
            raise bad(
                path, error.lineno, message("not JSON ({msg})", msg=error.msg.lower())
            ) from None
        return "lines", None
    is_squad = isinstance(content, dict) and "data" in content and "query" not in content
    return ("squad", content) if is_squad else ("lines", None)


def _check(path: Path, place: str, qid: str, seen: set[str]) -> None:
    """Add a qid to those seen; a JudgmentError when a run could not tell it from others."""
    if any(map(str.isspace, qid)):
        raise JudgmentError(
            str(path),
            place,
            message("the qid '{qid}' holds a space", qid=qid),
            message("name it without: runs need that"),
        )
    if qid in seen:
        raise JudgmentError(
            str(path),
            place,
            message("the qid '{qid}' stands a second time", qid=qid),
            message("name each query once"),
        )
    seen.add(qid)


def _half(path: Path, there: str) -> JudgmentError:
    missing = "qrels" if there == "topics" else "topics"
    return JudgmentError(
        str(path),
        "",
        message("{there} without {missing}", there=there, missing=missing),
        message("name the file of {missing} as well", missing=missing),
    )


def _measurable(path: Path, queries: Iterable[JudgedQuery]) -> Judged:
    given = list(queries)
    kept = [judged for judged in given if judged.is_answered]
    if not kept:
        raise bad(path, 0, message("no query in it has a relevant article"))
    return Judged(kept, [judged.qid for judged in given if not judged.is_answered])
