"""The archive: the only door of this package for the site and the command line."""

from search.archive.facade import Archive
from search.archive.report import DamageNote, Report
from search.archive.request import MAX_LIMIT, MAX_QUERY
from search.archive.status import Size, Status
from search.document import Document
from search.engine import FIELDS, SORTS
from search.errors import (
    ArticleMissingError,
    FormatError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreadableError,
    IndexWriteError,
    NothingIndexedError,
    QueryError,
    SearchError,
    ServerError,
    SettingError,
    SourceEmptyError,
    SourceMissingError,
    UnreadableArticleError,
    UnsupportedError,
)
from search.results import (
    Article,
    Contribution,
    Hit,
    Marked,
    Piece,
    QueryWord,
    Results,
    Snippet,
    cut_pieces,
    split_lines,
)

__all__ = [
    "FIELDS",
    "MAX_LIMIT",
    "MAX_QUERY",
    "SORTS",
    "Archive",
    "Article",
    "ArticleMissingError",
    "Contribution",
    "DamageNote",
    "Document",
    "FormatError",
    "Hit",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexUnreadableError",
    "IndexWriteError",
    "Marked",
    "NothingIndexedError",
    "Piece",
    "QueryError",
    "QueryWord",
    "Report",
    "Results",
    "SearchError",
    "ServerError",
    "SettingError",
    "Size",
    "Snippet",
    "SourceEmptyError",
    "SourceMissingError",
    "Status",
    "UnreadableArticleError",
    "UnsupportedError",
    "cut_pieces",
    "split_lines",
]
