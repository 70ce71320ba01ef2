"""One record of a `.jsonl` file: a line of JSON and the document it stands for."""

import json
from typing import Any, NoReturn

from search.document import Document
from search.errors import UnreadableArticleError
from search.reading.dates import iso_date
from search.reading.identity import id_fault, surrogate_fault
from search.reading.title import title_of

_HINT = "mend the line and index again"
_NAMED = frozenset({"id", "title", "body", "author", "date"})
_KINDS = {bool: "true or false", list: "a list", dict: "an object"}


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


# Numbers stay as they are written, so that the id 1.50 is not 1.5 and a long one is not cut.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse_constant)


def document_of(line: str, source: str, at: str) -> Document:
    """Return the document of a record; `at` names its line in the `UnreadableArticleError`."""
    try:
        return _document(_fields(line), source)
    except _BadRecordError as err:
        raise UnreadableArticleError(at, str(err), _HINT) from None


class _BadRecordError(Exception):
    """What is wrong with a record, as the cause of the error that users see."""


def _fields(line: str) -> dict[str, Any]:
    try:
        fields = _DECODER.decode(line)
    except json.JSONDecodeError as err:
        reason = err.msg[:1].lower() + err.msg[1:].removesuffix(" at")
        raise _BadRecordError(f"not JSON: {reason} (column {err.colno})") from None
    except ValueError as err:
        raise _BadRecordError(f"not JSON: {err}") from None
    except RecursionError:
        raise _BadRecordError("not JSON: nested too deeply") from None
    if not isinstance(fields, dict):
        raise _BadRecordError("not a JSON object")
    return fields


def _document(fields: dict[str, Any], source: str) -> Document:
    article_id = _required(fields, "id")
    fault = id_fault(article_id) if article_id.strip() else "is empty"
    if fault:
        raise _BadRecordError(f"'id' {fault}")
    body = _required(fields, "body")
    if not body.strip():
        raise _BadRecordError("'body' is empty")
    return Document(
        id=article_id,
        title=_text(fields, "title").strip() or title_of(body),
        body=body,
        author=_text(fields, "author").strip(),
        date=_date(fields),
        source=source,
        metadata=_metadata(fields),
    )


def _required(fields: dict[str, Any], name: str) -> str:
    if fields.get(name) is None:
        raise _BadRecordError(f"'{name}' is missing")
    return _text(fields, name)


def _text(fields: dict[str, Any], name: str) -> str:
    """Return a field that is a string or a number as text, nothing when it is not there."""
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _BadRecordError(f"'{name}' is {_KINDS[type(value)]}, not a string or a number")
    fault = surrogate_fault(value)
    if fault:
        raise _BadRecordError(f"'{name}' {fault}")
    return value


def _date(fields: dict[str, Any]) -> str:
    text = _text(fields, "date").strip()
    try:
        return iso_date(text) if text else ""
    except ValueError:
        return ""  # no reason to lose the text; `_metadata` keeps what was written


def _metadata(fields: dict[str, Any]) -> dict[str, str]:
    """Return the other fields that hold one value; lists, objects and nulls are left out.

    A `date` that cannot be read is one of them.
    """
    found: dict[str, str] = {}
    if _text(fields, "date").strip() and not _date(fields):
        found["date"] = _text(fields, "date").strip()
    for name, value in fields.items():
        if name in _NAMED or value is None or isinstance(value, list | dict):
            continue
        if surrogate_fault(name):
            raise _BadRecordError(f"a field's name {surrogate_fault(name)}")
        if isinstance(value, bool):
            found[name] = "true" if value else "false"  # as JSON spells them
        else:
            found[name] = _text(fields, name)
    return found
