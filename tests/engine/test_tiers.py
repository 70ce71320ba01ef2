"""Which segments are merged when: nothing large is written again for a few articles."""

from dataclasses import dataclass

import pytest
from engine_cases import Home, article
from hypothesis import given
from hypothesis import strategies as st
from whoosh_cases import live_files, sizes

from search.engine.whoosh.segment_writer import groups_to_merge


@dataclass(eq=False)
class Segment:
    """As much of one of Whoosh's as merging asks for."""

    live: int
    deleted: int = 0

    def doc_count(self) -> int:
        return self.live

    def doc_count_all(self) -> int:
        return self.live + self.deleted

    def deleted_count(self) -> int:
        return self.deleted


segments = st.lists(st.builds(Segment, st.integers(1, 5000), st.integers(0, 3000)), max_size=30)


def size(segment: Segment) -> int:
    """Return the bytes of a segment: as many as its documents."""
    return segment.doc_count_all()


def live(found: list[list[Segment]]) -> list[list[int]]:
    return [sorted(one.live for one in group) for group in found]


@given(segments)
def test_no_segment_is_in_two_groups_and_none_is_too_large(found) -> None:
    with sizes({}, segment_writer__MOST_MERGED=4000, segment_writer__TIER=3):
        groups = groups_to_merge(found, size)
    merged = [one for group in groups for one in group]
    assert len(merged) == len(set(merged))
    for group in groups:
        assert sum(map(size, group)) <= 4000 or len(group) == 1


@given(segments)
def test_segments_merged_until_nothing_is_left_to_merge(found) -> None:
    with sizes({}, segment_writer__MOST_MERGED=4000, segment_writer__TIER=3):
        for _ in range(len(found) + 5):
            groups = groups_to_merge(found, size)
            if not groups:
                return
            for group in groups:
                found = [one for one in found if one not in group]
                found.append(Segment(sum(one.live for one in group)))
    pytest.fail("merging goes on for ever")


def test_eight_of_a_tier_are_merged_and_seven_are_not() -> None:
    assert groups_to_merge([Segment(10) for _ in range(7)], size) == []
    assert live(groups_to_merge([Segment(10) for _ in range(8)], size)) == [[10] * 8]
    assert groups_to_merge([Segment(3000), *(Segment(10) for _ in range(7))], size) == []
    assert live(groups_to_merge([Segment(3000), *(Segment(9) for _ in range(8))], size)) == [
        [9] * 8
    ]


def test_a_segment_mostly_deleted_is_written_again() -> None:
    assert groups_to_merge([Segment(10, deleted=10)], size) == []
    assert live(groups_to_merge([Segment(10, deleted=11)], size)) == [[10]]


def test_segments_too_large_to_be_merged_are_left_alone() -> None:
    with sizes({}, segment_writer__MOST_MERGED=1000):
        assert groups_to_merge([Segment(900) for _ in range(9)], size) == []


def test_ten_articles_added_to_thousands_write_no_large_segment_again(tmp_path) -> None:
    home = Home("whoosh", tmp_path / "index")
    home.commit(*(article(f"{n:05}", f"产业{n}的长三角") for n in range(3000)))
    (large,) = live_files(home.folder).items()
    rewritten = 0
    for part in range(12):
        before = live_files(home.folder)
        rows = [article(f"{part:02}-{n}", f"示范区{n}") for n in range(10)]
        home.commit(*rows, deleted=[f"{part:05}"])
        after = live_files(home.folder)
        assert large in after.items()
        new = after.keys() - before.keys()
        rewritten += sum((home.folder / name).stat().st_size for name in new)
        assert len(after) < 10
    size = (home.folder / large[0]).stat().st_size
    assert rewritten < size, "ten articles cost as much as thousands"
    assert len(home.found("产业", limit=1)) == 1
    assert home.engine.reader().stats().documents == 3000 + 120 - 12


@pytest.mark.parametrize("gone", [range(0, 40, 3), range(0, 40, 2), range(37)])
def test_merging_loses_no_document_and_keeps_scores(tmp_path, gone) -> None:
    rows = [
        article(f"{n:02}", "长三角产业" * (n % 7 + 1) + "5G " * n, title="产业" * (n % 3))
        for n in range(40)
    ]
    left = [row for n, row in enumerate(rows) if n not in set(gone)]
    merged, fresh = (Home("whoosh", tmp_path / name) for name in ("merged", "fresh"))
    with sizes({}, segment_writer__TIER=2, segment_writer__SMALLEST_TIER=2):
        for at in range(0, 40, 4):
            merged.commit(*rows[at : at + 4])
        for n in gone:
            merged.commit(deleted=[rows[n].id])
    fresh.commit(*left)
    for query in ("产业", "长三角", "5g", "角", "-链"):
        assert merged.found(query) == fresh.found(query)
        scores = [score for _, score in fresh.scored(query)]
        assert [score for _, score in merged.scored(query)] == pytest.approx(scores, abs=1e-12)
    assert sorted(merged.found("-链")) == [row.id for row in left]
