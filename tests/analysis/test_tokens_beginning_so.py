"""Tokens are told once for a text and looked up: the same as looking at each."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.tokens import beginning_so, tokens

TEXTS = st.text(alphabet="ab5-_ 用。c", max_size=40)


@given(TEXTS, st.text(alphabet="abc5-", min_size=1, max_size=3))
def test_the_tokens_that_begin_so_are_those_that_do(folded, prefix):
    plain = [(start, end) for token, start, end in tokens(folded) if token.startswith(prefix)]
    found = beginning_so(folded, prefix)
    assert sorted(found) == sorted(plain)
    assert found == sorted(found, key=lambda span: (span[0], -span[1]))


def test_another_text_is_not_answered_from_the_one_before():
    for folded in ("ab ac", "ab", "ac ab ab", "x", "ab ac"):
        wanted = {(start, end) for token, start, end in tokens(folded) if token[0] == "a"}
        assert set(beginning_so(folded, "a")) == wanted
