"""When something has changed in the sources: what the system tells, and what it cannot.

The system tells of changes inside a folder that is there. A folder that vanishes takes what it
would tell with it, and so does a file that an editor replaces: they are looked at now and then.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

LOOK_MS = 1000  # between two looks at the sources themselves
SETTLE_MS = 200  # no further change for so long, and what has changed is taken up
MOST_MS = 3000  # changes that do not end are taken up after so long
SOURCES_LOOKS = 10  # in so many looks it is asked once which sources there are
TEMPORARY = (".swp", ".swx", ".tmp", ".part", ".crdownload", "~")  # of editors and downloads

Identity = tuple[int, int] | None


def changes_in(sources: Callable[[], Sequence[str]], index: Path | None) -> Iterator[bool]:
    """Yield every second at the latest whether something in the sources may have changed.

    `sources` are asked for each time: another run may have added one. What happens in `index` is no
    change, wherever it lies.
    """
    watched = _identities(sources())
    while True:
        there = [path for path, identity in watched.items() if identity]
        # Before it was watched, anything may have happened.
        is_new = True
        for look, changed in enumerate(_told(there, index)):
            has_changed = is_new or changed
            names = sources() if has_changed or look % SOURCES_LOOKS == 0 else list(watched)
            now = _identities(names)
            yield has_changed or now != watched
            is_new = False
            if now != watched:
                watched = now
                break


def matters(path: str, sources: Collection[str], index: Path | None) -> bool:
    """Return whether an article may be at `path`: nothing hidden or temporary is.

    >>> [matters(f"/news/{name}", ["/news"], Path("/index")) for name in ("a.txt", ".a.txt.swp")]
    [True, False]
    """
    if index and Path(path).is_relative_to(index):
        return False
    for source in sources:
        if Path(path).is_relative_to(source):
            parts = Path(path).relative_to(source).parts
            return not any(part.startswith(".") or part.endswith(TEMPORARY) for part in parts)
    return False


def _told(sources: Sequence[str], index: Path | None) -> Iterator[bool]:
    """Yield whether the system has told of a change, bursts of them once; False now and then."""
    if not sources:  # all are gone: nothing can be watched
        while True:
            time.sleep(LOOK_MS / 1000)
            yield False
    from watchfiles import watch

    told = watch(
        *sources,
        watch_filter=None,
        debounce=MOST_MS,
        step=SETTLE_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    with suppress(FileNotFoundError):  # one went just before it was to be watched
        for found in told:
            yield any(matters(path, sources, index) for _, path in found)
    yield False


def _identities(paths: Sequence[str]) -> Mapping[str, Identity]:
    """Return what tells each file or folder from another of the same name; None where none is."""
    found: dict[str, Identity] = {}
    for path in paths:
        try:
            state = Path(path).stat()
        except OSError:
            found[path] = None
        else:
            found[path] = state.st_dev, state.st_ino
    return found
