"""The lease of an archive: one run holds it, and another takes it when the holder has died."""

import os

import pytest

from search import Cluster
from search.archive import ClusterUnavailableError, IndexLockedError
from search.archive import lease as leases
from search.archive.lease import ASKED_SECONDS, LASTING_SECONDS, WATCHED_SECONDS, Lease
from search.engine.opensearch.client import client_of
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node


class Clock:
    """A clock that only pauses move; a test may have something happen in one."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.pauses: list[float] = []
        self.meanwhile = lambda: None

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds
        self.meanwhile()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(node: Node) -> Cluster:
    return place_on(node)


def lease(place: Cluster, clock: Clock) -> Lease:
    return Lease(place, clock, clock.pause)


def test_the_second_is_refused_and_told_who_holds_it(place: Cluster, clock: Clock) -> None:
    lease(place, clock).take()
    clock.now += 5
    with pytest.raises(IndexLockedError) as caught:
        lease(place, clock).take()
    assert str(caught.value) == (
        f"cannot write to index '{place}': another run is writing to it "
        f"(process {os.getpid()}, for 5 s)"
    )
    assert clock.pauses == []


def test_one_that_was_let_go_is_taken_at_once(place: Cluster, clock: Clock) -> None:
    for _ in range(2):
        held = lease(place, clock)
        held.take()
        held.free()
    assert clock.pauses == []


def test_who_waits_has_it_when_the_other_ends(place: Cluster, clock: Clock) -> None:
    held, next_one = lease(place, clock), lease(place, clock)
    held.take()
    clock.meanwhile = lambda: held.free() if len(clock.pauses) == 3 else None
    next_one.take(wait=60)
    assert clock.pauses == [ASKED_SECONDS] * 3
    next_one.check()


def test_who_waits_in_vain_is_told_so_in_time(place: Cluster, clock: Clock) -> None:
    held = lease(place, clock)
    held.take()
    clock.meanwhile = lambda: held.renew() and None
    with pytest.raises(IndexLockedError):
        lease(place, clock).take(wait=2.5)
    assert clock.pauses == [1, 1, 0.5]


def test_one_whose_holder_died_is_taken_over_after_a_minute(place: Cluster, clock: Clock) -> None:
    dead = lease(place, clock)
    dead.take()
    clock.now += LASTING_SECONDS
    with pytest.raises(IndexLockedError):
        lease(place, clock).take()
    clock.now += 1
    next_one = lease(place, clock)
    next_one.take()
    assert clock.pauses == [WATCHED_SECONDS]
    next_one.check()
    assert not dead.renew()
    with pytest.raises(IndexLockedError):
        dead.check()
    dead.free()  # which frees nothing of the other
    next_one.check()


def test_who_waits_for_a_minute_and_more_has_that_of_one_that_died(
    place: Cluster, clock: Clock
) -> None:
    lease(place, clock).take()
    lease(place, clock).take(wait=61.5)
    assert clock.pauses == [1.0] * 61 + [WATCHED_SECONDS]


def test_a_holder_that_lives_keeps_it_though_its_clock_is_wrong(
    place: Cluster, clock: Clock
) -> None:
    late = Clock()
    late.now = clock.now - 3600
    held = lease(place, late)
    held.take()
    clock.meanwhile = lambda: held.renew() and None
    with pytest.raises(IndexLockedError):
        lease(place, clock).take()
    assert clock.pauses == [WATCHED_SECONDS]
    held.check()


def test_of_two_that_take_over_at_once_one_has_it(place: Cluster, clock: Clock) -> None:
    lease(place, clock).take()
    clock.now += LASTING_SECONDS + 1
    first, second = lease(place, clock), lease(place, clock)

    def both() -> None:
        clock.meanwhile = lambda: None
        first.take()

    clock.meanwhile = both
    with pytest.raises(IndexLockedError):
        second.take()
    first.check()


def test_a_write_that_was_repeated_is_its_own(place: Cluster, clock: Clock, monkeypatch) -> None:
    """The cluster has written it, and the answer was lost: the client writes once more."""
    held = lease(place, clock)
    held.take()
    client = client_of(place)
    plain = type(client).put

    def twice(*given):
        plain(*given)
        return plain(*given)

    with monkeypatch.context() as patched:
        patched.setattr(type(client), "put", twice)
        assert held.renew()
    held.check()


def test_a_renewal_that_nobody_answers_gives_nothing_away(
    place: Cluster, clock: Clock, monkeypatch
) -> None:
    held = lease(place, clock)
    held.take()

    def unanswered(*_):
        raise ClusterUnavailableError(str(place), "no node answers")

    with monkeypatch.context() as patched:
        patched.setattr(type(client_of(place)), "put", unanswered)
        with pytest.raises(ClusterUnavailableError):
            held.renew()
    held.check()


def test_a_lease_that_was_taken_out_of_the_cluster_is_lost(
    place: Cluster, clock: Clock, client
) -> None:
    held = lease(place, clock)
    held.take()
    client.indices.delete(index="xunwen-lock")
    with pytest.raises(IndexLockedError, match=r"\(another process\)"):
        held.check()
    lease(place, clock).take()


def test_what_is_written_by_nobody_we_know_is_taken_over(
    place: Cluster, clock: Clock, client
) -> None:
    lease(place, clock).take()
    client.index(index="xunwen-lock", id="lease", body={"renewed": "yesterday"})
    lease(place, clock).take()
    assert clock.pauses == [WATCHED_SECONDS]


def test_while_it_is_held_it_is_renewed(place: Cluster, clock: Clock, monkeypatch) -> None:
    monkeypatch.setattr(leases, "RENEWED_SECONDS", 0.01)
    held = lease(place, clock)
    with held.held():
        before = seen = client_of(place).get("xunwen-lock", "lease")
        while seen == before:  # the test ends by its time-out where it is not
            seen = client_of(place).get("xunwen-lock", "lease")
    assert client_of(place).get("xunwen-lock", "lease")["_source"] == {}


def test_the_lease_lies_on_every_node(place: Cluster, clock: Clock, client) -> None:
    lease(place, clock).take()
    settings = client.indices.get_settings(index="xunwen-lock")["xunwen-lock"]["settings"]["index"]
    assert (settings["number_of_shards"], settings["auto_expand_replicas"]) == ("1", "0-all")


def test_who_only_looks_goes_on_where_nobody_has_it(place: Cluster, clock: Clock) -> None:
    lease(place, clock).await_free()  # there never was one
    held = lease(place, clock)
    held.take()
    with pytest.raises(IndexLockedError) as caught:
        lease(place, clock).await_free(wait=1.5)
    assert f"process {os.getpid()}, for 2 s" in str(caught.value)
    clock.meanwhile = lambda: held.free() if len(clock.pauses) == 4 else None
    lease(place, clock).await_free(wait=60)
    assert clock.pauses == [1, 0.5, 1, 1]


def test_who_only_looks_takes_it_from_one_that_died_and_from_no_other(
    place: Cluster, clock: Clock
) -> None:
    held = lease(place, clock)
    held.take()
    clock.now += LASTING_SECONDS + 1
    clock.meanwhile = lambda: held.renew() and None
    with pytest.raises(IndexLockedError):
        lease(place, clock).await_free()
    assert clock.pauses == [WATCHED_SECONDS]
    clock.meanwhile = lambda: None
    clock.now += LASTING_SECONDS + 1
    lease(place, clock).await_free()
    assert not held.renew()


def test_leases_of_other_names_are_others(place: Cluster, clock: Clock) -> None:
    lease(place, clock).take()
    for number in (1, 2):
        Lease(place, clock, clock.pause, f"lease-{number}").take()
