"""CSV and TSV: one article a row, the first row names the columns.

`id`, `title`, `body`, `author` and `date` are known by these names, in whatever case, or by those
that `columns` of the settings gives them; the other columns are metadata. A row without an id of
its own is called by its file and a digest, of its url, else of its title and body: the number of
the row would change for all rows behind one that is put in.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence

from search.config.reading import COLUMNS
from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.decode import decode
from search.reading.format import Limit, Place, Reading
from search.reading.record import ROW_HINT, document_of_fields

_DELIMITERS = ",;\t"
_LIKELY_TEXTS = frozenset(
    (
        "content",
        "text",
        "article",
        "正文",
        "内容",
        "內容",
        "内文",
        "內文",
        "全文",
        "文本",
        "文章",
        "原文",
    )
)
_NAMES_SHOWN = 8
_NAME_CHARS = 20
_OPEN = message("a quotation mark that nothing closes")
_BEHIND = message("text between a quotation and the next cell")
_DIGEST_CHARS = 16
_ANY_SIZE = 2**31 - 1  # all files are smaller; usually csv refuses a cell of 128 KB


class ColumnsFormat:
    """Reads `.csv` and `.tsv`, parted by commas, semicolons or tabs, whichever it is."""

    name = "CSV"
    suffixes: tuple[str, ...] = (".csv", ".tsv")
    limit: Limit = "records_mb"

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield each row as it is reached; a bad one gives an error and the next is read."""
        lines = list(io.StringIO(decode(raw, place).text, newline=""))
        delimiter = _delimiter(lines, place)
        rows = _rows(lines, delimiter)
        header = next((cells for _, cells in rows if isinstance(cells, list)), [])
        names = _named(header, place)
        columns = _columns(header, place)
        for number, cells in rows:
            at = f"{place.source}:{number}"
            if cells == _BEHIND:
                cells = _literal(lines[number - 1], delimiter, len(names)) or cells
            if isinstance(cells, str):
                yield UnreadableArticleError(at, cells, ROW_HINT)
            elif len(cells) > len(names):
                cause = message(
                    "a row of {count:,} cells, the header has {names:,}",
                    count=len(cells),
                    names=len(names),
                )
                yield UnreadableArticleError(at, cause, ROW_HINT)
            else:
                fields = {n: c for n, c in zip(names, cells, strict=False) if n and c.strip()}
                fields.setdefault(columns.get("id", "id"), _id(fields, columns, place))
                try:
                    yield document_of_fields(fields, place, at, ROW_HINT)
                except UnreadableArticleError as error:
                    yield error


def _delimiter(lines: Sequence[str], place: Place) -> str:
    """Return what parts the header into a column for the text, else into the most columns."""
    head = next((line for line in lines if line.strip()), "")
    usual = "\t" if place.id.lower().endswith(".tsv") else ","
    bodies = {place.settings.columns.get("body", "body").lower(), "body"}

    def worth(delimiter: str) -> tuple[bool, int, bool]:
        cells = next(csv.reader([head], delimiter=delimiter), [])
        has_body = not bodies.isdisjoint(cell.strip().lower() for cell in cells)
        return has_body, len(cells), delimiter == usual

    return max(_DELIMITERS, key=worth)


def _columns(header: Sequence[str], place: Place) -> Mapping[str, str]:
    """Return which column is which, of those that the settings name and the header has."""
    cells = {cell.strip().lower() for cell in header}
    return {n: c for n, c in place.settings.columns.items() if c.lower() in cells}


def _named(header: Sequence[str], place: Place) -> list[str]:
    """Return the names of the columns, the known ones as records call them, or raise."""
    columns = _columns(header, place)
    called = {columns.get(name, name).lower(): columns.get(name, name) for name in COLUMNS}
    names = [called.get(cell.strip().lower(), cell.strip()) for cell in header]
    if columns.get("body", "body") not in names:
        raise _no_texts(names, place)
    twice = next((name for name in names if name and names.count(name) > 1), "")
    if twice:
        raise UnreadableArticleError(
            place.source,
            message("two columns are called '{twice}'", twice=twice),
            message("rename one, and index again"),
        )
    return names


def _no_texts(names: Sequence[str], place: Place) -> UnreadableArticleError:
    """Return the error for a table that names no column as that of the texts."""
    wanted = place.settings.columns.get("body", "body")
    body = message("'{wanted}'", wanted=wanted)
    if wanted != "body":
        body = message("'{wanted}', nor one 'body'", wanted=wanted)
    named = [name for name in names if name]
    if not named:
        cause = message("it has no row that names its columns")
        return UnreadableArticleError(place.source, cause, message("put one first: title, body, …"))
    shown = ", ".join(f"'{_short(name)}'" for name in named[:_NAMES_SHOWN])
    more = (
        message(" and {count:,} more", count=len(named) - _NAMES_SHOWN)
        if len(named) > _NAMES_SHOWN
        else ""
    )
    likely = next((name for name in named if name.lower() in _LIKELY_TEXTS), "NAME")
    return UnreadableArticleError(
        place.source,
        message(
            "its first row, which names the columns, has none called {body}: it has {shown}{more}",
            body=body,
            shown=shown,
            more=more,
        ),
        message(
            "say which column is the text with 'body = \"{likely}\"' under "
            "[reading.columns] in search.toml, or put a row of names before the first",
            likely=likely,
        ),
    )


def _short(name: str) -> str:
    return name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS - 1]}…"


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the number of a row's first line and its cells, or what is wrong with it.

    Behind a bad row reading goes on with its next line, so a quotation mark that nothing closes
    takes no other row with it.
    """
    csv.field_size_limit(_ANY_SIZE)
    start = 0
    while start < len(lines):
        rest = _Rest(lines, start)
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        first = start
        try:
            for cells in reader:
                at, first = first, start + reader.line_num
                if any(cell.strip() for cell in cells):
                    yield at + 1, cells
            return
        except csv.Error:
            yield first + 1, _OPEN if rest.is_over else _BEHIND
            start = first + 1


class _Rest:
    """The lines from one on, and whether more of them were asked for than there are."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self._lines = lines
        self._next = start
        self.is_over = False

    def __iter__(self) -> "_Rest":
        return self

    def __next__(self) -> str:
        if self._next == len(self._lines):
            self.is_over = True
            raise StopIteration
        self._next += 1
        return self._lines[self._next - 1]


def _literal(line: str, delimiter: str, count: int) -> list[str] | None:
    """Return the cells of a line whose quotation marks are only text, where that gives `count`."""
    cells = line.rstrip("\r\n").split(delimiter)
    return cells if len(cells) == count else None


def _id(fields: dict[str, str], columns: Mapping[str, str], place: Place) -> str:
    url, title, body = (fields.get(columns.get(n, n), "") for n in ("url", "title", "body"))
    told = url.strip() or f"{title.strip()}\0{body.strip()}"
    return f"{place.id}#{hashlib.sha256(told.encode()).hexdigest()[:_DIGEST_CHARS]}"
