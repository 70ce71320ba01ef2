"""Judged queries in JSON: one a line, or questions inside their articles as in SQuAD."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from search.evaluation.judgments import JudgedQuery
from search.evaluation.sources import bad, bad_part
from search.messages import message

Found = tuple[str, JudgedQuery]  # where it stands, and what


def read_lines(path: Path, text: str) -> Iterator[Found]:
    """Yield the query of each line: `{"qid", "query", "rel"}`; JudgmentError names the line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            raise bad(path, number, message("not JSON")) from None
        if not isinstance(record, dict):
            raise bad(path, number, message("not a JSON object"))
        qid, query = _name(record.get("qid")), record.get("query")
        if not qid:
            raise bad(path, number, message("it has no 'qid'"))
        if not isinstance(query, str):
            raise bad(path, number, message("it has no 'query'"))
        grades = _grades(record.get("rel"))
        if grades is None:
            raise bad(path, number, message("its 'rel' is neither ids nor ids with whole numbers"))
        yield message("line {number}", number=number), JudgedQuery(qid, query, grades)


def read_squad(path: Path, content: Any) -> Iterator[Found]:
    """Yield the questions of `data[].paragraphs[].qas[]`; JudgmentError names the part.

    Which article a question asks for is the paragraph's `id`, else that of the entry of `data`
    around it, else that entry's `title`: CMRC and DRCD give paragraphs ids, SQuAD titles alone.
    Questions that are marked impossible are passed over.
    """
    for part, entry in _items(path, "data", content, "data"):
        for inner, paragraph in _items(path, f"{part}.paragraphs", entry, "paragraphs"):
            article = next(filter(None, map(_name, _identities(entry, paragraph))), "")
            if not article:
                raise bad_part(path, inner, message("neither 'id' nor 'title' names its article"))
            for place, asked in _items(path, f"{inner}.qas", paragraph, "qas"):
                qid, query = _name(asked.get("id")), asked.get("question")
                if not qid or not isinstance(query, str):
                    raise bad_part(path, place, message("it has no 'id', or no 'question'"))
                if not asked.get("is_impossible"):
                    yield place, JudgedQuery(qid, query, {article: 1})


def _identities(entry: Mapping[str, Any], paragraph: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return paragraph.get("id"), entry.get("id"), entry.get("title")


def _items(
    path: Path, place: str, holder: Mapping[str, Any], key: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of the list `key`, each with where it is."""
    found = holder.get(key)
    if not isinstance(found, list):
        raise bad_part(path, place, message("not a list"))
    for at, item in enumerate(found):
        if not isinstance(item, dict):
            raise bad_part(path, f"{place}[{at}]", message("not an object"))
        yield f"{place}[{at}]", item


def _name(value: Any) -> str:
    """Return an id, a number as text, or '' when it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _grades(rel: Any) -> dict[str, int] | None:
    """Return article → grade of one id, of ids, or of ids with grades; None when it is neither."""
    if isinstance(rel, str):
        return {rel: 1}
    if isinstance(rel, list):
        names = [_name(one) for one in rel]
        return dict.fromkeys(names, 1) if all(names) else None
    if isinstance(rel, dict) and all(type(grade) is int for grade in rel.values()):
        return dict(rel)
    return None
