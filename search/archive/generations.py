"""Where the generations of an archive lie: in a folder of this machine, or on a cluster.

A generation is written beside the live one and becomes it at once, so at every moment there is
either the old index or the new one.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from search.analysis.dictionary import Dictionary
from search.archive.folder_generations import FolderGenerations
from search.archive.meta import Built, Meta
from search.config.cluster import Cluster, Generation
from search.errors import ClusterName, ExtraMissingError
from search.messages import Message, message


class Generations(Protocol):
    """The generations of one archive. Only the holder of the lock may change them."""

    @property
    def index(self) -> Path | Cluster:
        """Where they lie."""

    @property
    def engine(self) -> str:
        """The engine of a new generation."""

    @property
    def shown(self) -> str:
        """What the index is called in messages."""

    def writing(self, wait: float, may_create: bool) -> AbstractContextManager[None]:
        """Hold the lock that keeps a second writer out.

        An IndexLockedError where another holds it for `wait` seconds, an IndexMissingError where
        there is nothing yet, unless the archive `may_create` it.
        """

    def reading(self, wait: float) -> AbstractContextManager[None]:
        """Have all that the newest commit shows stay readable, however long that takes.

        An IndexLockedError where that takes a lock which another run holds for `wait` seconds.
        """

    def current(self) -> str:
        """Return the name of the live generation; an IndexMissingError when there is none."""

    def place(self, name: str) -> Path | Generation:
        """Return where a generation lies, as its engine is told."""

    def identity(self, name: str) -> object:
        """Return what tells a generation from another of the same name put in its place."""

    def meta(self, name: str) -> Meta:
        """Return what `name` was built by; an IndexDamagedError when that cannot be read."""

    def check_format(self, name: str) -> Meta:
        """Return the meta of `name`; an IndexMismatchError when it cannot be read here."""

    def check(self, name: str) -> tuple[Meta, Dictionary]:
        """Return the meta and dictionary of `name`; an IndexMismatchError when other code built it.

        Other rules, tables or libraries are other code, too.
        """

    def dictionary(self, name: str) -> Dictionary:
        """Return the words by which `name` is cut; an IndexDamagedError when they are lost."""

    def begin(self) -> str:
        """Make an empty place for a new generation and return its name."""

    def begin_from(self, before: str) -> str:
        """Make a place for a generation that its engine makes of the one before; return its name.

        The words by which it is cut are still to be written.
        """

    def write_dictionary(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation the words by which it is cut."""

    def write_staged(self, name: str, dictionary: Dictionary) -> None:
        """Write into a generation by what rules it is being built, and by what dictionary."""

    def staged(self, dictionary: Dictionary) -> str | None:
        """Return the newest generation that is unfinished and of the rules that are running."""

    def is_staged(self, name: str) -> bool:
        """Return whether a generation is unfinished and has documents that were committed."""

    def write_meta(self, name: str, built: Built) -> None:
        """Write into a generation just built what code built it and what it holds so far."""

    def note_dictionary(self, name: str, path: str, file: str) -> None:
        """Note where the words of a generation come from now: other lines, the same words."""

    def note_sources(self, name: str, sources: Sequence[str]) -> None:
        """Note what sources a generation has now, in case its manifest is lost."""

    def switch(self, name: str, keep: int = 1, aside: str | None = None) -> None:
        """Make `name` the live generation, durably; `keep` before it stay for slow readers.

        And `aside`, whatever is the matter with it.
        """

    def put_aside(self, name: str) -> Message | None:
        """Do away with a damaged generation that another has replaced; return what is left."""

    def newest(self) -> str | None:
        """Return the newest generation that is not being built."""

    def may_be_named(self, name: str) -> bool:
        """Return whether nothing says that another generation was the live one."""

    def named_again(self, name: str) -> Message:
        """Return what is said where `name`, that nothing named, answers again."""

    def newest_completed(self) -> str | None:
        """Return the generation that was completed last, be it named or not."""

    def parts_done(self) -> tuple[int, int] | None:
        """Return how many parts of a build are done, and of how many; None where there is none."""

    def tidy(self, keep: int = 1) -> None:
        """Take away what runs that were cut off have left."""

    def abandon(self, name: str) -> None:
        """Take away a generation that was not completed; one that is live already stays."""

    def discard(self, name: str) -> None:
        """Take a generation away."""


def generations_in(index: str | Path | Cluster) -> Generations:
    """Return the generations of the archive in a folder or on a cluster.

    An ExtraMissingError without what speaks with clusters.
    """
    if not isinstance(index, Cluster):
        return FolderGenerations(Path(index))
    try:
        from search.archive.cluster_generations import ClusterGenerations  # few have a cluster
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise ExtraMissingError(message("use a cluster"), "opensearch-py", "opensearch") from None
    return ClusterGenerations(index)


def shown(index: str | Path | Cluster) -> str:
    """Return what an index is called in messages."""
    return ClusterName(index) if isinstance(index, Cluster) else str(index)
