"""What the tests of the embedded engine share: its sizes made small, its arrays told plainly."""

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import gettempdir

import pytest

from search.analysis import grams, words
from search.analysis.runs import elements
from search.analysis.steps import APART, NEXT
from search.document import Document
from search.engine.whoosh.inversion import Inverted
from search.engine.whoosh.posting_lists import PostingLists
from search.engine.whoosh.sections import Sections, write_sections
from search.engine.whoosh.segment import EXTENSION
from search.engine.whoosh.segment_writer import ArraySegmentWriter
from search.text import fold
from search.text.characters import is_cjk

TEMPORARY = Path(tempfile.gettempdir())  # for what waits while a segment is made

HERE = "search.engine.whoosh"

SPOOLS = Path(gettempdir())  # where what waits lies; its files have no names

# A few articles in these go through what millions do in earnest: several batches, ranges, segments,
# blocks of documents, strides and merges.
SMALL: Mapping[str, object] = {
    "search.analysis.batching.BATCH_CHARACTERS": 60,
    "search.analysis.pieces.PIECE_CHARACTERS": 5,
    f"{HERE}.writer.ArraySegmentWriter": partial(ArraySegmentWriter, memory=1500),
    f"{HERE}.inversion.SORTED_AT_ONCE": 8,
    f"{HERE}.segment_writer.TIER": 3,
    f"{HERE}.segment_writer.SMALLEST_TIER": 2,
    f"{HERE}.article_writer.BLOCK_CHARACTERS": 50,
    f"{HERE}.bits.STRIDE": 8,
    f"{HERE}.posting_lists.STRIDE": 8,
    f"{HERE}.bits.LISTED": 3,
    f"{HERE}.ends.BLOCK": 4,
    f"{HERE}.lexicon.BLOCK": 4,
    f"{HERE}.ends._MOST": 3,
    f"{HERE}.document_lists._WIDE": 3,
    f"{HERE}.document_lists._NARROW": 1,
    f"{HERE}.document_lists.DENSE": 3,
    f"{HERE}.document_lists.CHUNK": 4,
    f"{HERE}.document_sets.LOOKUP": 1,
    f"{HERE}.document_sets.MARKING": 2,
    f"{HERE}.top.BLOCK": 2,
    f"{HERE}.matching.FEW": 1,
    f"{HERE}.phrases.FEW": 1,
    f"{HERE}.scoring.FEW": 1,
    f"{HERE}.contenders.FEW": 2,
    f"{HERE}.segment_terms.SHORT": 2,
    f"{HERE}.characters.LEAST_POSTINGS": 6,
    f"{HERE}.digests.AT_ONCE": 4,
    f"{HERE}.han_words.AT_ONCE": 2,
    f"{HERE}.near.AT_ONCE": 3,
}


@contextmanager
def sizes(changed: Mapping[str, object] = SMALL, **more: object) -> Iterator[None]:
    """Set sizes for a while; `more` are names in the engine's folder, dots written as `__`."""
    named = {f"{HERE}.{name.replace('__', '.')}": value for name, value in more.items()}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {**changed, **named}.items():
            patched.setattr(name, value)
        yield


def written(sections: Mapping[str, object]) -> Sections:
    """Return sections as they are read again."""
    file = io.BytesIO()
    write_sections(file, sections)  # type: ignore[arg-type]
    return Sections(file.getvalue())


# Of one posting: count, count in the title, and of each occurrence its ordinal and its mark: of a
# pair, that a word begins there, of a unit, that spaces part it from one before. () where not kept.
Posting = tuple[int, int, tuple[int, ...], tuple[bool, ...]]
Told = dict[str, dict[int, Posting]]

# What articles are made of in these tests: every script, glosses, terms of several kinds, signs.
PIECES = [
    *(
        "长三角",
        "三角",
        "产业",
        "产业链",
        "産業",
        "示范区",
        "产",
        "业",
        "的",
        "𠮷",
        "㐀",
        "〇",
        "々",
    ),
    *("5G", "GIS", "C++", "bim+gis", "2024", "a", "é", "x\u0301", "1\u20e3", "Ａ", "a" * 70),
    *("タワー", "タワ", "서울", "한", "，", "。", "_", "\n", " ", "　", "示(shì)"),
]


def live_files(folder: Path) -> dict[str, int]:
    """Return the segments' files in a folder, and which file each is on disk."""
    return {path.name: path.stat().st_ino for path in folder.glob(f"*{EXTENSION}")}


def told(inverted: Inverted) -> dict[str, Told]:
    """Return what is inverted as dictionaries of pairs, units and words."""
    pairs = [
        chr(key >> 32) + (chr(key & 0xFFFFFFFF) if key & 0xFFFFFFFF else "")
        for key in inverted.pairs.tolist()
    ]
    return {
        "pairs": told_lists(pairs, inverted.pair_lists),
        "units": told_lists([t.decode() for t in inverted.units], inverted.unit_lists),
        "words": told_lists([t.decode() for t in inverted.words], inverted.word_lists),
    }


def told_lists(terms: Sequence[str], lists: PostingLists) -> Told:
    """Return posting lists as a dictionary; fails where they are out of order."""
    assert list(terms) == sorted(set(terms))
    starts = lists.starts.tolist()
    assert len(starts) == len(terms) + 1
    found: Told = {}
    at = 0
    for place, term in enumerate(terms):
        documents = lists.documents[starts[place] : starts[place + 1]].tolist()
        assert documents
        assert documents == sorted(set(documents))
        found[term] = {}
        for posting, document in enumerate(documents, start=starts[place]):
            count = int(lists.counts[posting])
            ordinals = flags = ()
            if lists.ordinals is not None and lists.begins is not None:
                ordinals = tuple(lists.ordinals[at : at + count].tolist())
                flags = tuple(map(bool, lists.begins[at : at + count].tolist()))
            at += count
            found[term][document] = count, int(lists.titles[posting]), ordinals, flags
    return found


def plain_terms(documents: Sequence[Document]) -> dict[str, Told]:
    """Return the same as `told`, counted token by token."""
    found: dict[str, Told] = {"pairs": {}, "units": {}, "words": {}}
    for number, document in enumerate(documents):
        title, body = fold(document.title).text, fold(document.body).text
        whole = title + "\n" + body
        ordinals = _ordinals(whole)
        pair_words = set()
        for start, text in ((0, title), (len(title) + 1, body)):
            for token in words(text):
                if len(token.term) == 2 and all(map(is_cjk, token.term)):
                    pair_words.add(start + token.start)
                else:
                    _add(found["words"], token.term, number, not start)
        for token in grams(whole):
            kind = "pairs" if is_cjk(token.term[0]) else "units"
            ordinal, spaced = ordinals[token.start]
            place = ordinal, token.start in pair_words or spaced
            _add(found[kind], token.term, number, token.start < len(title), place)
    return found


def _add(
    terms: Told, term: str, number: int, in_title: bool, place: tuple[int, bool] | None = None
) -> None:
    postings = terms.setdefault(term, {})
    count, titles, ordinals, flags = postings.get(number, (0, 0, (), ()))
    if place is not None:
        ordinals, flags = (*ordinals, place[0]), (*flags, place[1])
    postings[number] = count + 1, titles + in_title, ordinals, flags


def _ordinals(text: str) -> dict[int, tuple[int, bool]]:
    """Return the ordinal of each element by where it begins, and whether it is a unit spaced."""
    found: dict[int, tuple[int, bool]] = {}
    ordinal = end = 0
    was_cjk = False
    for stretch, start, is_cjk_ in elements(text):
        for at, piece in enumerate(stretch) if is_cjk_ else [(0, stretch)]:
            between = text[end : start + at]
            parted = bool(between)
            free = between.isspace() and "\n" not in between and not (is_cjk_ and was_cjk)
            if found:
                ordinal += APART if parted and not free else NEXT
            spaced = bool(found) and parted and free and not is_cjk_ and not was_cjk
            found[start + at] = ordinal, spaced
            end, was_cjk = start + at + len(piece), is_cjk_
    return found
