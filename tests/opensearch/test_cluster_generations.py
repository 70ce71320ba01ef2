"""Generations on a real node: made, staged, switched, kept and dropped; what is said of them."""

import os

import pytest
from opensearchpy import OpenSearch

from search import Cluster
from search.analysis.dictionary import Dictionary
from search.analysis.dictionary_file import read_dictionary
from search.archive import (
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
)
from search.archive.cluster_generations import ClusterGenerations
from search.archive.generations import generations_in
from search.archive.lease import Lease
from search.archive.meta import FORMAT, Built
from search.engine.opensearch.catalog import Catalog
from tests.opensearch.archive_places import place_on
from tests.opensearch.nodes import Node

WORDS: Dictionary = read_dictionary("容器编排\n", "dictionary.txt")[0]
NONE = Dictionary()
BUILT = Built("opensearch", "2026-01-01T00:00:00+00:00", 2, 22, ["/新闻", "/poems"], "/d.txt", "ab")


@pytest.fixture
def place(node: Node) -> Cluster:
    return place_on(node)


@pytest.fixture
def generations(place: Cluster) -> ClusterGenerations:
    return ClusterGenerations(place)


@pytest.fixture
def catalog(place: Cluster) -> Catalog:
    return Catalog(place)


def completed(generations: ClusterGenerations, words: Dictionary = NONE) -> str:
    """Return a generation as a build leaves it right before it is switched to."""
    name = generations.begin()
    generations.write_staged(name, words)
    generations.write_meta(name, BUILT)
    return name


def test_the_place_says_which_home_generations_have(place: Cluster) -> None:
    assert isinstance(generations_in(place), ClusterGenerations)
    assert generations_in(place).engine == "opensearch"
    assert generations_in("index").engine == "whoosh"


def test_without_any_generation_the_index_is_missing_and_the_hint_names_no_folder(
    generations: ClusterGenerations, place: Cluster
) -> None:
    with pytest.raises(IndexMissingError) as caught:
        generations.current()
    assert str(caught.value) == f"cannot open index '{place}': no index there"
    assert caught.value.hint == "run 'search index FOLDER' to build one"


def test_a_switch_makes_a_generation_the_one_that_answers(generations: ClusterGenerations) -> None:
    first = completed(generations)
    with pytest.raises(IndexMissingError):  # a first build that was not switched to yet
        generations.current()
    generations.switch(first)
    assert generations.current() == first
    second = completed(generations)
    assert generations.current() == first
    generations.switch(second)
    assert generations.current() == second
    assert first.startswith("gen-000001-")
    assert second.startswith("gen-000002-")
    assert generations.identity(first) != generations.identity(second)


def test_where_the_alias_is_lost_the_index_is_damaged_and_the_newest_can_be_named_again(
    generations: ClusterGenerations, client: OpenSearch
) -> None:
    name = completed(generations)
    generations.switch(name)
    client.indices.delete_alias(index="xunwen-gen-*", name="xunwen")
    with pytest.raises(IndexDamagedError) as caught:
        generations.current()
    assert str(caught.value) == (
        f"cannot open index '{generations.index}': no alias 'xunwen' says what answers"
    )
    assert caught.value.hint == "run 'search index --heal' to mend it from the articles"
    assert generations.newest() == generations.newest_completed() == name
    assert generations.may_be_named(name)
    generations.switch(name)
    assert generations.current() == name
    assert generations.named_again(name) == (f"no alias said what answers: '{name}' answers again")


@pytest.mark.parametrize("keep", [0, 1, 2])
def test_as_many_generations_stay_beside_the_live_one_as_are_wanted(
    generations: ClusterGenerations, catalog: Catalog, keep: int
) -> None:
    made = []
    for _ in range(4):
        made.append(completed(generations))
        generations.switch(made[-1], keep)
    assert list(catalog.generations()) == made[3 - keep :]


def test_a_damaged_generation_stays_until_another_has_replaced_it(
    generations: ClusterGenerations, catalog: Catalog
) -> None:
    damaged = completed(generations)
    generations.switch(damaged)
    new = completed(generations)
    generations.switch(new, keep=0, aside=damaged)
    assert list(catalog.generations()) == [damaged, new]
    assert generations.put_aside(damaged) is None
    assert list(catalog.generations()) == [new]


def test_what_is_said_of_a_generation_is_told_to_whoever_asks(
    generations: ClusterGenerations, place: Cluster
) -> None:
    name = completed(generations, WORDS)
    generations.switch(name)
    other = ClusterGenerations(place)  # as another machine has it
    meta, dictionary = other.check(other.current())
    assert dictionary == WORDS
    assert (meta.engine, meta.built, meta.format) == ("opensearch", BUILT.built, FORMAT)
    assert meta.sources == ("/新闻", "/poems")
    assert (meta.dictionary, meta.dictionary_file) == ("/d.txt", "ab")


def test_what_is_noted_later_is_read_again(generations: ClusterGenerations) -> None:
    name = completed(generations)
    generations.switch(name)
    before = generations.identity(name)
    generations.note_sources(name, ["/新闻", "/poems"])
    assert generations.identity(name) == before, "nothing else was noted"
    generations.note_sources(name, ["/诗"])
    generations.note_dictionary(name, "/e.txt", "cd")
    meta = generations.meta(name)
    assert (meta.sources, meta.dictionary, meta.dictionary_file) == (("/诗",), "/e.txt", "cd")
    assert generations.identity(name) != before


def test_a_source_whose_name_is_not_utf_8_is_told_as_it_is(generations: ClusterGenerations) -> None:
    name = completed(generations)
    sources = [os.fsdecode(b"/news/\xd0\xc2\xce\xc5"), "/two\nlines", "/plain"]
    generations.note_sources(name, sources)
    generations.note_dictionary(name, sources[0], "cd")
    assert list(generations.meta(name).sources) == sources
    assert generations.meta(name).dictionary == sources[0]


def test_a_build_that_was_cut_off_is_found_by_the_rules_and_words_it_goes_by(
    generations: ClusterGenerations,
) -> None:
    live = completed(generations)
    generations.switch(live)
    assert generations.staged(NONE) is None
    name = generations.begin()
    generations.write_staged(name, WORDS)
    assert generations.staged(WORDS) == name
    assert generations.staged(NONE) is None
    generations.write_meta(name, BUILT)  # it was cut off between that and the switch
    assert generations.staged(WORDS) == name
    assert generations.newest() == live
    generations.switch(name)
    assert generations.staged(WORDS) is None
    assert generations.newest() == name


def test_what_runs_that_were_cut_off_have_left_is_tidied_away(
    generations: ClusterGenerations, catalog: Catalog
) -> None:
    kept = completed(generations)
    generations.switch(kept)
    live = completed(generations)
    generations.switch(live)
    generations.begin()  # and no word of what it is
    generations.write_staged(generations.begin(), NONE)
    generations.begin_from(live)
    generations.tidy()
    assert list(catalog.generations()) == [kept, live]


def test_a_build_that_fails_takes_only_its_own_generation_away(
    generations: ClusterGenerations, catalog: Catalog
) -> None:
    live = completed(generations)
    generations.switch(live)
    name, other = generations.begin(), generations.begin()
    generations.abandon(name)
    generations.abandon(live)
    assert list(catalog.generations()) == [live, other]


def test_a_generation_made_of_another_has_words_of_its_own(generations: ClusterGenerations) -> None:
    before = completed(generations, WORDS)
    generations.switch(before)
    new = generations.begin_from(before)
    assert generations.newest() == before, "it is not completed by what it was made of"
    generations.write_dictionary(new, NONE)
    assert generations.dictionary(new) == NONE
    assert generations.dictionary(before) == WORDS


def test_a_generation_of_other_rules_is_refused_and_the_hint_names_no_folder(
    generations: ClusterGenerations, catalog: Catalog
) -> None:
    name = completed(generations)
    meta = catalog.meta(name)
    assert meta
    catalog.put_meta(name, meta | {"fingerprint": meta["fingerprint"] | {"rjieba": "0.0.1"}})
    with pytest.raises(
        IndexMismatchError, match=r"built with rjieba 0\.0\.1, and rjieba"
    ) as caught:
        generations.check(name)
    assert caught.value.hint == "run 'search index --heal' to build it again from its sources"
    catalog.put_meta(name, meta | {"format": FORMAT + 1})
    with pytest.raises(IndexMismatchError, match=f"built with format {FORMAT + 1}"):
        generations.check_format(name)


def test_a_generation_that_lost_its_words_or_what_is_said_of_it_is_damaged(
    generations: ClusterGenerations, catalog: Catalog
) -> None:
    name = completed(generations, WORDS)
    generations.write_dictionary(name, NONE)
    with pytest.raises(IndexDamagedError, match=r"dictionary\.json cannot be read"):
        generations.check(name)
    catalog.put_blob(name, "dictionary", b"\xff")
    with pytest.raises(IndexDamagedError, match=r"dictionary\.json cannot be read"):
        generations.check(name)
    catalog.put_meta(name, {"built": "2026"})
    with pytest.raises(IndexDamagedError, match="_meta cannot be read"):
        generations.meta(name)
    generations.discard(name)
    with pytest.raises(IndexDamagedError, match=f"generation '{name}' is not there"):
        generations.meta(name)


def test_who_writes_holds_the_lease_and_the_next_is_told_who_that_is(
    generations: ClusterGenerations, place: Cluster
) -> None:
    with (
        pytest.raises(IndexMissingError),
        generations.writing(0, may_create=False),
    ):
        raise AssertionError
    with generations.writing(0, may_create=True):
        with (
            pytest.raises(IndexLockedError) as caught,
            ClusterGenerations(place).writing(0, may_create=True),
        ):
            raise AssertionError
        assert str(caught.value) == (
            f"cannot write to index '{place}': another run is writing to it "
            f"(process {os.getpid()}, for 0 s)"
        )
        generations.switch(completed(generations))
    with ClusterGenerations(place).writing(0, may_create=False):
        pass


def test_a_run_whose_lease_was_taken_over_does_not_switch(
    generations: ClusterGenerations, place: Cluster
) -> None:
    with generations.writing(0, may_create=True):
        live = completed(generations)
        generations.switch(live)
        name = completed(generations)
        later = Lease(place, clock=lambda: 1e12, pause=lambda _: None)
        later.take()
        for change in (lambda: generations.switch(name), generations.tidy):
            with pytest.raises(IndexLockedError, match=r"another run is writing to it \(process"):
                change()
    assert generations.current() == live
