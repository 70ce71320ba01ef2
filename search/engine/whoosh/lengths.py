"""How long each document is, in terms: the exact lengths that scores need.

Whoosh keeps field lengths in one lossy byte, and merging rounds them again.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from search.engine.whoosh.sections import Array, Sections, smallest

if TYPE_CHECKING:  # searches do without
    from search.analysis.batch import Batch

KINDS = ("words", "grams")
TEXTS = ("title", "body")


class LengthWriter:
    """Collects the lengths of a segment's documents."""

    def __init__(self) -> None:
        self._counts: dict[str, list[Array]] = {kind: [] for kind in KINDS}

    def add(self, batch: "Batch") -> None:
        """Add the lengths of a batch's titles and bodies."""
        self._counts["words"].append(batch.word_counts)
        self._counts["grams"].append(batch.element_counts)

    def add_lengths(self, lengths: dict[tuple[str, str], Array]) -> None:
        """Add lengths as `read_lengths` gives them, of documents that are merged."""
        for kind in KINDS:
            both = [lengths[kind, text] for text in TEXTS]
            self._counts[kind].append(np.stack(both, axis=1).ravel())

    def sections(self) -> dict[str, Array | bytes]:
        """Return all that was added as the sections that `read_lengths` reads."""
        return {
            f"lengths.{kind}.{text}": smallest(_every_other(self._counts[kind], at))
            for kind in KINDS
            for at, text in enumerate(TEXTS)
        }


def _every_other(counts: Sequence[Array], first: int) -> Array:
    return np.concatenate([np.zeros(0, np.int64), *(part[first::2] for part in counts)])


def read_lengths(sections: Sections, kind: str, text: str) -> Array:
    """Return the number of terms of a kind in the title or the body of each document."""
    return sections.array(f"lengths.{kind}.{text}")
