"""Whether the files of an index are what was written, every byte of them."""

from search.archive.generations import Generations
from search.engine.registry import damage_in
from search.errors import IndexDamagedError
from search.messages import Message


def index_damage(generations: Generations) -> list[Message]:
    """Return what is damaged in an index, by name; nothing when every byte is as written.

    Where nothing says which one answers the newest generation is looked at. Raises
    IndexMissingError, or IndexMismatchError when other code built it.
    """
    found: list[Message] = []
    try:
        name = generations.current()
    except IndexDamagedError as error:
        found.append(error.cause)
        newest = generations.newest()
        if newest is None:
            return found
        name = newest
    engine = generations.engine
    try:
        engine = generations.check(name)[0].engine
    except IndexDamagedError as error:
        found.append(error.cause)
    return found + damage_in(engine, generations.place(name))
