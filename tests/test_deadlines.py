"""A time budget: what it refuses, when it looks, and that one inside another only shortens it."""

import itertools
import threading

import pytest

from search.deadline import check_deadline, checked, checked_by_many, seconds_left, within
from search.errors import QueryTimeoutError


def ticking():
    """Return a clock that is a second further each time it is looked at."""
    return itertools.count().__next__


def looks_until_refused(seconds: float) -> int:
    with within(seconds, ticking()):
        for looks in itertools.count(1):
            try:
                check_deadline()
            except QueryTimeoutError:
                return looks
    raise AssertionError("unreachable")


def test_a_budget_is_used_up_after_so_many_seconds():
    assert [looks_until_refused(seconds) for seconds in (1, 2, 7.5)] == [1, 2, 8]


def test_without_a_budget_nothing_is_refused():
    check_deadline()
    assert seconds_left() is None
    with within(0, ticking()):
        assert list(checked(range(1000))) == list(range(1000))
        assert seconds_left() is None


def test_what_was_refused_says_how_long_it_might_have_taken():
    with pytest.raises(QueryTimeoutError) as caught, within(0.5, ticking()):
        check_deadline()
    assert caught.value.seconds == 0.5
    assert str(caught.value) == "cannot answer within 0.5 s: too much has to be looked through"
    assert caught.value.hint == "search for fewer words, or for rarer ones"
    named = QueryTimeoutError(3, '原文:"後"')
    assert named.hint == "leave out '原文:\"後\"', or search for fewer and rarer words"


def test_a_budget_inside_another_can_only_make_it_less():
    with within(3, ticking()):
        with within(100, ticking()):
            check_deadline()
            check_deadline()
            with pytest.raises(QueryTimeoutError) as caught:
                check_deadline()
        assert caught.value.seconds == 3
    with within(100, ticking()):
        with pytest.raises(QueryTimeoutError), within(1, ticking()):
            check_deadline()
        check_deadline()  # what is outside goes on


def test_what_is_left_is_the_least_of_all():
    with within(100, lambda: 0.0), within(7, lambda: 0.0):
        assert seconds_left() == 7
    with within(7, lambda: 0.0), within(100, lambda: 0.0):
        assert seconds_left() == 7
    with within(2, ticking()):
        assert [seconds_left() for _ in range(3)] == [1, 0, 0]


def test_items_are_given_until_the_time_is_up():
    given = []
    with pytest.raises(QueryTimeoutError), within(4, ticking()):
        given += [given.append(item) for item in checked("abcdef")]
    assert given == ["a", "b", "c"]


def test_of_many_items_the_clock_is_looked_at_between_some():
    given = []
    with pytest.raises(QueryTimeoutError), within(3, ticking()):
        given += [given.append(item) for item in checked_by_many(range(10_000))]
    assert given == list(range(512))
    assert list(checked_by_many(range(1000))) == list(range(1000))
    assert list(checked_by_many([])) == []


def test_a_budget_is_that_of_its_own_thread():
    found = []

    def look():
        check_deadline()
        found.append(seconds_left())

    with within(1, ticking()):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert found == [None]
