"""Grams at fixed distances → the documents of one segment that hold them so."""

from collections.abc import Iterable, Sequence

import numpy as np

from search.analysis import Step
from search.deadline import check_deadline, checked
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.occurrences import Occurrences, posting_ordinals
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segment_terms import ListedTerm

FEW = 6  # documents: their postings are looked up, one by one

Placed = tuple[ListedTerm, Step]  # a gram of a phrase, with its lists in the segment


def phrase(steps: Sequence[Placed], sets: DocumentSets, field: str = "") -> Documents:
    """Return the documents in which the grams stand at their distances.

    `field` ("title" or "body") says where; nothing, that it may be either.
    """
    order = by_extent(steps)
    common = holders(order[0][0], sets)
    for term, _ in checked(order[1:]):
        if len(common) > FEW:
            common = common[sets.among(common, holders(term, sets))]
    if len(common) <= FEW:
        held = [number for number in common.tolist() if _stands_in(number, order, field)]
        return np.array(held, np.int64)
    return _standing(order, common, sets, field)


def by_extent(steps: Iterable[Placed]) -> list[Placed]:
    """Return grams with the shortest lists first, so that of longer ones little is read."""
    return sorted(steps, key=lambda placed: placed[0].extent)


def _standing(
    steps: Sequence[Placed], common: Documents, sets: DocumentSets, field: str
) -> Documents:
    """Return those of the documents, which hold all grams, in which they stand so."""
    held = phrase_places(steps, common, sets, field) >> 32
    if len(held) < 2:
        return held
    distinct = held[1:] != held[:-1]
    return held if distinct.all() else np.concatenate((held[:1], held[1:][distinct]))


def phrase_places(
    steps: Sequence[Placed], common: Documents, sets: DocumentSets, field: str
) -> Array:
    """Return where grams stand at their distances in the documents, which hold all of them.

    Places are document << 32 | ordinal, where the phrase begins.
    """
    bias = max(step.offset for _, step in steps)  # so that no place is below 0
    (term, step), *others = steps
    places = _places(term, step, _among(term, common, sets), bias, field)
    for term, step in checked(others):  # where the first stands the others do: the field is told
        here = _places(term, step, _among(term, common, sets), bias, "")
        places = places[sets.held(places, here)]
    places -= bias
    return places


def _stands_in(document: int, steps: Sequence[Placed], field: str) -> bool:
    """Return whether the grams stand at their distances in one document."""
    places: set[int] | None = None
    for term, step in checked(steps):
        here = {
            ordinal - step.offset
            for posting in term.found(document)
            for ordinal in posting_ordinals(term.lists, posting, field, step.spaced)
        }
        field = ""
        places = here if places is None else places & here
        if not places:
            return False
    return True


def holders(term: ListedTerm, sets: DocumentSets) -> Documents:
    """Return the documents that hold a gram, rising."""
    return sets.distinct(term.documents) if term.is_spread else term.documents


def _among(term: ListedTerm, common: Documents, sets: DocumentSets) -> Array | None:
    """Return the postings of a gram in the documents, all of which hold it; None for all."""
    if term.is_spread:
        return sets.among(term.documents, common).nonzero()[0]
    return sets.matching(common, term.documents)[1]


def _places(term: ListedTerm, step: Step, postings: Array | None, bias: int, field: str) -> Array:
    """Return where a phrase would begin by this gram: document << 32 | ordinal, rising."""
    occurrences = Occurrences(term.lists, term.first, term.postings)
    documents, ordinals = occurrences.places(postings, field, step.spaced)
    check_deadline()
    places = documents << 32
    places += ordinals
    places += bias - step.offset
    if term.is_spread:
        places.sort()
    return places
