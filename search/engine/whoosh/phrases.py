"""Grams at fixed distances → the documents of one segment that hold them so."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.occurrences import Occurrences
from search.engine.whoosh.posting_lists import ListReader
from search.engine.whoosh.sections import Array
from search.engine.whoosh.term_postings import TermPostings


@dataclass(slots=True, eq=False)
class Placed:
    """A gram of a phrase: its lists from term `first` on, and how far behind the start it is."""

    lists: ListReader
    first: int
    postings: TermPostings
    offset: int
    spaced: bool | None = None  # of units: whether spaces part it from the unit before


def phrase(steps: Sequence[Placed], sets: DocumentSets, field: str = "") -> Documents:
    """Return the documents in which the grams stand at their distances.

    `field` ("title" or "body") says where; nothing, that it may be either.
    """
    order = sorted(steps, key=lambda step: len(step.postings.documents))
    common = _holders(order[0], sets)
    for step in order[1:]:
        common = common[sets.among(common, _holders(step, sets))]
    if not len(common):
        return common
    bias = max(step.offset for step in steps)  # so that no place is below 0
    places = _places(order[0], _among(order[0], common, sets), bias, field)
    for step in order[1:]:
        mine = _places(step, _among(step, common, sets), bias, "")
        places = places[sets.held(places, mine)]
    held = places >> 32
    if len(held) < 2:
        return held
    distinct = held[1:] != held[:-1]
    return held if distinct.all() else np.concatenate((held[:1], held[1:][distinct]))


def _holders(step: Placed, sets: DocumentSets) -> Documents:
    """Return the documents that hold a gram, rising."""
    documents = step.postings.documents
    return sets.distinct(documents) if step.postings.is_spread else documents


def _among(step: Placed, common: Documents, sets: DocumentSets) -> Array | None:
    """Return the postings of a gram in the documents, all of which hold it; None for all."""
    documents = step.postings.documents
    if step.postings.is_spread:
        return sets.among(documents, common).nonzero()[0]
    return sets.matching(common, documents)[1]


def _places(step: Placed, postings: Array | None, bias: int, field: str) -> Array:
    """Return where a phrase would begin by this gram: document << 32 | ordinal, rising."""
    occurrences = Occurrences(step.lists, step.first, step.postings)
    documents, ordinals = occurrences.places(postings, field, step.spaced)
    places = documents << 32
    places += ordinals
    places += bias - step.offset
    if step.postings.is_spread:
        places.sort()
    return places
