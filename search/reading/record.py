"""One record: a line of JSON, or the cells of a row, and the document it stands for."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from search.document import Document
from search.errors import UnreadableArticleError
from search.messages import Message, message, said_by
from search.reading.dates import iso_date
from search.reading.format import Place
from search.reading.identity import id_fault, surrogate_fault
from search.reading.title import title_of

_HINT = message("mend the line and index again")
ROW_HINT = message("mend the row and index again")
_NAMED = ("id", "title", "body", "author", "date")
_KINDS = {bool: message("true or false"), list: message("a list"), dict: message("an object")}


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(message("{name} is no JSON value", name=name))


# Numbers stay as they are written, so that the id 1.50 is not 1.5 and a long one is not cut.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse_constant)


def document_of(line: str, place: Place, at: str) -> Document:
    """Return the document of a record, a line without blanks around it.

    `at` names the line in the `UnreadableArticleError`.
    """
    try:
        # A line is UTF-8, so half a surrogate pair can only have come from an escape.
        has_surrogates = "\\ud" in line or "\\uD" in line
        return _document(_Fields(_decoded(line), has_surrogates, place.settings.columns), place, at)
    except _BadRecordError as err:
        raise UnreadableArticleError(at, said_by(err), _HINT) from None


def document_of_fields(
    fields: dict[str, Any], place: Place, at: str, hint: str = _HINT
) -> Document:
    """Return the document of a record whose fields are known, or raise as `document_of` does."""
    try:
        return _document(_Fields(fields, False, place.settings.columns), place, at)
    except _BadRecordError as err:
        raise UnreadableArticleError(at, said_by(err), hint) from None


class _BadRecordError(Exception):
    """What is wrong with a record, as the cause of the error that users see."""


def _decoded(line: str) -> dict[str, Any]:
    try:
        fields, end = _DECODER.raw_decode(line)
        if end != len(line):
            fields = _DECODER.decode(line)  # which says what is wrong
    except json.JSONDecodeError as err:
        reason = err.msg[:1].lower() + err.msg[1:].removesuffix(" at")
        raise _BadRecordError(
            message("not JSON: {reason} (column {colno})", reason=Message(reason), colno=err.colno)
        ) from None
    except ValueError as err:
        raise _BadRecordError(message("not JSON: {err}", err=said_by(err))) from None
    except RecursionError:
        raise _BadRecordError(message("not JSON: nested too deeply")) from None
    if not isinstance(fields, dict):
        raise _BadRecordError(message("not a JSON object"))
    return fields


class _Fields:
    """The fields of a record, looked at for half surrogate pairs where there may be some.

    `columns` says by what names a record calls the known fields, where not by their own.
    """

    __slots__ = ("_asked", "_columns", "_has_surrogates", "values")

    def __init__(
        self, values: dict[str, Any], has_surrogates: bool, columns: Mapping[str, str]
    ) -> None:
        self.values = values
        self._has_surrogates = has_surrogates
        # Where a record has no such column, its own names do: archives are mixed.
        self._columns = {n: c for n, c in columns.items() if c in values} if columns else columns
        self._asked = columns

    def known(self) -> set[str]:
        """Return the names here of the fields that are no metadata."""
        return {self._columns.get(name, name) for name in _NAMED}

    def required(self, name: str) -> str:
        if self.values.get(self._columns.get(name, name)) is None:
            raise _BadRecordError(message("'{name}' is missing", name=self._asked.get(name, name)))
        return self.text(name)

    def text(self, name: str) -> str:
        """Return a field that is a string or a number as text, nothing when it is not there."""
        return self.plain(self._columns.get(name, name))

    def plain(self, name: str) -> str:
        """Return what a record itself calls `name`, as text."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise _BadRecordError(
                message(
                    "'{name}' is {kinds}, not a string or a number",
                    name=name,
                    kinds=_KINDS[type(value)],
                )
            )
        return self.checked(value, f"'{name}'")

    def checked(self, text: str, what: str) -> str:
        if self._has_surrogates and (fault := surrogate_fault(text)):
            raise _BadRecordError(f"{what} {fault}")
        return text


def _document(fields: _Fields, place: Place, at: str) -> Document:
    article_id = fields.required("id")
    if place.settings.record_ids == "file" and not article_id.startswith(f"{place.id}#"):
        article_id = f"{place.id}#{article_id}" if article_id.strip() else ""
    fault = id_fault(article_id) if article_id.strip() else message("is empty")
    if fault:
        raise _BadRecordError(f"'id' {fault}")
    body = fields.required("body")
    if not body.strip():
        raise _BadRecordError(message("'body' is empty"))
    title = fields.text("title").strip() or title_of(body)
    author = fields.text("author").strip()
    written = fields.text("date").strip()
    date = _date(written)
    return Document(
        article_id,
        title,
        body,
        author,
        date,
        place.source,
        place.path,
        _metadata(fields, written if not date else ""),
        at,
    )


def _date(written: str) -> str:
    try:
        return iso_date(written) if written else ""
    except ValueError:
        return ""  # no reason to lose the text; `_metadata` keeps what was written


def _metadata(fields: _Fields, unread_date: str) -> dict[str, str]:
    """Return the other fields that hold one value; lists, objects and nulls are left out.

    A date that cannot be read is one of them.
    """
    found = {"date": unread_date} if unread_date else {}
    known = fields.known()
    for name, value in fields.values.items():
        if name in known or value is None or isinstance(value, list | dict):
            continue
        fields.checked(name, "a field's name")
        if isinstance(value, bool):
            found[name] = "true" if value else "false"  # as JSON spells them
        else:
            found[name] = fields.plain(name)
    return found
