"""One verification: strings are drawn, the files read again, then the index is asked."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.analysis import Literal
from search.analysis.dictionary import Dictionary
from search.archive.live import LiveIndex
from search.archive.manifest import Manifest
from search.archive.report import Done, Progress
from search.archive.verifying.asking import Asking, Known, Page
from search.archive.verifying.characters import CharacterTruth
from search.archive.verifying.drawing import drawn
from search.archive.verifying.rereading import Reread, Rereading
from search.archive.verifying.sample import Sample
from search.archive.verifying.storing import differences
from search.archive.verifying.truth import StringTruth, Texts
from search.archive.verifying.verification import Failure, Verification
from search.config import ReadingSettings
from search.engine import IndexReader
from search.errors import IndexUnreadableError
from search.messages import message
from search.text import fold

BATCH_CHARACTERS = 1 << 21  # of folded text that is looked through at a time


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is asked: so many strings, drawn by a seed; every character of the archive."""

    samples: int = 1000
    seed: int = 0
    all_characters: bool = False


def verify(
    live: LiveIndex,
    page: Page,
    extent: Extent,
    settings: ReadingSettings,
    progress: Progress | None = None,
) -> Verification:
    """Return what is wrong in the live index; `page` is what a user is shown of a query.

    Raises IndexDamagedError where bytes are not those that were written, before anything is asked.
    Raises IndexUnreadableError when another run changed the index meanwhile and something failed.
    """
    reader, _, _, dictionary = live.snapshot()
    found = Verification(live.generations.shown, extent.seed)
    with live.damage_named():
        reader.verify()
        _Run(reader, dictionary, live.manifest(reader), page, extent, found).run(settings, progress)
    if not found.is_well and live.reader() is not reader:
        raise IndexUnreadableError(message("another run has changed it while it was verified"))
    return found


class _Run:
    def __init__(
        self,
        reader: IndexReader,
        dictionary: Dictionary,
        manifest: Manifest,
        page: Page,
        extent: Extent,
        found: Verification,
    ) -> None:
        self._reader = reader
        self._dictionary = dictionary
        self._manifest = manifest
        self._page = page
        self._found = found
        self._ids = reader.ids()
        self._samples = list(drawn(reader, self._ids, extent.samples, extent.seed))
        self._strings = StringTruth(sample.literal for sample in self._samples)
        self._characters = CharacterTruth() if extent.all_characters else None
        self._known = Known([], [], {})
        self._batch = Texts()
        self._done = Done(0, 0, 0, 0, 0)
        self._progress: Progress | None = None

    def run(self, settings: ReadingSettings, progress: Progress | None) -> None:
        """Read all articles again, and ask for all strings."""
        self._progress = progress
        rereading = Rereading(
            self._reader, self._manifest, self._found, settings, self._reading if progress else None
        )
        for article in rereading.articles(set(self._ids)):
            self._take(article)
        self._look()
        self._count()
        self._ask_strings()
        self._ask_characters()

    def _take(self, article: Reread) -> None:
        """Compare one article with what is stored of it, and take its texts into the batch."""
        document, found = article.document, self._found
        ids, places, numbers = self._known
        number = len(ids)
        if numbers.setdefault(document.id, number) != number:
            text = message("is listed as indexed from two files")
            found.fail(Failure("twice", text, document.id, document.place))
            return
        ids.append(document.id)
        places.append(document.id if document.place == document.id else document.place)
        found.articles += 1
        found.articles_from_files += article.is_from_file
        found.characters += len(document.body)
        folded = [fold(document.title), fold(document.body)]
        at = self._reader.find(document.id)
        if at is None:
            text = message("is listed as indexed, but not in the index")
            found.fail(Failure("missing", text, document.id, document.place))
        else:
            found.fail(*differences(self._reader, at, article, folded))
        self._batch.add(number, [one.text for one in folded])
        if self._batch.size >= BATCH_CHARACTERS:
            self._look()

    def _look(self) -> None:
        """Look for all strings in the batch, and begin another."""
        if not self._batch.keys:
            return
        self._strings.look(self._batch)
        if self._characters:
            self._characters.look(self._batch)
        self._batch = Texts()

    def _count(self) -> None:
        """Compare the articles with those of the index, and with what it counts."""
        found, known = self._found, self._known.numbers
        for article_id, count in Counter(self._ids).items():
            if count > 1:
                text = message("is in the index {count:,} times", count=count)
                found.fail(Failure("twice", text, article_id))
            if article_id not in known:
                text = message("is in the index, but not listed as indexed from any file")
                found.fail(Failure("unknown", text, article_id))
        stats = self._reader.stats()
        if stats.documents != found.articles:
            text = message(
                "the index counts {counted:,} articles, its files {there:,}",
                counted=stats.documents,
                there=found.articles,
            )
            found.fail(Failure("count", text))
        if stats.characters != found.characters:
            text = message(
                "the index counts {counted:,} characters, its files {there:,}",
                counted=stats.characters,
                there=found.characters,
            )
            found.fail(Failure("count", text))

    def _ask_strings(self) -> None:
        asking = Asking(self._reader, self._dictionary, self._page, self._known, self._found)
        for number, sample in enumerate(self._samples, start=1):
            holders = np.frombuffer(self._strings.holders(sample.literal), np.uint32)
            self._check_origin(sample, holders)
            asking.ask(sample.typed, sample.literal, holders, shows=True)
            self._found.strings += 1
            self._tell(number, len(self._samples))

    def _check_origin(self, sample: Sample, holders: npt.NDArray[np.uint32]) -> None:
        """Note a string that the rule does not find where it was taken from."""
        number = self._known.numbers.get(sample.id)
        if number is None or not (holders == number).any():
            place = "" if number is None else self._known.places[number]
            text = message("is not held by the article that it was taken from, as its file has it")
            self._found.fail(
                Failure("rule", text, sample.id, place, sample.field, sample.offset, sample.query)
            )

    def _ask_characters(self) -> None:
        if not self._characters:
            return
        asking = Asking(self._reader, self._dictionary, self._page, self._known, self._found)
        every = list(self._characters.holders())
        for number, (character, holders) in enumerate(every, start=1):
            literal = Literal.of(character)
            if Literal.of(fold(character).text) != literal or not literal.text:
                self._found.characters_skipped += 1
                continue
            asking.ask(character, literal, holders, shows=False)
            self._found.characters_asked += 1
            self._tell(number, len(every))

    def _reading(self, done: Done) -> None:
        self._done = done
        assert self._progress
        self._progress(done)

    def _tell(self, asked: int, all_asked: int) -> None:
        """Tell how many strings were asked, behind all that was read."""
        if self._progress:
            self._progress(self._done._replace(asked=asked, all_asked=all_asked))
