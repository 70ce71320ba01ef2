"""The arrays under Whoosh: sections, posting lists, merging, and Whoosh's own view of them."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.query import Prefix, Term

from search.document import Document
from search.engine.whoosh import WhooshEngine
from search.engine.whoosh.inversion import Inverter, PostingLists, merge
from search.engine.whoosh.lexicon import Lexicon, sections_of
from search.engine.whoosh.sections import Sections, SectionsError, write_sections

TERMS = st.lists(st.text("ab长三角é𠮷", min_size=1, max_size=3), max_size=12)
CORPORA = st.lists(TERMS, max_size=6)

Counted = dict[str, dict[int, int]]


def plain(corpus: list[list[str]]) -> Counted:
    """Return term → document → count, the plain way."""
    found: Counted = {}
    for document, terms in enumerate(corpus):
        for term, count in Counter(terms).items():
            found.setdefault(term, {})[document] = count
    return found


def inverted(corpus: list[list[str]]) -> PostingLists:
    inverter = Inverter()
    for document, terms in enumerate(corpus):
        inverter.add(document, terms)
    return inverter.invert()


def lexicon(lists: PostingLists) -> Lexicon:
    file = io.BytesIO()
    write_sections(file, sections_of("words", lists))
    return Lexicon(Sections(file.getvalue()), "words")


def told(read: Lexicon) -> Counted:
    found: Counted = {}
    for place, term in enumerate(read.terms()):
        documents, counts = read.postings(place, place + 1)
        assert documents.tolist() == sorted(set(documents.tolist()))
        found[term.decode()] = dict(zip(documents.tolist(), counts.tolist(), strict=True))
    return found


@given(CORPORA)
def test_posting_lists_are_those_counted_plainly(corpus: list[list[str]]) -> None:
    read = lexicon(inverted(corpus))
    assert told(read) == plain(corpus)
    assert list(read.terms()) == sorted(read.terms())


@given(CORPORA, CORPORA, st.sets(st.integers(0, 11)))
def test_merged_lists_are_those_of_the_documents_that_are_left(
    first: list[list[str]], second: list[list[str]], deleted: set[int]
) -> None:
    together = [*first, *second]
    numbers = np.full(len(together), -1, np.int64)
    left = [at for at in range(len(together)) if at not in deleted]
    numbers[left] = np.arange(len(left))
    merged = merge(
        [(inverted(first), numbers[: len(first)]), (inverted(second), numbers[len(first) :])]
    )
    assert told(lexicon(merged)) == plain([together[at] for at in left])


@given(CORPORA, st.text("ab长三角é𠮷", max_size=2))
def test_a_prefix_names_the_terms_that_begin_with_it(corpus: list[list[str]], prefix: str) -> None:
    read = lexicon(inverted(corpus))
    start, end = read.prefixed(prefix.encode())
    assert [t.decode() for t in read.terms(start, end)] == sorted(
        term for term in plain(corpus) if term.startswith(prefix)
    )


@given(CORPORA, st.text("ab长三角é𠮷", max_size=3))
def test_a_term_has_a_place_when_it_is_there(corpus: list[list[str]], term: str) -> None:
    place = lexicon(inverted(corpus)).place(term.encode())
    assert (place is not None) == (term in plain(corpus))


def test_a_count_beyond_two_bytes_is_kept_as_the_most() -> None:
    assert told(lexicon(inverted([["a"] * 70_000]))) == {"a": {0: 65_535}}


def test_every_flipped_bit_of_a_section_is_found_and_a_cut_file_is_refused() -> None:
    file = io.BytesIO()
    write_sections(file, {"one": np.arange(9, dtype=np.uint16), "two": b"abc", "none": b""})
    whole = file.getvalue()
    sections = Sections(whole)
    assert sections.verify() == []
    assert sections.array("one").tolist() == list(range(9))
    assert sections.bytes("two", 1, 3) == b"bc"
    for name, at in (("one", 3), ("two", 64)):
        broken = bytearray(whole)
        broken[at] ^= 4
        assert Sections(bytes(broken)).verify() == [name]
    for length in (0, 10, len(whole) - 1):
        with pytest.raises(SectionsError):
            Sections(whole[:length])


def test_whoosh_itself_walks_queries_and_counts_our_terms(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path)
    for number, bodies in enumerate((["长三角产业", "产业链产业"], ["三角洲", "5G产业"])):
        writer = engine.writer()
        documents = [Document(f"{number}-{at}", "", body) for at, body in enumerate(bodies)]
        writer.write(documents)
        writer.commit(b"{}")
    writer = engine.writer()
    writer.delete(["0-0"])
    writer.commit(b"{}")

    index = open_dir(str(tmp_path))
    with index.searcher() as searcher:
        found = searcher.search(Term("body_grams", "产业"), limit=None, scored=False)
        ids = [searcher.ixreader.column_reader("id")[number] for number in found.docs()]
        assert sorted(ids) == ["0-1", "1-1"]
        assert len(searcher.search(Prefix("body_grams", "三"), limit=None)) == 1
    with index.reader() as reader:
        assert ("body_grams", "产业") in reader
        assert ("body_grams", "链产") in reader
        assert ("body_grams", "没有") not in reader
        assert list(reader.expand_prefix("body_grams", "三")) == [b"\xe4\xb8\x89\xe8\xa7\x92"]
        assert reader.doc_frequency("body_grams", "没有") == 0
        assert ("body_words", "5g") in {(f, t.decode()) for f, t in reader.all_terms()}
