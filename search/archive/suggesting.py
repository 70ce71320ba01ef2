"""The suggestions of the newest state of an archive, made once for it, in a thread if need be."""

import threading
from concurrent.futures import Future

from search.analysis.dictionary import NONE, Dictionary
from search.archive.suggestions import Suggestions
from search.deadline import check_deadline, seconds_left
from search.engine import IndexReader


class Suggesting:
    """Keeps the suggestions of the state that was asked for last. Safe across threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: IndexReader | None = None
        self._made: Future[Suggestions] = Future()
        self._before: Suggestions | None = None

    def of(
        self, reader: IndexReader, wait: bool, dictionary: Dictionary = NONE
    ) -> Suggestions | None:
        """Return the suggestions of a committed state; without `wait`, what there is meanwhile.

        Those of the state before answer until the new ones are made; at first there are none.
        What was met while they were made is raised here, and they are made again when asked for.
        """
        with self._lock:
            if self._reader is not reader:
                self._begin(reader, dictionary)
            made = self._made
            if not wait and not made.done():
                return self._before
        try:
            found = made.result(seconds_left())
        except TimeoutError:  # they go on being made, for who asks later
            check_deadline()
            raise
        except Exception:
            with self._lock:
                if self._made is made:
                    self._reader = None
            raise
        with self._lock:
            if self._made is made:
                self._before = found
        return found

    def _begin(self, reader: IndexReader, dictionary: Dictionary) -> None:
        """Have the suggestions of a state made; a thread that makes others ends by itself."""
        self._reader, self._made = reader, Future()
        arguments = (reader, dictionary, self._made)
        threading.Thread(target=_make, args=arguments, name="suggestions", daemon=True).start()


def _make(reader: IndexReader, dictionary: Dictionary, made: "Future[Suggestions]") -> None:
    try:
        made.set_result(Suggestions(reader, dictionary))
    except BaseException as error:  # raised to whoever asks
        made.set_exception(error)
