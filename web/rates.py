"""How often one address may ask, so that a runaway script does not keep others waiting."""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from search.archive import SettingError, message


class RateLimit:
    """Counts the requests of each address, in this process: of N workers each allows as much."""

    def __init__(self, rate: str) -> None:
        """Allow `rate`, such as "3000/minute" or "10 per second"; "0/minute" allows any.

        Raises SettingError for what is no rate.
        """
        self._rate = _parsed(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, asker: str) -> int:
        """Return 0 and count a request of `asker`, or after how many seconds it may ask again."""
        if self._rate is None or self._limiter.hit(self._rate, asker):
            return 0
        reset = self._limiter.get_window_stats(self._rate, asker).reset_time
        return max(1, math.ceil(reset - time.time()))


def _parsed(rate: str) -> RateLimitItem | None:
    """Return a rate, None where it is 0."""
    try:
        if rate.strip().partition("/")[0].strip() == "0":
            return None
        return parse(rate)
    except ValueError as error:
        raise SettingError(
            message("cannot use setting 'site.rate': '{rate}' is no rate", rate=rate),
            message("write it as 3000/minute, or 0/minute for no limit"),
        ) from error
