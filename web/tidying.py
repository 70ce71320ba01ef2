"""What a state of the index leaves behind is collected soon after another answers.

Readers of an index refer to themselves, so that only the collector of garbage ends them, and
`web.warming` has it look rarely: a site that met a commit every few seconds grew by 9 MB with each.
"""

import gc
import time
from collections.abc import Callable

PAUSE_SECONDS = 5.0  # in which requests end that the state before was answering


class Tidying:
    """Notes by which state requests are answered."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._state = ""
        self._due = 0.0  # when to collect; 0 for not at all

    def note(self, state: str) -> None:
        """Note the state that answers now, if any; collect where another has not for a while.

        What was settled when the server began is not looked through, so that it takes some
        milliseconds. Where nothing was, the process is not the site's own: nothing is done.
        """
        if not state or not gc.get_freeze_count():
            return
        if self._due and self._clock() >= self._due:
            self._due = 0.0
            gc.collect()
        if state != self._state:
            is_first, self._state = not self._state, state
            self._due = self._due or (0.0 if is_first else self._clock() + PAUSE_SECONDS)
