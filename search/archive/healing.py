"""Mending an index: what was found wrong, and no more than that takes.

What is damaged is put aside in a folder of its own, not thrown away: nobody can tell what else of
it may be wanted. On a cluster it goes when another answers.
"""

from dataclasses import replace

from search.archive.changes import USUAL, Way, build_held, hold, take_up
from search.archive.dictionaries import wanted
from search.archive.generations import Generations
from search.archive.integrity import index_damage
from search.archive.live import LiveIndex
from search.archive.report import Report
from search.engine.registry import damage_in
from search.errors import (
    OUTAGES,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    SearchError,
)
from search.messages import Message, message


def heal(live: LiveIndex, way: Way = USUAL) -> Report:
    """Do what it takes for the index and what is running to agree again, and no more.

    One that other rules, tables or libraries built, or that is damaged, is built anew from its
    sources; one that another dictionary cut is cut by the one there is now, where it differs.
    """
    with hold(live, way):
        generations = live.generations
        suspect = _live_name(generations) or generations.newest()
        notes = _named_again(generations, way)
        fault = _fault(live)
        if fault is None:
            try:
                report = _agreed(live, way)
            except IndexDamagedError as error:  # of which the checksums did not tell
                fault = error
        if fault is not None:
            aside = suspect if isinstance(fault, IndexDamagedError) else None
            report = build_held(live, (), replace(way, aside=aside))
            notes = [message("built anew: {fault}", fault=fault)]
            if aside:
                left = generations.put_aside(aside)
                notes += [left] if left else []
    if not notes and not report.notes:
        notes.append(message("there is nothing to mend"))
    report.notes[:0] = notes
    return report


def _named_again(generations: Generations, way: Way) -> list[Message]:
    """Have the newest generation answer again where none is said to, and return notes of it.

    Not where that is not whole, or another was said to: an older one would answer for it.
    """
    name = generations.newest()
    if name is None or _live_name(generations) or not _is_whole(generations, name):
        return []
    if not generations.may_be_named(name):
        return []
    generations.switch(name, way.writing.keep)
    return [generations.named_again(name)]


def _is_whole(generations: Generations, name: str) -> bool:
    """Return whether every byte of a generation is as it was written, and of what is running."""
    try:
        return not damage_in(generations.check(name)[0].engine, generations.place(name))
    except OUTAGES:
        raise
    except SearchError:
        return False


def _live_name(generations: Generations) -> str | None:
    """Return the live generation, None where that cannot be told."""
    try:
        return generations.current()
    except (IndexDamagedError, IndexMissingError):
        return None


def _agreed(live: LiveIndex, way: Way) -> Report:
    """Have an index that is whole cut by the dictionary that is wanted."""
    report = Report()
    before = live.snapshot()
    words = wanted(way.dictionary, before.meta)
    report.notes += words.notes
    live.generations.tidy(way.writing.keep)
    take_up(live, before, words, way, report)
    report.unchanged = before.reader.stats().documents
    return report


def _fault(live: LiveIndex) -> SearchError | None:
    """Return what keeps the index from being used, if it is there: all of it is read."""
    try:
        damage = index_damage(live.generations)
        live.manifest(live.reader())
    except (IndexMismatchError, IndexDamagedError) as error:
        return error
    return IndexDamagedError(live.generations.shown, damage[0]) if damage else None
