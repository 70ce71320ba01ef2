"""Hits over time: how many of the articles found are of each year or month, as bars with links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from web.parameters import PageRequest

FEWEST_PERIODS = 3  # with an article; two bars tell nothing
MOST_PERIODS = 120  # that are shown: of a longer time the decades are
MOST_COUNTED = 2400  # values of year and month: two hundred years of months
HEIGHT = 100  # of the highest bar, in units of the drawing
WIDTH = 10  # of a period
GAP = 2  # between bars
LEAST_HEIGHT = 3  # of a bar that stands for any article at all


@dataclass(frozen=True, slots=True)
class Bar:
    """A period, how many articles are of it, where its bar stands, and the address of these."""

    name: str
    count: int
    x: float
    y: float
    height: float
    address: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from the first period to the last; `width` and `height` are those of the drawing."""

    bars: Sequence[Bar]
    most: int

    @property
    def width(self) -> int:
        """The width of the drawing, in its own units."""
        return WIDTH * len(self.bars)

    @property
    def height(self) -> int:
        """The height of the drawing, in its own units."""
        return HEIGHT

    @property
    def told(self) -> Sequence[Bar]:
        """The periods with an article."""
        return [bar for bar in self.bars if bar.count]


def timeline(
    asked: PageRequest, facets: Mapping[str, Sequence[tuple[str, int]]]
) -> Timeline | None:
    """Return the articles found over years, over months where they are of few years.

    Or over decades where years are very many. None where too few periods have any.
    """
    years, months = dict(facets.get("year", ())), dict(facets.get("month", ()))
    if len(years) >= FEWEST_PERIODS:
        first, last = int(min(years)), int(max(years))
        if last - first < MOST_PERIODS:
            periods = [(f"{year:04}", f"{year:04}") for year in range(first, last + 1)]
            return _drawn(asked, [(one, one, years.get(one, 0)) for one, _ in periods])
        return _drawn(asked, _decades(years))
    if len(months) >= FEWEST_PERIODS:
        return _drawn(asked, [(one, one, months.get(one, 0)) for one in _months(months)])
    return None


def _decades(years: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return the first and last year of each decade, or of longer times, with its articles."""
    first, last = int(min(years)), int(max(years))
    step = 10
    while (last - first) // step >= MOST_PERIODS:
        step *= 10
    starts = range(first // step * step, last + 1, step)
    counts = dict.fromkeys(starts, 0)
    for year, count in years.items():
        counts[int(year) // step * step] += count
    return [(f"{start:04}", f"{min(start + step - 1, 9999):04}", counts[start]) for start in starts]


def _months(months: Mapping[str, int]) -> list[str]:
    """Return all months from the first to the last, as dates are written."""
    first, last = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (min(months), max(months)))
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1)]


def _drawn(asked: PageRequest, periods: Sequence[tuple[str, str, int]]) -> Timeline:
    most = max(count for _, _, count in periods)
    bars = []
    for at, (since, until, count) in enumerate(periods):
        height = max(LEAST_HEIGHT, HEIGHT * count / most) if count else 0
        name = since if since == until else f"{since}–{until}"
        address = asked.address(page=1, since=since, until=until)
        bars.append(
            Bar(
                name,
                count,
                at * WIDTH + GAP / 2,
                round(HEIGHT - height, 2),
                round(height, 2),
                address,
            )
        )
    return Timeline(bars, most)
