"""One client of a cluster: every request is answered whole, or raises an error that says why.

What is retried is what may be repeated: reads, and writes that name the document they make.
"""

import ssl
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from opensearchpy import OpenSearch, Transport
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConflictError,
    ConnectionError,
    ConnectionTimeout,
    NotFoundError,
    OpenSearchException,
    SSLError,
    TransportError,
)

from search.config.cluster import Cluster
from search.deadline import check_deadline, seconds_left
from search.engine.opensearch.connection import (
    NOTHING,
    PATH,
    BehindError,
    Connection,
    Seen,
    needing,
    seen_in,
)
from search.engine.port import DamageError
from search.errors import (
    ClusterRefusedError,
    ClusterUnavailableError,
    SettingError,
    UnsupportedError,
)
from search.messages import Message, message, system_cause

OLDEST = (2, 19)  # of OpenSearch; 3.8.0 is what tests run
RETRIES = 3  # of a request that no node answered
CONNECTIONS = 25  # to each node, kept open
BUSY = 429
FAILED = 500  # and above: a node that went away in the middle of a search is a 500
CLOSED = "index_closed_exception"
LEAST_SECONDS = 0.05  # that a request has, however little is left
Body = Mapping[str, Any]


class _Bounded(Transport):
    """Sends requests that take no longer than the answer may which they are for.

    Where there are several nodes, one that hangs has half of the time, and the next one the rest.
    """

    def perform_request(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Perform a request as `Transport` does, in the time that there is."""
        left = seconds_left()
        if left is not None:
            share = left / min(2, len(self.hosts))
            timeout = max(min(share, timeout or share, self.kwargs["timeout"]), LEAST_SECONDS)
        return super().perform_request(method, url, params, body, timeout, ignore, headers)

    def get_connection(self) -> Any:
        """Return the next connection, while there is time to use it."""
        check_deadline()
        return super().get_connection()


class Client:
    """Speaks with a cluster. Safe across threads."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._opensearch = OpenSearch(
            list(cluster.hosts),
            transport_class=_Bounded,
            timeout=cluster.timeout,
            max_retries=RETRIES,
            retry_on_timeout=True,
            retry_on_status=(502, 503, 504),
            pool_maxsize=CONNECTIONS,
            connection_class=Connection,
            **_security(cluster),
        )
        self._lock = threading.Lock()
        self._is_checked = False
        self._seen = NOTHING

    def seeing(self, seen: Seen) -> "Client":
        """Return a client that asks only nodes which have come to a state of the cluster."""
        client = copy(self)
        client._seen = seen
        return client

    def seen(self) -> Seen:
        """Return the newest state of the cluster."""
        return seen_in(self.call(lambda client: client.transport.perform_request("GET", PATH)))

    def search(self, index: str, body: Body, **parameters: Any) -> dict[str, Any]:
        """Return the answer of all shards; an error where one of them did not give its part."""
        (found,) = self.searches(index, [body], **parameters)
        return found

    def searches(
        self, index: str, bodies: Sequence[Body], **parameters: Any
    ) -> list[dict[str, Any]]:
        """Return the answers to several searches, made at once but where `parameters` are told."""
        self.check()
        check_deadline()
        if not bodies:
            return []
        if parameters and len(bodies) > 1:  # those of one search alone
            return [self.search(index, body, **parameters) for body in bodies]
        if len(bodies) == 1:
            asked = {"allow_partial_search_results": "false", **parameters}
            try:
                with self.told():
                    answer = self._opensearch.search(
                        index=index, body=dict(bodies[0]), params=asked
                    )
            except NotFoundError:
                raise _gone(index) from None
            return [self._whole(answer)]
        rows: list[Body] = []
        for body in bodies:
            rows += [{"allow_partial_search_results": False}, body]
        with self.told():
            answer = self._opensearch.msearch(index=index, body=rows)
        check_deadline()
        if any(one.get("status") == 404 for one in answer["responses"]):
            raise _gone(index)
        return [self._whole(one) for one in answer["responses"]]

    def search_at(self, body: Body) -> dict[str, Any]:
        """Return the answer to a search of a point in time, which the body names."""
        check_deadline()
        asked = {"allow_partial_search_results": "false"}
        try:
            with self.told():
                answer = self._opensearch.search(body=dict(body), params=asked)
        except NotFoundError:
            raise self.unavailable(message("it does not know any more what was read")) from None
        return self._whole(answer)

    def get(self, index: str, document: str) -> dict[str, Any] | None:
        """Return a document as it is at this moment, with `_seq_no` and `_primary_term`, or None.

        None also where there is no such index.
        """
        self.check()
        try:
            return self._got(index, document)
        except NotFoundError:  # which a node says, too, that has not heard of it yet
            try:
                return self.seeing(self.seen())._got(index, document)
            except NotFoundError:
                return None

    def _got(self, index: str, document: str) -> dict[str, Any]:
        with self.told():
            found: dict[str, Any] = self._opensearch.get(index=index, id=document)
        return found

    def get_all(
        self, index: str, documents: Sequence[str], source: Sequence[str] = ()
    ) -> list[dict[str, Any] | None]:
        """Return several documents as they are, in the order asked for; of `source` alone."""
        if not documents:
            return []
        self.check()
        with self.told():
            answer = self._opensearch.mget(
                index=index,
                body={"ids": list(documents)},
                params={"_source_includes": ",".join(source)} if source else {},
            )
        for one in answer["docs"]:
            if "error" in one:
                raise self._failed(one["error"])
        return [one if one["found"] else None for one in answer["docs"]]

    def put(
        self, index: str, document: str, body: Body, after: tuple[int, int] | None = None
    ) -> tuple[int, int]:
        """Write a document, and return its new version.

        `after` is the version that it must have now, (-1, 0) that there is none; another makes a
        ConflictError.
        """
        self.check()
        parameters: dict[str, Any] = {}
        if after == (-1, 0):
            parameters = {"op_type": "create"}
        elif after:
            parameters = {"if_seq_no": after[0], "if_primary_term": after[1]}
        with self.told():
            answer = self._opensearch.index(
                index=index, id=document, body=dict(body), params=parameters
            )
        return answer["_seq_no"], answer["_primary_term"]

    def delete(self, index: str, document: str) -> None:
        """Take a document away, if it is there."""
        self.call(lambda client: client.delete(index=index, id=document, params={"ignore": 404}))

    def call(self, ask: Callable[[OpenSearch], Any]) -> Any:
        """Return what `ask` is answered by the cluster's client."""
        self.check()
        with self.told():
            return ask(self._opensearch)

    def check(self) -> None:
        """Raise where this is no OpenSearch, or one too old; asked once."""
        if self._is_checked:
            return
        try:
            with self._lock, self.told():
                version = self._opensearch.info()["version"]
            number = tuple(int(part) for part in version["number"].split(".")[:2])
        except (KeyError, TypeError, ValueError, OpenSearchException):
            raise UnsupportedError(
                message(
                    "cannot use {cluster}: what answers there is no OpenSearch",
                    cluster=self.cluster,
                ),
                message("check 'hosts' in search.toml"),
            ) from None
        if version.get("distribution") != "opensearch" or number < OLDEST:
            raise UnsupportedError(
                message(
                    "cannot use {cluster}: it runs {name} {version}",
                    cluster=self.cluster,
                    name=version.get("distribution", "elasticsearch"),
                    version=version["number"],
                ),
                message("use OpenSearch {oldest} or newer", oldest=".".join(map(str, OLDEST))),
            )
        self._is_checked = True

    @contextmanager
    def told(self) -> Iterator[None]:
        """Make what the cluster or the way to it fails by an error that says so.

        NotFoundError and ConflictError pass: who asks knows what they mean.
        """
        try:
            with needing(self._seen):
                yield
        except (NotFoundError, ConflictError):
            raise
        except (AuthenticationException, AuthorizationException) as error:
            if _kind(error) == "cluster_block_exception":  # a disk is full, or writes are stopped
                raise self.unavailable(_said(error)) from None
            cause = message("the user or key was not accepted ({status})", status=error.status_code)
            raise ClusterRefusedError(str(self.cluster), cause) from None
        except SSLError as error:
            cause = message("the connection is not trusted ({reason})", reason=_tls_reason(error))
            raise ClusterRefusedError(str(self.cluster), cause) from None
        except ConnectionTimeout:
            check_deadline()
            raise self.unavailable(message("it did not answer in time")) from None
        except ConnectionError:
            raise self.unavailable(message("no node answers")) from None
        except BehindError:
            raise self.unavailable(message("a node has fallen behind the others")) from None
        except TransportError as error:
            status = error.status_code
            is_out = status == BUSY or (isinstance(status, int) and status >= FAILED)
            if is_out or error.error == CLOSED:
                raise self.unavailable(_said(error)) from error
            hint = message("mend what the cluster says, then run the command again")
            raise ClusterRefusedError(str(self.cluster), _said(error), hint) from error

    def unavailable(self, cause: Message) -> ClusterUnavailableError:
        """Return the error that says that the cluster cannot answer now, and why."""
        return ClusterUnavailableError(str(self.cluster), cause)

    def _whole(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return an answer if it is that of all shards."""
        if "error" in answer:
            raise self._failed(answer["error"])
        shards = answer["_shards"]
        if answer["timed_out"] or shards["failed"] or shards["successful"] < shards["total"]:
            check_deadline()
            raise self.unavailable(
                message(
                    "{failed} of {total} parts of the index gave no answer",
                    failed=shards["total"] - shards["successful"],
                    total=shards["total"],
                )
            )
        return answer

    def _failed(self, error: Any) -> Exception:
        """Return what a search that failed as one of several means."""
        kind = error.get("type", "") if isinstance(error, dict) else ""
        if kind == "index_not_found_exception":
            return _gone(str(error.get("index", "")))
        reason = str(error.get("reason", kind) if isinstance(error, dict) else error)
        return self.unavailable(Message(reason))

    def close(self) -> None:
        """Close the connections."""
        self._opensearch.close()


@lru_cache(8)
def client_of(cluster: Cluster) -> Client:
    """Return the client of a cluster: one for each process, whoever asks."""
    return Client(cluster)


def _security(cluster: Cluster) -> dict[str, Any]:
    """Return how the client says who it is, and whom it trusts."""
    found: dict[str, Any] = {}
    if cluster.api_key:
        found["headers"] = {"Authorization": f"ApiKey {cluster.api_key}"}
    elif cluster.user:
        found["http_auth"] = (cluster.user, cluster.password)
    if any(urlsplit(host).scheme == "https" for host in cluster.hosts):
        found["ssl_context"] = ssl.create_default_context()
        if cluster.ca:
            _trust(found["ssl_context"], cluster.ca)
    return found


def _trust(context: ssl.SSLContext, file: str) -> None:
    """Trust the certificates of a file; a SettingError where there are none."""
    try:
        context.load_verify_locations(file)
    except ssl.SSLError:
        cause = message("there is no certificate in it")
    except OSError as error:
        cause = system_cause(error)
    else:
        return
    raise SettingError(
        message("cannot read '{source}': {cause}", source=file, cause=cause),
        message("mend 'ca' in search.toml"),
    )


def _said(error: TransportError) -> Message:
    """Return what the cluster says of a request that it does not answer now."""
    told = error.info if isinstance(error.info, dict) else {}
    cause = told.get("error", {})
    reason = cause.get("reason") if isinstance(cause, dict) else cause
    return Message(f"{reason or error.error} ({error.status_code})")


def _gone(index: str) -> DamageError:
    """Return the error that says that a generation is not there any more."""
    return DamageError(message("'{name}' is missing", name=index))


def _kind(error: TransportError) -> str:
    """Return what the cluster calls an error."""
    told = error.info if isinstance(error.info, dict) else {}
    cause = told.get("error", {})
    return str(cause.get("type", "")) if isinstance(cause, dict) else ""


def _tls_reason(error: SSLError) -> str:
    """Return why a connection is not trusted, without the words of Python's exceptions."""
    cause: Any = error.info
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = getattr(cause, "reason", None) or cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    return getattr(cause, "reason", None) or "TLS"


__all__ = ["Client", "ConflictError", "NotFoundError", "OpenSearchException", "client_of"]
