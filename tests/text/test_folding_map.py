"""The map never lies: every folded character stands in the author's text where the map says."""

from itertools import pairwise

from folding_cases import TEXTS, seed
from hypothesis import given

from search.text import Folded, Kind, Offsets, fold
from search.text.gloss import drop_glosses
from search.text.layout import join_lines
from search.text.offsets import Edit
from search.text.width import fold_width

CUT = "各美其美，一场联合招商完美诠释了这句话的真谛，日前示范区执委会会同上海青浦举办二四年联合"


def spans_of(folded: Folded) -> list[tuple[int, int]]:
    return [folded.offsets.raw_span(at, at + 1) for at in range(len(folded.text))]


@given(TEXTS)
def test_spans_rise_and_stay_in_range(text):
    spans = spans_of(fold(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for before, after in pairwise(spans):
        assert after[0] >= before[1] or after == before  # the next one, or the same block


@given(TEXTS)
def test_every_character_that_has_no_place_was_dropped_on_purpose(text):
    folded = fold(text)
    covered = {at for start, end in spans_of(folded) for at in range(start, end)}
    dropped = {
        at
        for edit in folded.offsets.edits
        if edit.start == edit.end
        for at in range(edit.raw_start, edit.raw_end)
    }
    assert covered | dropped == set(range(len(text)))
    assert not covered & dropped


@given(TEXTS)
def test_a_stretch_without_edits_folds_to_what_the_map_says_of_it(text):
    folded = fold(text)
    for at, (start, end) in enumerate(spans_of(folded)):
        assert folded.text[at] in fold(text[start:end]).text


@given(TEXTS)
def test_each_block_folds_alone_as_it_does_in_the_text(text):
    folded, offsets = fold_width(text)
    for edit in offsets.edits:
        alone = fold_width(text[edit.raw_start : edit.raw_end])[0]
        assert alone == folded[edit.start : edit.end]


@given(TEXTS)
def test_a_whole_text_comes_from_the_whole_text(text):
    folded = fold(text)
    start, end = folded.offsets.raw_span(0, len(folded.text))
    lost = fold(text[:start]).text + fold(text[end:]).text
    assert lost.strip() == ""


@given(TEXTS)
def test_a_longer_span_reaches_from_its_first_character_to_its_last(text):
    folded = fold(CUT + "\n\n" + text + "。")
    spans = spans_of(folded)
    for start in range(0, len(spans), 7):
        for end in range(start + 1, len(spans) + 1, 5):
            assert folded.offsets.raw_span(start, end) == (spans[start][0], spans[end - 1][1])


@given(TEXTS)
def test_two_steps_composed_map_as_one_after_the_other(text):
    text = text[: len(text) // 2] + CUT + "\n" + text[len(text) // 2 :] + "。"
    without_glosses, glosses = drop_glosses(text)
    joined, breaks = join_lines(without_glosses)
    folded, width = fold_width(joined)
    both = glosses.then(breaks)
    assert_composed(both, glosses, breaks, len(joined))
    assert_composed(both.then(width), both, width, len(folded))


def assert_composed(composed: Offsets, first: Offsets, later: Offsets, length: int) -> None:
    """Compare with mapping each character through both maps, blocks that meet melted together."""
    for at in range(length):
        start, end = composed.raw_span(at, at + 1)
        through_both = first.raw_span(*later.raw_span(at, at + 1))
        assert start <= through_both[0] < through_both[1] <= end
        if (start, end) != through_both:
            # Wider only where something dropped lies inside a block or at its edge.
            assert any(
                e.raw_start <= start and end <= e.raw_end and e.start <= at < e.end
                for e in composed.edits
            )


def test_composing_is_exact_where_blocks_do_not_meet():
    first = Offsets([Edit(1, 2, 1, 7, Kind.GLOSS)])  # 產(chǎn) → 產
    later = Offsets([Edit(2, 4, 2, 3)])  # ㎏ → kg
    assert first.then(later) == Offsets([Edit(1, 2, 1, 7, Kind.GLOSS), Edit(2, 4, 7, 8)])


def test_what_was_dropped_at_the_edge_of_a_block_stays_outside_it():
    first = Offsets([Edit(2, 2, 2, 4, Kind.BREAK)])  # before ㎏, and after it
    assert first.then(Offsets([Edit(2, 4, 2, 3)])) == Offsets(
        [Edit(2, 2, 2, 4, Kind.BREAK), Edit(2, 4, 4, 5)]
    )
    assert first.then(Offsets([Edit(1, 3, 1, 2)])) == Offsets(
        [Edit(1, 3, 1, 2), Edit(3, 3, 2, 4, Kind.BREAK)]
    )


def test_the_empty_map_changes_no_other():
    some = Offsets([Edit(0, 2, 0, 1)])
    assert some.then(Offsets()) == some
    assert Offsets().then(some) == some
    assert Offsets().raw_span(3, 5) == (3, 5)


def test_a_dropped_stretch_belongs_to_neither_neighbour():
    offsets = Offsets([Edit(2, 2, 2, 4, Kind.BREAK)])  # 联合⏎⏎招商
    assert offsets.raw_span(0, 2) == (0, 2)
    assert offsets.raw_span(2, 4) == (4, 6)
    assert offsets.raw_span(1, 3) == (1, 5)


def test_a_block_is_covered_whole_from_any_of_its_characters():
    folded = fold("重㎏。")
    assert folded.text == "重kg。"
    assert folded.offsets.raw_span(1, 2) == folded.offsets.raw_span(2, 3) == (1, 2)


def test_an_empty_span_stays_empty():
    folded = fold("產(chǎn)業(yè)")
    assert folded.offsets.raw_span(1, 1) == (7, 7)


@given(TEXTS)
def test_a_map_is_stored_and_read_back(text):
    offsets = fold(text).offsets
    assert Offsets.from_bytes(offsets.to_bytes()) == offsets


def test_a_stored_map_takes_twenty_bytes_an_edit():
    offsets = fold(seed("000")).offsets
    assert len(offsets.to_bytes()) == 20 * len(offsets.edits)
    assert Offsets.from_bytes(b"") == Offsets()


def test_equal_maps_are_equal_and_others_not():
    assert fold("㎏").offsets == fold("㎞").offsets
    assert hash(fold("㎏").offsets) == hash(fold("㎞").offsets)
    assert fold("㎏").offsets != fold("㍿").offsets


def test_a_joined_break_is_told_as_one_in_a_text_with_glosses_too():
    line = "在產(chǎn)業(yè)园区里，企业和研究机构把多年的经验写成文字，"
    line += "供后来的人在工作中时时查阅并且不断延"
    folded = fold(f"{line}\n\n伸下去，直到今天。")
    assert [folded.offsets.edits[at].kind for at in (0, 1, 2)] == [
        Kind.GLOSS,
        Kind.GLOSS,
        Kind.BREAK,
    ]
    assert folded.breaks == [(len(line), len(line) + 2)]
    assert folded.glosses == [(2, 8), (9, 13)]
