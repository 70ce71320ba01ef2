"""What is marked of prefixes, fuzzy tokens, originals, near texts and fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_cases import BODIES

from search.analysis import distance, grams, tokens, words
from search.query import And, Exact, Fuzzy, Held, In, Near, Not, Or, Original, Prefix, parse
from search.query import words_of as words_in
from search.results.highlight import Highlighter
from search.text import fold


def exact(text):
    folded = fold(text).text
    return Exact(folded, words_in(folded))


def original(text):
    return Original(text, exact(text))


def marked(tree, raw, field="body"):
    """Return what is marked in a text, as slices of it."""
    folded = fold(raw)
    matches = Highlighter(tree).matches_in(raw, folded, field)
    return [raw[start:end] for start, end in folded.offsets.raw_spans(matches.spans())]


TEXT = "用Docker-Compose和dock，見dokcer、Kubernetes。GPT4o與gpt-4；後后後(hòu)"


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        (Prefix("dock"), ["Docker-Compose", "dock"]),
        (Prefix("docker-"), ["Docker-Compose"]),
        (Prefix("gpt4"), ["GPT4o"]),
        (Prefix("4"), ["4", "4"]),
        (Prefix("见"), ["見"]),
        (Prefix(""), []),
        (Fuzzy("docker"), ["Docker", "dokcer"]),
        (Fuzzy("kuberntes"), ["Kubernetes"]),
        (Fuzzy("dick", 1), ["dock"]),
        (original("後"), ["後", "後(hòu)"]),
        (original("后"), ["后"]),
        (original("后後"), ["后後(hòu)"]),
        (original("gpt"), ["gpt"]),
        (Near((exact("dock"), exact("见")), 1), ["dock", "見"]),
        (Near((exact("见"), exact("dock")), 0), []),
        (Near((exact("后"), exact("gpt")), 3), ["gpt", "後"]),
        (Near((exact("后"), exact("gpt")), 4), ["gpt", "後", "后"]),
        (Near((exact("后"), exact("后后")), 0), ["後后", "後(hòu)"]),
        (Not(Prefix("dock")), []),
        (
            And((Prefix("dock"), Not(original("後")), Held("author", "後"))),
            ["Docker-Compose", "dock"],
        ),
        (Or((Prefix("dock"), exact("docker"))), ["Docker-Compose", "dock"]),
        (Not(Near((exact("dock"), exact("见")), 3)), []),
    ],
)
def test_what_a_node_finds_is_marked_and_nothing_else(tree, found):
    assert marked(tree, TEXT) == found


def test_what_is_asked_for_in_a_field_is_marked_in_that_alone():
    tree = And((In("title", exact("后")), In("body", Prefix("dock")), exact("用")))
    assert marked(tree, "后dock用", "title") == ["后", "用"]
    assert marked(tree, "后dock用", "body") == ["dock", "用"]
    assert [match.text for match in Highlighter(tree).matches("后dock用")] == ["后", "dock", "用"]


def test_a_run_beside_other_nodes_is_marked_as_ever():
    tree = And((parse("长三角示范区").tree, Prefix("g")))
    assert marked(tree, "GIS在长三角示范区，示范区") == ["GIS", "长三角示范区", "示范区"]


@given(BODIES, st.sampled_from(["b", "bim", "5", "gi", "node.", "c", "caf", "1", "x", "м"]))
def test_all_tokens_that_begin_so_are_marked(raw, prefix):
    folded = fold(raw).text
    inside = {at for s, e in Highlighter(Prefix(prefix)).spans(folded) for at in range(s, e)}
    every = [*words(folded), *grams(folded)]
    expected = {at for t in every if t.term.startswith(prefix) for at in range(t.start, t.end)}
    assert expected <= inside  # what is longer than any term is marked as well
    longer = {at for text, s, e in tokens(folded) if len(text) > 64 for at in range(s, e)}
    assert inside <= expected | longer


@given(st.text("abc1", max_size=7), st.text("abc1", max_size=7), st.integers(0, 3))
def test_a_distance_is_told_up_to_the_most_that_is_asked_for(one, other, most):
    whole = distance(one, other, 99)
    assert distance(one, other, most) == min(whole, most + 1)
    assert whole == distance(other, one, 99)
    assert (whole == 0) == (one == other)
