"""How many requests are worked on at once: the rest wait for a while, and are then refused.

Without a bound all threads of a server end up in slow searches, and nobody learns that it is busy.
"""

from flask import request

from search.archive import SiteSettings
from web import metrics
from web.gate import Busy
from web.holding import hold
from web.limits import FREE
from web.site import current_archive, current_mount, current_site

_SPARE = 4  # threads for what is free, and for refusals, while all others work or wait


def threads(settings: SiteSettings) -> int:
    """Return how many threads a server needs, so that what is free is answered whatever goes on."""
    return settings.at_once + settings.queue + _SPARE


def admit() -> None:
    """Hold a place for the present request and one state of the index, or raise Busy.

    What is free takes no place. The state is not looked for before something is asked of it.
    """
    if (request.endpoint or "").rpartition(".")[2] not in FREE:
        try:
            hold(current_site().gate.place())
        except Busy as busy:
            metrics.refused(current_mount(), busy.reason)
            raise
    hold(current_archive().one_state())
