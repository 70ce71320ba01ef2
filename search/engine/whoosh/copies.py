"""Of articles that are copies of one another, the best that answers a search."""

from collections.abc import Sequence

import numpy as np

from search.engine.whoosh.document_sets import Documents
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segments import Segments


class Copies:
    """Groups of ids, found among the documents of a committed state once."""

    def __init__(self, segments: Segments, groups: Sequence[Sequence[str]]) -> None:
        self.groups = groups
        ids = [document_id for group in groups for document_id in group]
        numbers = segments.find_all(ids)
        found = numbers >= 0
        # Ids rise in a group, so places are what ties are decided by.
        self._places = np.full(segments.count, -1, np.int32)
        self._places[numbers[found]] = np.flatnonzero(found)
        self._group_of = np.repeat(np.arange(len(groups)), list(map(len, groups)))

    def doubled(self, found: Documents) -> Documents:
        """Return those of `found` that are copies of others of `found`."""
        places = self._places[found]
        copies = np.flatnonzero(places >= 0)
        groups = self._group_of[places[copies]]
        counts = np.bincount(groups, minlength=1)
        doubled: Documents = found[copies[counts[groups] > 1]]
        return doubled

    def worse(self, doubled: Documents, keys: Sequence[Array]) -> Documents:
        """Return those of `doubled` that are not the first of their group, rising.

        They sort by `keys`, the first of which decides, least first; ties by id.
        """
        places = self._places[doubled]
        groups = self._group_of[places]
        order = np.lexsort((places, *reversed(keys), groups))
        is_first = np.diff(groups[order], prepend=-1) != 0
        return np.sort(doubled[order[~is_first]])
