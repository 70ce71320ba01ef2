"""Of articles that are copies of one another, the best that answers a search."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import repeat

import numpy as np

from search.engine.whoosh.document_sets import Documents
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segments import Segments


class Copies:
    """Groups of ids, told of the documents of a committed state.

    To find all of 19,000 ids among 320,000 takes 80 ms; so as long as fewer documents than there
    are ids were asked for, the ids of those are looked up instead.
    """

    def __init__(self, segments: Segments, groups: Sequence[Sequence[str]]) -> None:
        self.groups = groups
        self._segments = segments
        self._asked = 0
        self._group_of = np.repeat(np.arange(len(groups)), list(map(len, groups)))

    def doubled(self, found: Documents) -> tuple[Documents, int]:
        """Return those of `found` that are copies of others of `found`, and how many are too many.

        One of each group is none too many.
        """
        if len(found) < 2:
            return found[:0], 0
        places = self._places(found)
        copies = (places >= 0).nonzero()[0]
        if len(copies) < 2:
            return found[:0], 0
        groups = self._group_of.take(places.take(copies))
        counts = np.bincount(groups)
        is_doubled = counts.take(groups) > 1
        surplus = int(is_doubled.sum()) - int((counts > 1).sum())
        doubled: Documents = found[copies[is_doubled]]
        return doubled, surplus

    def worse(self, doubled: Documents, keys: Sequence[Array]) -> Documents:
        """Return those of `doubled` that are not the first of their group, rising.

        They sort by `keys`, the first of which decides, least first; ties by id.
        """
        places = self._places(doubled)
        groups = self._group_of[places]
        order = np.lexsort((places, *reversed(keys), groups))
        is_first = np.diff(groups[order], prepend=-1) != 0
        return np.sort(doubled[order[~is_first]])

    def _places(self, documents: Documents) -> Array:
        """Return at which place among all ids each document is, -1 for none.

        Ids rise in a group, so places are what ties are decided by.
        """
        self._asked += len(documents)
        if self._asked > len(self._group_of):
            found_places: Array = self._all_places.take(documents)
            return found_places
        found = map(self._place_of.get, self._segments.ids(documents.tolist()), repeat(-1))
        return np.fromiter(found, np.int32, len(documents))

    @cached_property
    def _place_of(self) -> Mapping[bytes, int]:
        return {document_id.encode(): place for place, document_id in enumerate(self._ids())}

    @cached_property
    def _all_places(self) -> Array:
        numbers = self._segments.find_all(self._ids())
        found = numbers >= 0
        places = np.full(self._segments.count, -1, np.int32)
        places[numbers[found]] = np.flatnonzero(found)
        return places

    def _ids(self) -> list[str]:
        return [document_id for group in self.groups for document_id in group]
