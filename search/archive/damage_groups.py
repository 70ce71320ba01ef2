"""What looks broken, an article at a time: fifty of the same in one are one thing to mend."""

from collections.abc import Iterable
from typing import NamedTuple

from search.archive.report import DamageNote
from search.messages import plural


class DamageGroup(NamedTuple):
    """The first place of its kind in an article, and how many there are."""

    first: DamageNote
    places: int

    @property
    def more(self) -> str:
        """What to put behind the first place: nothing when there is no other.

        >>> DamageGroup(DamageNote("a.txt", 3, "?shù)", "a gloss"), 2).more
        ' (and in 1 more place)'
        """
        rest = self.places - 1
        if not rest:
            return ""
        return plural(
            " (and in {count:,} more place)", " (and in {count:,} more places)", count=rest
        )


def grouped(notes: Iterable[DamageNote]) -> list[DamageGroup]:
    """Return a group for each kind of damage in each article, in the order of the first places."""
    found: dict[tuple[str, str], list[DamageNote]] = {}
    for note in notes:
        found.setdefault((note.id, note.reason), []).append(note)
    return [DamageGroup(same[0], len(same)) for same in found.values()]
