"""What a state of the index leaves behind does not stay until the collector comes by itself."""

import gc
import weakref

import pytest

from web import create_app
from web.tidying import PAUSE_SECONDS, Tidying


class Left:
    """Refers to itself, as readers do."""

    def __init__(self):
        self.itself = self


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def _settled():
    """Have the process be the site's own, its collector as rare as can be."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def left():
    return weakref.ref(Left())


def test_it_goes_some_seconds_after_another_state_has_come(clock):
    tidying = Tidying(clock)
    tidying.note("1")
    found = left()
    tidying.note("2")
    clock.now += PAUSE_SECONDS / 2
    tidying.note("2")
    assert found()
    clock.now += PAUSE_SECONDS
    tidying.note("2")
    assert found() is None


def test_while_nothing_changes_nothing_is_collected(clock):
    tidying = Tidying(clock)
    found = left()
    for _ in range(3):
        clock.now += PAUSE_SECONDS * 2
        tidying.note("1")
        tidying.note("")  # what is answered by no state
    assert found()


def test_states_that_come_one_after_another_do_not_put_it_off(clock):
    tidying = Tidying(clock)
    tidying.note("0")
    found = left()
    for state in range(1, 10):
        tidying.note(str(state))
        clock.now += PAUSE_SECONDS / 4
    assert found() is None


def test_in_a_process_that_is_not_the_sites_own_it_is_left_alone(clock):
    gc.unfreeze()
    tidying = Tidying(clock)
    found = left()
    for state in "123":
        tidying.note(state)
        clock.now += PAUSE_SECONDS * 2
    assert found()


def test_requests_tell_by_which_state_they_were_answered(archive, clock):
    app = create_app(archive)
    app.extensions["xunwen"]["xunwen"].tidying = Tidying(clock)
    archive.answered_by = lambda: archive.state()
    client = app.test_client()
    client.get("/search?q=产业")
    found = left()
    archive.documents.pop()
    client.get("/search?q=产业")
    clock.now += PAUSE_SECONDS * 2
    client.get("/search?q=产业")
    assert found() is None
