"""What the site counts of itself, and `/metrics`, which tells it to Prometheus.

Home of prometheus_client. Counted is by process, or by all workers where PROMETHEUS_MULTIPROC_DIR
names a folder of theirs. Labels are bounded: routes, not paths; kinds of status; codes of errors.
"""

import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version

from flask import Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search.archive import Archive, SearchError
from web.site import current_archive, current_mount

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class _Counted:
    """Everything that is counted in this process, a site by the name of its mount."""

    def __init__(self) -> None:
        self.registry = kept = CollectorRegistry()
        self.seconds = Histogram(
            "xunwen_request_seconds",
            "Time from the first look at a request to its answer, queueing included.",
            ("site", "route", "status"),
            buckets=SECONDS,
            registry=kept,
        )
        self.in_flight = Gauge(
            "xunwen_requests_in_flight",
            "Requests that are worked on or wait.",
            ("site",),
            multiprocess_mode="livesum",
            registry=kept,
        )
        told = "Requests that were refused."
        self.refused = Counter("xunwen_refused", told, ("site", "reason"), registry=kept)
        told = "Answers of 500 and above, but refusals."
        self.errors = Counter("xunwen_errors", told, ("site", "code"), registry=kept)
        told = "Answers that the asker had already."
        self.not_modified = Counter("xunwen_not_modified", told, ("site",), registry=kept)


def count_as(slot: int) -> None:
    """Have this worker count in files by a number that no other has at the time.

    By process id, as is usual, each worker there ever was would leave files of its own.
    """
    values.ValueClass = values.MultiProcessValue(lambda: slot)  # type: ignore[no-untyped-call]


@cache
def _counted() -> _Counted:
    return _Counted()


class _Told(Collector):
    """What is told of the code that runs and of the index that answers."""

    def __init__(self, site: str, archive: Archive) -> None:
        self._site = site
        self._archive = archive

    def collect(self) -> Iterable[Metric]:
        built = InfoMetricFamily("xunwen_build", "What runs.", labels=("site",))
        names = {"version": version("xunwen"), "python": platform.python_version()}
        built.add_metric((self._site,), names)
        yield built
        try:
            size = self._archive.size()
        except SearchError:
            yield self._gauge("xunwen_index_answers", "Whether the index answers.", 0)
            return
        yield self._gauge("xunwen_index_answers", "Whether the index answers.", 1)
        state = InfoMetricFamily("xunwen_index", "The state that answers now.", labels=("site",))
        state.add_metric((self._site,), {"generation": size.generation, "commit": size.commit})
        yield state
        yield self._gauge("xunwen_index_articles", "Articles in the index.", size.articles)
        yield self._gauge("xunwen_index_segments", "Parts the index is stored in.", size.segments)

    def _gauge(self, name: str, told: str, value: float) -> Metric:
        gauge = GaugeMetricFamily(name, told, labels=("site",))
        gauge.add_metric((self._site,), value)
        return gauge


def metrics() -> Response:
    """Return all that is counted, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(_Told(current_mount(), current_archive()))
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        told = generate_latest(registry)
    else:
        told = generate_latest(registry) + generate_latest(_counted().registry)
    response = Response(told, content_type=CONTENT_TYPE_LATEST)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@contextmanager
def in_flight(site: str) -> Iterator[None]:
    """Count a request as being worked on."""
    gauge = _counted().in_flight.labels(site)
    gauge.inc()
    try:
        yield
    finally:
        gauge.dec()


def answered(site: str, route: str, status: int, seconds: float) -> None:
    """Count an answer and how long it took."""
    _counted().seconds.labels(site, route, f"{status // 100}xx").observe(seconds)
    if status == 304:
        _counted().not_modified.labels(site).inc()


def refused(site: str, reason: str) -> None:
    """Count a request that was refused: "rate", "queue_full" or "queue_late"."""
    _counted().refused.labels(site, reason).inc()


def failed(site: str, code: str) -> None:
    """Count an error that is the site's own, by the code that programs are told."""
    _counted().errors.labels(site, code).inc()
