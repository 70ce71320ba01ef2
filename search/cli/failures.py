"""Files that could not be read, as people and programs are told of them."""

from collections.abc import Sequence

from search.archive import SearchError
from search.cli.output import say

SHOWN = 20  # of one kind; the rest is counted


def say_failures(failed: Sequence[SearchError]) -> None:
    """Say on stderr what failed, each with what to do."""
    for error in failed[:SHOWN]:
        say(f"search: {error}")
        if error.hint:
            say(f"hint: {error.hint}")
    say_rest(len(failed))


def say_rest(count: int) -> None:
    """Say on stderr how many of `count` were not shown."""
    if count > SHOWN:
        say(f"search: {rest(count - SHOWN)}")


def rest(count: int) -> str:
    """Return how to speak of `count` more."""
    return f"and {count:,} more; '--json' names them all"


def failure_fields(error: SearchError) -> dict[str, str]:
    """Return a failure as JSON fields."""
    return {
        "source": getattr(error, "source", ""),
        "code": error.code,
        "message": str(error),
        "hint": error.hint,
    }
