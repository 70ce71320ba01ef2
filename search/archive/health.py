"""How healthy the sources of an archive are: what `search doctor` tells."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from search.archive.collisions import Collisions
from search.archive.damage import damage_notes
from search.archive.duplicates import Copies, ExactDuplicates
from search.archive.likeness import least_likeness
from search.archive.live import LiveIndex
from search.archive.manifest import Owner
from search.archive.report import DamageNote, Done, Progress, Report
from search.archive.sources import walk_sources
from search.config import ReadingSettings
from search.document import Document
from search.errors import SearchError, UnreadableArticleError
from search.reading import Source, SourceFile, documents, load

SURE = 0.9  # a confidence below is worth a look


@dataclass(frozen=True, slots=True)
class FileEncoding:
    """What a file was found to be encoded in."""

    source: str
    encoding: str
    confidence: float  # from 0 to 1


@dataclass(frozen=True, slots=True)
class Missing:
    """An article that does not say its title or its date."""

    id: str
    what: str  # title, date
    inferred: str  # what was taken for it from the text, or nothing
    place: str = ""  # where people find it: the line of a record, else the file


@dataclass
class Health:
    """What was found in the sources, everything that is wrong or was guessed by name."""

    files: int = 0
    articles: int = 0
    characters: int = 0
    encodings: list[FileEncoding] = field(default_factory=list)
    damage: list[DamageNote] = field(default_factory=list)
    duplicates: list[Copies] = field(default_factory=list)  # exact ones
    reprints: list[Copies] = field(default_factory=list)  # near ones, as the index knows them
    missing: list[Missing] = field(default_factory=list)
    failed: list[SearchError] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)  # suffix → files of kinds not read

    @property
    def failed_articles(self) -> int:
        """How many articles could not be read; a file or folder that could not counts as one."""
        return sum(error.count for error in self.failed)

    @property
    def unsure(self) -> list[FileEncoding]:
        """The files whose encoding may be another, the least sure first."""
        found = [one for one in self.encodings if one.confidence < SURE]
        return sorted(found, key=lambda one: one.confidence)

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend; missing titles and dates and reprints need not be."""
        return not (self.damage or self.duplicates or self.failed or self.unsure)


def _encoding_of(document: Document) -> FileEncoding:
    """Return what the file of a document is encoded in; where it does not say, that is sure."""
    metadata = document.metadata
    confidence = float(metadata.get("encoding_confidence", "1"))
    return FileEncoding(document.source, metadata.get("encoding", "utf-8"), confidence)


def examine(
    live: LiveIndex,
    paths: Sequence[str | Path],
    settings: ReadingSettings,
    progress: Progress | None = None,
) -> Health:
    """Return what is found when `paths`, or all sources of the index, are read as for indexing."""
    if paths:
        sources = list(dict.fromkeys(map(Source.of, paths)))
    else:
        sources = [Source.of(path) for path in live.manifest(live.reader()).sources]
    report = Report()
    index = live.generations.shown
    walks = walk_sources(sources, report, () if paths else sources, index, settings)
    examined = _Examination(settings)
    files = [(source, file) for source, walk in walks.items() for file in walk.files]
    size, all_size = 0, sum(file.size for _, file in files)
    for number, (source, file) in enumerate(files, start=1):
        examined.read(source, file)
        size += file.size
        if progress:
            progress(Done(number, len(files), size, all_size, examined.health.articles))
    health = examined.health
    health.failed[:0] = report.failed
    health.skipped += report.skipped
    health.duplicates = list(examined.duplicates.groups())
    health.reprints = list(_reprints(live, examined.owners.keys(), health.duplicates))
    return health


def _reprints(live: LiveIndex, examined: Set[str], exact: Sequence[Copies]) -> Iterator[Copies]:
    """Yield the groups of the index that are more than the same, of those that were examined."""
    try:
        manifest = live.manifest(live.reader())
    except SearchError:  # none, or one that other rules have built: articles need none
        return
    same = [set(group.ids) for group in exact]
    group_of = {document_id: group for group in same for document_id in group}
    for ids in manifest.copies.groups():
        found = tuple(document_id for document_id in ids if document_id in examined)
        if len(found) > 1 and not group_of.get(found[0], set()).issuperset(found):
            rows = [manifest.signatures.rows.get(document_id, b"") for document_id in found]
            yield Copies("near", found, least_likeness(rows))


class _Examination:
    """Reads file after file and notes what it finds."""

    def __init__(self, settings: ReadingSettings) -> None:
        self.health = Health()
        self.duplicates = ExactDuplicates()
        self._settings = settings
        self._collisions = Collisions(self.health.failed, settings)
        self.owners: dict[str, Owner] = {}  # id → where it was first

    def read(self, source: Source, file: SourceFile) -> None:
        """Look at all that a file gives."""
        self.health.files += 1
        try:
            raw = load(file, self._settings)
        except UnreadableArticleError as error:
            self.health.failed.append(error)
            return
        owner = Owner(str(source.path), file.id)
        encodings: dict[FileEncoding, None] = {}  # files within a .zip may differ
        for document in documents(file, raw, self._settings, self.health.skipped):
            if isinstance(document, UnreadableArticleError):
                self.health.failed.append(document)
            elif document.id in self.owners:
                self._collisions.add(document, owner, self.owners[document.id])
            else:
                self.owners[document.id] = owner
                self._examine(document)
                encodings[_encoding_of(document)] = None
        self.health.encodings += encodings

    def _examine(self, document: Document) -> None:
        health = self.health
        health.articles += 1
        health.characters += len(document.body)
        health.damage += damage_notes(document)
        self.duplicates.add(document)
        inferred = document.metadata.get("inferred", "").split(",")
        for what, value in (("title", document.title), ("date", document.date)):
            if not value or what in inferred:
                health.missing.append(Missing(document.id, what, value, document.place))
