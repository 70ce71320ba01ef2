"""Figures of runs, beside what the definitions give by hand."""

import math
import sys
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ExtraMissingError
from search.evaluation import (
    Figures,
    JudgedQuery,
    Run,
    compare,
    mean,
    measure,
    without_result,
)

IDS = [f"d{number}" for number in range(14)]


def by_hand(grades, ranked):
    """Return the figures by their definitions."""
    best = ranked[:10]
    relevant = [one for one, grade in grades.items() if grade > 0]
    first = next((rank for rank, one in enumerate(best, 1) if one in relevant), math.inf)

    def gain(found):
        return sum(max(0, grade) / math.log2(rank + 1) for rank, grade in enumerate(found, 1))

    ideal = gain(sorted(grades.values(), reverse=True)[:10])
    return (
        1 / first,
        len(set(best) & set(relevant)) / len(relevant),
        gain([grades.get(one, 0) for one in best]) / ideal,
    )


@given(
    st.dictionaries(st.sampled_from(IDS), st.integers(0, 3)).filter(lambda g: any(g.values())),
    st.permutations(IDS).flatmap(lambda ids: st.integers(1, 14).map(lambda size: ids[:size])),
)
def test_figures_are_those_of_the_definitions(grades, ranked):
    found = measure([JudgedQuery("q", "", grades)], Run("", {"q": ranked}))
    assert astuple(found["q"]) == pytest.approx(by_hand(grades, ranked))


def test_a_query_that_the_run_has_nothing_of_counts_as_nought():
    queries = [JudgedQuery(qid, "", {"a": 1}) for qid in ("found", "empty", "absent")]
    run = Run("", {"found": ["b", "a"], "empty": [], "unasked": ["a"]})
    found = measure(queries, run)
    assert found == {
        "found": Figures(0.5, 1.0, pytest.approx(1 / math.log2(3))),
        "empty": Figures(),
        "absent": Figures(),
    }
    assert mean(found.values()).mrr_10 == pytest.approx(0.5 / 3)
    assert without_result(queries, run) == 2
    assert set(measure(queries, Run("", {})).values()) == {Figures()}
    assert mean([]) == Figures()


def test_without_the_library_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(ExtraMissingError) as caught:
        measure([], Run("", {}))
    assert str(caught.value) == "cannot measure a run: 'ir-measures' is not installed"
    assert caught.value.hint == "run \"pip install 'xunwen[eval]'\""


def test_what_changed_most_stands_first_and_equals_by_qid():
    before, after = (
        {qid: Figures(mrr_10=value) for qid, value in values.items()}
        for values in (
            {"a": 1.0, "b": 0.5, "c": 0.0, "d": 0.2, "e": 1.0},
            {"a": 0.5, "b": 1.0, "c": 1.0, "d": 0.2, "e": 1.0},
        )
    )
    found = compare(before, after, "mrr_10")
    assert [(one.qid, one.change) for one in found.differences] == [
        ("c", 1.0),
        ("a", -0.5),  # as much as b, and before it by its qid
        ("b", 0.5),
    ]
    assert (found.wins, found.losses, found.ties) == (2, 1, 2)
    assert (found.before, found.after) == (pytest.approx(0.54), pytest.approx(0.74))
    assert compare(before, after, "ndcg_10").ties == 5
