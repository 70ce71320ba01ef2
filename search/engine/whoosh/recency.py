"""What newer articles gain where a search asks for it: a factor of their score."""

from functools import cached_property

import numpy as np

from search.engine.ranking import HALF_LIFE_DAYS
from search.engine.whoosh.filters import Filters
from search.engine.whoosh.sections import Array
from search.engine.whoosh.segments import Floats, Segments


class Recency:
    """How new each document of a committed state is, beside the newest of its articles.

    Of a date that names no day, or no month, the first is taken.
    """

    def __init__(self, segments: Segments, filters: Filters) -> None:
        self._segments = segments
        self._filters = filters

    def factors(self, weight: float) -> Floats | None:
        """Return by what the score of each document is multiplied; None when by nothing.

            1 + weight · 2^(-age / half-life)

        The age is counted from the newest date in the index, the half-life is a year. Documents
        without a date count as older than any other and gain nothing.
        """
        if not weight or not self._filters.dates.any():
            return None
        factors: Floats = 1 + weight * self._newness
        return factors

    @cached_property
    def _newness(self) -> Floats:
        """2^(-age / half-life) of each document number, 0 without a date."""
        dates = self._filters.dates
        live = self._segments.documents
        days = _days(dates)
        held = live[dates[live] > 0]
        newest = days[held].max() if len(held) else days.max()
        newness = np.exp2(np.minimum(days - newest, 0) / HALF_LIFE_DAYS)
        newness[dates == 0] = 0.0
        found: Floats = newness
        return found


def _days(dates: Array) -> Array:
    """Return the days of dates as `date_number` gives them, counted from 1970 on."""
    years = (dates // 10_000 - 1970).astype("datetime64[Y]")
    months = years.astype("datetime64[M]") + np.maximum(dates // 100 % 100 - 1, 0)
    days = months.astype("datetime64[D]") + np.maximum(dates % 100 - 1, 0)
    found: Array = days.astype(np.int64)
    return found
