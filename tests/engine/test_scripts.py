"""In which script a body is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_nodes import script_of

from search.analysis.classes import code_points
from search.engine.scripts import scripts_of

BODIES = {
    "產業鏈與長江": "traditional",
    "产业链与长江": "simplified",
    "后里黄峰床": "other",  # each of them is written in Taiwan or Hong Kong as well
    "GIS 2024": "other",
    "": "other",
    "產業產業產業產業，产": "traditional",  # one of nine
    "產業產業，产": "mixed",  # one of five
    "产业产业，產": "mixed",
}


@pytest.mark.parametrize("body", BODIES)
def test_characters_that_only_one_script_has_tell_it(body):
    assert script_of(body) == BODIES[body]


@given(st.lists(st.text("產产業业后黄a，", max_size=12) | st.sampled_from([*BODIES]), max_size=6))
def test_many_bodies_at_once_are_told_as_each_by_itself(bodies):
    found = scripts_of(code_points("".join(bodies)), [len(body) for body in bodies])
    assert list(found) == [script_of(body) for body in bodies]
