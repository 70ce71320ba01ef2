"""Batches → posting lists, and several segments → one, against dictionaries made token by token."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import PIECES, SPOOLS, plain_terms, sizes, told

from search.analysis.batch import analyze_batch
from search.document import Document
from search.engine.whoosh.inversion import Inverted, Inverter
from search.engine.whoosh.merging import merge
from search.engine.whoosh.segment_file import write_segment
from search.text import fold

texts = st.lists(st.sampled_from([*PIECES, "\ud800"]), max_size=9).map("".join) | st.text(
    max_size=5
)
articles = st.tuples(st.just("") | texts, texts)
corpora = st.lists(articles, max_size=7)


def documents(corpus: list[tuple[str, str]]) -> list[Document]:
    return [Document(str(n), title, body) for n, (title, body) in enumerate(corpus)]


def inverted(found: list[Document], batch: int = 3) -> Inverted:
    inverter = Inverter(SPOOLS)
    for at in range(0, len(found), batch):
        inverter.add(analyze_batch(found[at : at + batch]))
    assert inverter.documents == len(found)
    return inverter.invert()


@given(corpora, st.integers(1, 8))
def test_posting_lists_are_those_counted_token_by_token(corpus, batch) -> None:
    found = documents(corpus)
    assert told(inverted(found, batch)) == plain_terms(found)


@given(corpora, st.sampled_from([1, 2, 5, 20]))
def test_sorting_by_ranges_gives_the_same(corpus, at_once) -> None:
    found = documents(corpus)
    with sizes({}, inversion__SORTED_AT_ONCE=at_once):
        assert told(inverted(found)) == plain_terms(found)


@given(st.lists(corpora.filter(len), min_size=1, max_size=3), st.sampled_from([1, 5, 20]))
def test_several_threads_write_the_same_segment_to_the_byte(corpora, at_once) -> None:
    inverter = Inverter(SPOOLS)
    for corpus in corpora:
        inverter.add(analyze_batch(documents(corpus)))
    written = []
    with sizes({}, inversion__SORTED_AT_ONCE=at_once):
        for threads in (1, 3):
            path = SPOOLS / f"segment-{threads}"
            write_segment(path, inverter.invert(threads), {}, inverter.documents, threads)
            written.append(path.read_bytes())
    assert written[0] == written[1]


@given(st.lists(corpora, min_size=1, max_size=4), st.data())
def test_segments_merged_are_those_of_the_documents_left(corpora, data) -> None:
    parts, left = [], []
    for corpus in corpora:
        found = documents(corpus)
        gone = data.draw(st.sets(st.integers(0, max(len(found) - 1, 0))))
        live = np.array([at not in gone for at in range(len(found))], bool)
        numbers = np.where(live, np.cumsum(live) - 1 + len(left), -1)
        left += [document for at, document in enumerate(found) if live[at]]
        parts.append((inverted(found), numbers))
    assert told(merge(parts)) == plain_terms(left)


@pytest.mark.parametrize("last", [0x26000, 0x40000])
def test_more_characters_than_sixteen_bits_can_number(last) -> None:
    # All of planes 2 and 3 counts as Han: more than 17 bits can number.
    points = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, last)]
    characters = "".join(map(chr, points))
    found = Document("", "", characters + "\n" + characters[::-1])
    pairs = inverted([found]).pairs.tolist()
    lines = fold(found.body).text.split("\n")
    expected = {(ord(a) << 32) | ord(b) for line in lines for a, b in pairwise(line)}
    assert pairs == sorted(expected | {ord(line[-1]) << 32 for line in lines})


def test_memory_that_is_taken_grows_with_what_waits() -> None:
    inverter = Inverter(SPOOLS)
    taken = []
    for document in documents([("产业", "长三角 gis")] * 3):
        inverter.add(analyze_batch([document]))
        taken.append(inverter.memory)
    assert 0 < taken[0] < taken[1] < taken[2]
