"""Every error a user can meet: one line of what failed, one line of what to do.

`str(error)` is the line of what failed, lower case, without a full stop; `error.hint` is the next
step. Callers decide on the class, never on the message.
"""

import errno
import shlex
from collections.abc import Sequence

from search.messages import Message, message, plural


class ClusterName(str):
    """What an index on a cluster is called; commands find it by search.toml, without a flag."""

    __slots__ = ()


def index_command(index: str) -> str:
    """Return what to type, a name with spaces or quotes quoted for a shell."""
    if isinstance(index, ClusterName):
        return "search index"
    return f"search index --index {shlex.quote(index)}"


def _forget_command(index: str, source: str) -> str:
    return f"{index_command(index)} --forget {shlex.quote(source)}"


class SearchError(Exception):
    """The base of all errors of this package; `hint` says what the user can do next."""

    code = "error"  # the API's stable name of this kind of error
    count = 1  # of the articles that it stands for

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class IndexMissingError(SearchError):
    """There is no index where one was asked for."""

    code = "index_missing"

    def __init__(self, index: str) -> None:
        super().__init__(
            message("cannot open index '{index}': no index there", index=index),
            message("run '{command} FOLDER' to build one", command=index_command(index)),
        )


class IndexDamagedError(SearchError):
    """An index is there but cannot be read whole; `has_sources` when it may tell its sources.

    `cause` names what is damaged.
    """

    code = "index_damaged"

    def __init__(self, index: str, cause: str, has_sources: bool = True) -> None:
        command = index_command(index)
        hint = message("run '{command} --heal' to mend it from the articles", command=command)
        if not has_sources:
            hint = message(
                "run '{command} --rebuild FOLDER' to build it from the articles", command=command
            )
        self.cause = cause if isinstance(cause, Message) else Message(cause)
        what = message("cannot open index '{index}': {cause}", index=index, cause=cause)
        super().__init__(what, hint)


_PASSING = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM})


class IndexUnreadableError(SearchError):
    """The system does not let the index be read just now; the index itself may be whole."""

    code = "index_unreadable"

    def __init__(self, cause: str) -> None:
        super().__init__(
            message("cannot read the index: {cause}", cause=cause),
            message("mend the cause and run the command again"),
        )


def is_of_the_system(error: OSError) -> bool:
    """Return whether the system refuses a file just now, whatever is in it."""
    return error.errno in _PASSING


class IndexWrongError(SearchError):
    """The index does not find, or hold, what the files of its articles say; `count` things."""

    code = "index_wrong"

    def __init__(self, index: str, count: int) -> None:
        super().__init__(
            plural(
                "index '{index}' is wrong in {count:,} thing",
                "index '{index}' is wrong in {count:,} things",
                count=count,
                index=index,
            ),
            message(
                "run '{command} --rebuild' to build it again from its sources",
                command=index_command(index),
            ),
        )
        self.count = count


class IndexMismatchError(SearchError):
    """The index was made by other code, tables or dictionaries than those that run now."""

    code = "index_mismatch"

    def __init__(self, index: str, difference: str) -> None:
        super().__init__(
            message(
                "cannot use index '{index}': it was built with {difference}",
                index=index,
                difference=difference,
            ),
            message(
                "run '{command} --heal' to build it again from its sources",
                command=index_command(index),
            ),
        )


class IndexLockedError(SearchError):
    """Another process is writing to the index; `holder` says which one."""

    code = "index_locked"

    def __init__(self, index: str, holder: Message) -> None:
        super().__init__(
            message(
                "cannot write to index '{index}': another run is writing to it ({holder})",
                index=index,
                holder=holder,
            ),
            message("wait until it ends, then run the command again, or wait with '--wait 60'"),
        )


class IndexWriteError(SearchError):
    """The index could not be written: disk full, folder read-only and the like."""

    code = "index_write"

    def __init__(self, index: str, cause: str) -> None:
        super().__init__(
            message("cannot write to index '{index}': {cause}", index=index, cause=cause),
            message("mend the cause and run the command again; the index as it was still answers"),
        )


class IndexTakenError(SearchError):
    """There is an archive already where another is to go; `built` says when that was made."""

    code = "index_taken"

    def __init__(self, index: str, built: str = "", is_newer: bool = False) -> None:
        named = {"index": index, "built": built}
        what = message("cannot move to '{index}': there is an archive already", index=index)
        if built:
            what = message("cannot move to '{index}': there is one already, built {built}", **named)
        if is_newer:
            what = message("cannot move to '{index}': there is a newer one, built {built}", **named)
        super().__init__(what, message("add '--replace' to have a new generation take its place"))


class SourceMissingError(SearchError):
    """A folder or file of articles is not there; `known_to` names the index that has it, if any."""

    code = "source_missing"

    def __init__(self, path: str, known_to: str = "") -> None:
        hint = message("check the path")
        if known_to:
            forget = _forget_command(known_to, path)
            hint = message(
                "bring it back, or run '{forget}' to take its articles out", forget=forget
            )
        super().__init__(
            message("cannot read source '{path}': no such file or folder", path=path), hint
        )


class SourceEmptyError(SearchError):
    """A source holds nothing to read; `known_to` names the index that has it, if any."""

    code = "source_empty"

    def __init__(self, path: str, known_to: str = "") -> None:
        hint = message("check the path, or name a folder with articles")
        if known_to:
            forget = _forget_command(known_to, path)
            hint = message(
                "bring its files back, or run '{forget}' to take its articles out", forget=forget
            )
        super().__init__(
            message("cannot index '{path}': no file of a kind that is read in it", path=path), hint
        )


class SourceLeftOutError(SearchError):
    """The globs of the settings leave nothing of a source to be read."""

    code = "source_left_out"

    def __init__(self, path: str, include: Sequence[str], exclude: Sequence[str]) -> None:
        globs = {"include": include, "exclude": exclude}
        named = [" ".join([name, *map(repr, found)]) for name, found in globs.items() if found]
        super().__init__(
            message(
                "cannot index '{path}': the globs of search.toml leave nothing of it ({globs})",
                path=path,
                globs="; ".join(named),
            ),
            message(
                "mend them under [reading] in search.toml; they are matched with ids, as "
                "'{folder}/a.txt', and with what follows a slash in them",
                folder=path.rstrip("/").rpartition("/")[2],
            ),
        )


class NothingIndexedError(SearchError):
    """Not one article could be read, so no index was built; `failed` says why, file by file."""

    code = "nothing_indexed"

    def __init__(self, failed: Sequence[SearchError]) -> None:
        super().__init__(
            message("cannot build an index: not one article could be read"),
            message("mend the files named above, or name another folder"),
        )
        self.failed = failed


class UnreadableArticleError(SearchError):
    """One article could not be read; the others are not concerned."""

    code = "unreadable"

    def __init__(
        self, source: str, cause: str, hint: str = message("mend the file and index again")
    ) -> None:
        super().__init__(
            message("cannot read '{source}': {cause}", source=source, cause=cause), hint
        )
        self.source = source
        self.cause = cause


class IdTakenError(UnreadableArticleError):
    """The ids of one file are those of another; `count` says how many, the first is named."""

    code = "id_taken"

    def __init__(self, place: str, article_id: str, taken_by: str, hint: str) -> None:
        super().__init__(
            place,
            message(
                "the id '{article_id}' is already taken by {taken_by}",
                article_id=article_id,
                taken_by=taken_by,
            ),
            hint,
        )
        self._first = self.cause

    def add(self) -> None:
        """Count one more article of the same two files."""
        self.count += 1
        self.cause = plural(
            "{first}, and so is {count:,} more of its ids",
            "{first}, and so are {count:,} more of its ids",
            count=self.count - 1,
            first=self._first,
        )
        self.args = (
            message("cannot read '{source}': {cause}", source=self.source, cause=self.cause),
        )


class FormatError(SearchError):
    """A format that another package adds cannot be used."""

    code = "bad_format"

    def __init__(self, name: str, value: str, cause: str) -> None:
        super().__init__(
            message(
                "cannot use the format '{name}' of '{value}': {cause}",
                name=name,
                value=value,
                cause=cause,
            ),
            message("mend the package that it comes with, or uninstall it"),
        )


class QueryError(SearchError):
    """The query holds nothing to search for, or too much."""

    code = "bad_query"


class QueryTimeoutError(SearchError):
    """A query, or what else was asked for, would take longer than it may; `seconds` is how long."""

    code = "query_timeout"

    def __init__(self, seconds: float, dearest: str = "") -> None:
        hint = message("search for fewer words, or for rarer ones")
        if dearest:
            hint = message(
                "leave out '{dearest}', or search for fewer and rarer words", dearest=dearest
            )
        super().__init__(
            message(
                "cannot answer within {seconds:g} s: too much has to be looked through",
                seconds=seconds,
            ),
            hint,
        )
        self.seconds = seconds


class SettingError(SearchError):
    """A setting from a flag, a variable or `search.toml` is not usable."""

    code = "bad_setting"


class OriginalMissingError(SearchError):
    """The file of an article cannot be given as it was indexed."""

    code = "original_missing"

    def __init__(self, article_id: str, cause: str) -> None:
        super().__init__(
            message(
                "cannot give the file of '{article_id}': {cause}",
                article_id=article_id,
                cause=cause,
            ),
            message("read the article itself, or run 'search index' where its files are"),
        )


class ArticleMissingError(SearchError):
    """No article of the index has this id."""

    code = "not_found"

    def __init__(self, article_id: str) -> None:
        super().__init__(
            message("no article '{article_id}' in the index", article_id=article_id),
            message("run 'search QUERY' and use an id that it prints"),
        )


class UnsupportedError(SearchError):
    """The engine in use cannot do what the query asks."""

    code = "unsupported"


class ClusterUnavailableError(SearchError):
    """The cluster that holds the index does not answer, or not whole: it may do so again."""

    code = "cluster_unavailable"

    def __init__(self, cluster: str, cause: str) -> None:
        super().__init__(
            message("cannot reach {cluster}: {cause}", cluster=cluster, cause=cause),
            message("see that the nodes run and can be reached, then run the command again"),
        )


class ClusterRefusedError(SearchError):
    """The cluster that holds the index does not let us in, or we do not trust who answers."""

    code = "cluster_refused"

    def __init__(self, cluster: str, cause: str, hint: str = "") -> None:
        super().__init__(
            message("cannot use {cluster}: {cause}", cluster=cluster, cause=cause),
            hint
            or message(
                "set SEARCH_API_KEY, or SEARCH_USER and SEARCH_PASSWORD, and 'ca' in search.toml"
            ),
        )


# Of these nothing can be told of the index: whoever mends or gives up on one that is damaged lets
# them pass.
OUTAGES = (ClusterUnavailableError, ClusterRefusedError)


class JudgmentError(SearchError):
    """A file of judged queries, or a run, is not what is read; `place` is a line or part of it."""

    code = "bad_judgments"

    def __init__(self, path: str, place: str, cause: str, hint: str) -> None:
        where = f", {place}" if place else ""
        super().__init__(
            message("cannot read '{path}'{where}: {cause}", path=path, where=where, cause=cause),
            hint,
        )


class ExtraMissingError(SearchError):
    """What was asked for needs a library that only an extra of this package brings."""

    code = "extra_missing"

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(
            message("cannot {what}: '{library}' is not installed", what=what, library=library),
            message("run \"pip install 'xunwen[{extra}]'\"", extra=extra),
        )


class ServerError(SearchError):
    """The site could not be started."""

    code = "server"
