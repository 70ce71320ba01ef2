"""Generations on a cluster: an index each, whose `_meta` says by what it was built.

An alias is on the one that answers. Nothing of them lies on this machine: whoever has the same
search.toml has the same archive.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from search.analysis.dictionary import NONE, Dictionary, from_json
from search.archive.meta import (
    DICTIONARY,
    UNREADABLE,
    Built,
    Meta,
    check_format,
    check_rules,
    damaged,
    meta_of,
    rules,
    to_store,
)
from search.config.cluster import Cluster, Generation
from search.engine import DamageError
from search.engine.opensearch.catalog import Catalog
from search.engine.opensearch.paths import escaped, unescaped
from search.engine.registry import stored_manifest
from search.errors import ClusterName, IndexDamagedError, IndexMissingError
from search.messages import Message, message

if TYPE_CHECKING:
    from search.archive.lease import Lease
    from search.archive.parts import Parts, Plan

META = "_meta"
WORDS = "dictionary"  # the blob of the user's words by which a generation is cut
STAGED = "staged"  # in the meta of a generation that is being built: by what rules
PARTED = "parts"  # in the meta of one that is being built in so many parts
BUILT = "built"  # in the meta of one that was completed


_BEING_BUILT = {STAGED, PARTED}


class ClusterGenerations:
    """The generations of one archive; `search.archive.generations` says what each is for."""

    engine = "opensearch"

    def __init__(self, cluster: Cluster) -> None:
        self.index = cluster
        self._catalog = Catalog(cluster)
        self._lease: Lease | None = None
        self._noted = 0  # another when this process has noted something: it is then read again

    @property
    def shown(self) -> str:
        """What the index is called in messages."""
        return ClusterName(self.index)

    @contextmanager
    def writing(self, wait: float, may_create: bool) -> Iterator[None]:
        """Hold the lease of the archive."""
        from search.archive.lease import Lease  # searches do without

        if not may_create and not self._catalog.generations():
            raise IndexMissingError(self.shown)
        lease = Lease(self.index)
        self.parts.await_none(wait)
        with lease.held(wait):
            self.parts.await_none()  # none has begun meanwhile
            self._lease = lease
            try:
                yield
            finally:
                self._lease = None

    def reading(self, wait: float) -> AbstractContextManager[None]:
        """Hold the lease: later writers take away what only a commit before them shows."""
        return self.writing(wait, may_create=False)

    @cached_property
    def parts(self) -> "Parts":
        """The parts of a build, if there is one that several runs share."""
        from search.archive.parts import Parts  # searches do without

        return Parts(self.index)

    def unfinished(self) -> "Plan | None":
        """Return the plan of a build in parts that is not complete, if there is one."""
        plan = self.parts.plan()
        is_live = self._catalog.generations().get(plan.generation) if plan else None
        return plan if is_live is False else None

    def parts_done(self) -> tuple[int, int] | None:
        """Return how many parts of a build are done, and of how many; None where there is none."""
        plan = self.unfinished()
        return (len(plan.done), plan.of) if plan else None

    def current(self) -> str:
        """Return the generation with the alias on it: one request, that each search makes."""
        found = self._catalog.generations()
        name = next((name for name, is_live in found.items() if is_live), None)
        if name is None:
            if any(map(self._is_completed, found)):
                raise IndexDamagedError(
                    self.shown,
                    message("no alias '{alias}' says what answers", alias=self.index.name),
                )
            raise IndexMissingError(self.shown)
        return name

    def place(self, name: str, part: int = 0) -> Generation:
        """Return where a generation lies, or one part of it that is being built."""
        return self.index.generation(name, part)

    def identity(self, name: str) -> tuple[str, int]:
        """Return what tells a generation from any other: its name, which is never used twice."""
        return name, self._noted

    def meta(self, name: str) -> Meta:
        """Return what `name` was built by; an IndexDamagedError when that cannot be read."""
        try:
            return meta_of(_unescaped(self._stored(name)))
        except UNREADABLE as error:
            raise damaged(self.shown, name, META) from error

    def check_format(self, name: str) -> Meta:
        """Return the meta of `name`; an IndexMismatchError when it cannot be read here."""
        return check_format(self.meta(name), self.shown)

    def check(self, name: str) -> tuple[Meta, Dictionary]:
        """Return the meta and dictionary of `name`; an IndexMismatchError when other code built it.

        Other rules, tables or libraries are other code, too.
        """
        meta, dictionary = self.check_format(name), self.dictionary(name)
        check_rules(meta, dictionary, self.shown, name)
        return meta, dictionary

    def dictionary(self, name: str) -> Dictionary:
        """Return the words by which `name` is cut; an IndexDamagedError when they are lost."""
        blob = self._catalog.blob(name, WORDS)
        if blob is None:
            return NONE
        try:
            return from_json(blob.decode("utf-8"))
        except UNREADABLE as error:
            raise damaged(self.shown, name, DICTIONARY) from error

    def begin(self) -> str:
        """Make an empty index for a new generation and return its name.

        What was built in parts and is not complete goes.
        """
        self.give_up_parts()
        return self._catalog.create({})

    def begin_parts(self, of: int, dictionary: Dictionary) -> str:
        """Make an empty index for a generation that is built in parts, and return its name."""
        name = self._catalog.create({PARTED: of})
        self.write_dictionary(name, dictionary)
        return name

    def give_up_parts(self) -> None:
        """Take away what was built in parts and is not complete."""
        for name, is_live in self._catalog.generations().items():
            if not is_live and PARTED in (self._catalog.meta(name) or {}):
                self.discard(name)
        self.parts.end()

    def begin_from(self, before: str) -> str:
        """Make an index that shares what the one before holds, and return the generation's name."""
        return self._catalog.clone(before, {})

    def write_dictionary(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation the words by which it is cut, in place of others."""
        blob = dictionary.to_json().encode() if dictionary else b""
        self._catalog.put_blob(name, WORDS, blob)

    def write_staged(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation by what rules it is being built, and by what dictionary."""
        self.write_dictionary(name, dictionary)
        self._catalog.put_meta(name, {STAGED: rules(dictionary)})

    def staged(self, dictionary: Dictionary) -> str | None:
        """Return the newest generation that is unfinished and of the rules that are running."""
        wanted = rules(dictionary)
        for name, is_live in reversed(self._catalog.generations().items()):
            if not is_live and (self._catalog.meta(name) or {}).get(STAGED) == wanted:
                return name
        return None

    def is_staged(self, name: str) -> bool:
        """Return whether a generation is unfinished and has documents that were committed."""
        if self._is_live(name) or STAGED not in (self._catalog.meta(name) or {}):
            return False
        try:
            return bool(stored_manifest(self.engine, self.place(name)))
        except DamageError:
            return False

    def write_meta(self, name: str, built: Built) -> None:
        """Write into a generation just built what code built it and what it holds so far."""
        self._change(name, to_store(built, self.dictionary(name)))

    def note_dictionary(self, name: str, path: str, file: str) -> None:
        """Note where the words of a generation come from now: other lines, the same words."""
        self._change(name, {"dictionary": {"path": path, "file": file}})

    def note_sources(self, name: str, sources: Sequence[str]) -> None:
        """Note what sources a generation has now, in case its manifest is lost."""
        if list(self.meta(name).sources) != list(sources):
            self._change(name, {"sources": list(sources)})

    def switch(self, name: str, keep: int = 1, aside: str | None = None) -> None:
        """Put the alias on `name` in place of any other, at once; `keep` before it stay."""
        self._check_lease()
        self._catalog.compact(name)
        self._check_lease()
        self._catalog.switch(name)
        self._completed_now(name)
        self._discard_old(name, keep, aside)

    def put_aside(self, name: str) -> None:
        """Drop a damaged generation that another has replaced: a snapshot is what brings it back.

        It would take as much of each node as the one that answers.
        """
        self.discard(name)

    def newest(self) -> str | None:
        """Return the newest generation that was completed, be it the live one or not."""
        found = reversed(self._catalog.generations())
        return next((name for name in found if self._is_completed(name)), None)

    newest_completed = newest

    def may_be_named(self, _name: str) -> bool:
        """Return that nothing is known of which one was live: the alias is all there is."""
        return True

    def named_again(self, name: str) -> Message:
        """Return what is said where `name` has the alias again."""
        return message("no alias said what answers: '{name}' answers again", name=name)

    def tidy(self, keep: int = 1) -> None:
        """Take away what runs that were cut off have left; only the holder of the lease may.

        What is built in parts stays: others are still to come.
        """
        self._check_lease()
        live = self.current()
        self._catalog.unblock(live)
        plan = self.parts.plan()
        self._discard_old(live, keep, plan.generation if plan else None)
        self._completed_now(live)

    def abandon(self, name: str) -> None:
        """Take away a generation that was not completed; one that is live already stays."""
        if not self._is_live(name):
            self.discard(name)

    def discard(self, name: str) -> None:
        """Take a generation away."""
        self._catalog.drop(name)

    def _is_live(self, name: str) -> bool:
        return self._catalog.generations().get(name, False)

    def _is_completed(self, name: str) -> bool:
        meta = self._catalog.meta(name) or {}
        return BUILT in meta and not _BEING_BUILT & meta.keys()

    def _completed_now(self, name: str) -> None:
        """Take from what is said of a generation that it is being built."""
        meta = self._catalog.meta(name) or {}
        if _BEING_BUILT & meta.keys():
            kept = {key: meta[key] for key in meta if key not in _BEING_BUILT}
            self._catalog.put_meta(name, kept)

    def _discard_old(self, live: str, keep: int, aside: str | None = None) -> None:
        """Take away all generations but `keep` before the live one, those cut off included."""
        found = list(self._catalog.generations())
        before = [name for name in found if name < live and self._is_completed(name)]
        kept = {live, aside, *before[len(before) - min(keep, len(before)) :]}
        for name in found:
            if name not in kept:
                self.discard(name)

    def _stored(self, name: str) -> dict[str, Any]:
        stored = self._catalog.meta(name)
        if stored is None:
            raise IndexDamagedError(
                self.shown, message("generation '{name}' is not there", name=name)
            )
        return stored

    def _change(self, name: str, changed: Mapping[str, Any]) -> None:
        self._catalog.put_meta(name, self._stored(name) | _escaped(changed))
        self._noted += 1

    def _check_lease(self) -> None:
        """Raise an IndexLockedError where another run has taken the place of this one."""
        if self._lease:
            self._lease.check()


def _escaped(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stored with paths that are not UTF-8 as JSON writes them: no path is that."""
    found = dict(stored)
    if "sources" in stored:
        found["sources"] = list(map(escaped, stored["sources"]))
    if "dictionary" in stored:
        given = stored["dictionary"]
        found["dictionary"] = {**given, "path": escaped(given["path"])}
    return found


def _unescaped(stored: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(stored)
    found["sources"] = list(map(unescaped, stored["sources"]))
    given = stored.get("dictionary", {})
    found["dictionary"] = {**given, "path": unescaped(given.get("path", ""))}
    return found
