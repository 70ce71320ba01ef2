"""Nearness and originals told by reading one text are what trying every way tells."""

import itertools

import plain_nodes
from hypothesis import given
from hypothesis import strategies as st
from node_cases import exacts, originals, texts

from search.analysis import analyze_text, are_near, near_spans, original_spans
from search.text import fold


@given(texts, st.lists(exacts, min_size=1, max_size=3), st.sampled_from([0, 1, 2, 3, 9]))
def test_texts_are_near_where_any_choice_of_their_places_is(raw, parts, distance):
    folded = fold(raw).text
    literals = [part.whole for part in parts]
    expected = plain_nodes.are_near([one.text for one in literals], distance, analyze_text(raw))
    assert are_near(literals, distance, folded) == expected
    spans = near_spans(literals, distance, folded)
    assert bool(spans) == expected
    held = {(start, end) for one in literals for start, end in one.every_span(folded)}
    assert set(spans) <= held
    if expected:
        assert all(any(span in spans for span in one.every_span(folded)) for one in literals)


@given(texts, originals)
def test_an_original_stands_where_any_part_of_the_text_is_it(raw, node):
    folded = fold(raw)
    spans = original_spans(node.text, node.exact.whole, raw, folded)
    assert bool(spans) == plain_nodes.is_original(node.text, node.exact.text, raw)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
