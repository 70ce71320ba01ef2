"""Documents that may be on a page, with what they sort by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.engine.whoosh.document_sets import Documents
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segments import Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents, each once, with the score and the tier of each."""

    documents: Documents
    scores: Floats
    tiers: Array

    @classmethod
    def joined(cls, parts: Sequence["Candidates"]) -> "Candidates":
        """Return all of several as one."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([np.zeros(0, np.int64), *(part.documents for part in parts)]),
            np.concatenate([np.zeros(0), *(part.scores for part in parts)]),
            np.concatenate([np.zeros(0, np.int64), *(part.tiers for part in parts)]),
        )

    def kept(self, places: Array) -> "Candidates":
        """Return those at the places, which may be marks of each."""
        return Candidates(self.documents[places], self.scores[places], self.tiers[places])
