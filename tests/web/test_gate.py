"""So many at once; the next wait in order, and those for whom there is no place are told so."""

import threading
from contextlib import ExitStack

import pytest

from web.gate import Busy, Gate


class Watched(threading.Condition):
    """Tells when somebody has begun to wait."""

    def __init__(self):
        super().__init__()
        self.waits = threading.Semaphore(0)

    def wait(self, timeout=None):
        self.waits.release()
        return super().wait(timeout)


class Asking(threading.Thread):
    """Takes a place and keeps it until it is told to leave."""

    def __init__(self, gate, name, order):
        super().__init__()
        self._gate, self._called, self._order = gate, name, order
        self.has_place, self.leave = threading.Event(), threading.Event()

    def run(self):
        with self._gate.place():
            self._order.append(self._called)
            self.has_place.set()
            self.leave.wait(30)


def test_places_are_given_up_and_taken_again():
    gate = Gate(2, 0, 0)
    for _ in range(3):
        with ExitStack() as held:
            held.enter_context(gate.place())
            held.enter_context(gate.place())
            with pytest.raises(Busy) as caught, gate.place():
                pass
            assert (caught.value.reason, caught.value.retry_after) == ("queue_full", 1)


def test_an_error_inside_gives_the_place_up():
    gate = Gate(1, 0, 0)
    with pytest.raises(RuntimeError), gate.place():
        raise RuntimeError
    with gate.place():
        pass


def test_who_waits_longer_than_is_allowed_is_told_so_and_leaves_the_queue():
    gate = Gate(1, 1, 0)
    with gate.place():
        for _ in range(2):
            with pytest.raises(Busy) as caught, gate.place():
                pass
            assert caught.value.reason == "queue_late"
    with gate.place():
        pass


def test_those_who_wait_come_in_in_the_order_in_which_they_came():
    changed, order = Watched(), []
    gate = Gate(1, 2, 30, changed)
    first, second, third = (Asking(gate, name, order) for name in "abc")
    first.start()
    assert first.has_place.wait(30)
    for one in (second, third):
        one.start()
        assert changed.waits.acquire(timeout=30)
    with pytest.raises(Busy) as caught, gate.place():
        pass
    assert (caught.value.reason, caught.value.retry_after) == ("queue_full", 30)
    for one, following in ((first, second), (second, third)):
        assert not following.has_place.is_set()
        one.leave.set()
        assert following.has_place.wait(30)
    third.leave.set()
    for one in (first, second, third):
        one.join()
    assert order == ["a", "b", "c"]
    with gate.place():
        pass
