"""Any tree over several small segments, merged and with deletions, answers as the plain oracle."""

import pytest
from engine_cases import Home
from engine_oracle import Oracle, differences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from node_cases import histories, nodes, written
from whoosh_cases import sizes

from search.engine import FIELDS, SearchRequest


@pytest.fixture(scope="module", autouse=True)
def _small():
    with sizes():
        yield


@given(
    history=histories,
    asked=st.lists(nodes, min_size=1, max_size=6),
    fields=st.sampled_from([FIELDS, FIELDS, ("title",), ("body",)]),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_answers_as_the_oracle_in_small_segments(
    tmp_path_factory, history, asked, fields
) -> None:
    home = Home("whoosh", tmp_path_factory.mktemp("nodes") / "index")
    oracle = Oracle(written(home, history), fields)
    for node in asked:
        assert differences(home.scored(node, fields=fields), oracle.answers(node)) == [], node
        ranking = home.engine.reader().search(SearchRequest(node, fields=fields))
        assert not ranking.total or ranking.terms == oracle.terms(node)
