"""The façade: open, build, update and search an archive."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from search.analysis.dictionary import NONE as NO_WORDS
from search.archive.hits import make_hits, marked
from search.archive.live import LiveIndex
from search.archive.meta import dictionary_has_changed
from search.archive.part import Part
from search.archive.report import Progress, Report
from search.archive.reprints import Groups
from search.archive.request import (
    check_text,
    parsed,
)
from search.archive.searching import NO_COPIES, Asked, Searching
from search.archive.status import Size, Status
from search.archive.suggestion import Suggestion
from search.config import USUAL, Cluster, QuerySettings, ReadingSettings, WritingSettings
from search.deadline import within
from search.engine import FIELDS, IndexReader, ScoredDocument, SearchRequest
from search.errors import ArticleMissingError, IndexDamagedError, IndexMissingError
from search.messages import said_by
from search.query import Dated
from search.query.synonyms import SynonymFile
from search.results import (
    Article,
    Hit,
    Results,
)
from search.results.highlight import Highlighter

if TYPE_CHECKING:  # both read files: searches do without
    from search.archive.health import Health
    from search.archive.migrating import Move
    from search.archive.originals import Original
    from search.archive.plan import Plan
    from search.archive.query_analysis import QueryAnalysis
    from search.archive.text_analysis import TextAnalysis
    from search.archive.verifying import Verification

Sources = Sequence[str | Path]
WRITING = WritingSettings()
NO_FILTER: Mapping[str, str] = {}
FACET_VALUES = 10  # of each facet, the most frequent
SECONDS = float(QuerySettings().seconds)


class Archive:
    """Articles and their index. Safe to share between threads; follows new generations by itself.

    `report` is that of the last build or update made through this object. An answer that would take
    longer than `seconds` is refused with a QueryTimeoutError; 0 lets it take as long as it will.
    """

    def __init__(
        self,
        index: str | Path | Cluster = "index",
        synonyms: str | Path | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._live = LiveIndex(index)
        self._searching = Searching(self._live, SynonymFile(Path(synonyms)) if synonyms else None)
        self._seconds = seconds
        self.report = Report()

    @classmethod
    def open(
        cls,
        index: str | Path | Cluster = "index",
        synonyms: str | Path | None = None,
        seconds: float = SECONDS,
    ) -> "Archive":
        """Return the archive with its index in `index`, a folder or a name on a cluster.

        `synonyms` is a file of them, if any. An answer may take so many `seconds`.

        Raises IndexMissingError, IndexDamagedError, or IndexMismatchError when other code built it.
        """
        archive = cls(index, synonyms, seconds)
        archive._live.reader()
        return archive

    @classmethod
    def build(
        cls,
        sources: Sources = (),
        index: str | Path | Cluster = "index",
        progress: Progress | None = None,
        jobs: int = 1,
        reading: ReadingSettings = USUAL,
        dictionary: str | Path | None = None,
        writing: WritingSettings = WRITING,
        configured: Sequence[str] = (),
        part: Part | None = None,
    ) -> "Archive":
        """Build the index anew from `sources` and those it already has, beside the live one.

        The live index answers until the new one is complete, and goes on if it cannot be. `jobs`
        processes cut texts; the result is the same with any number. `reading` says which files are
        read, and how. `dictionary` is a file of words (jieba's format, README) by which texts and
        queries are cut; without it the file that the index has been cut by so far. `writing` says
        how many generations stay, and how long to wait for another run. `configured` names the
        sources for an index that is too damaged to tell its own. On a cluster other machines may
        build other parts of it: of `part`, as `Part(3, 8)`, are the articles whose ids fall to it,
        and the index is complete, and answers, when the last part is done.
        """
        from search.archive import changes  # reading and locking: searches do without

        archive = cls(index)
        way = changes.Way(progress, jobs, reading, dictionary, writing, configured)
        if part is None:
            archive.report = changes.build(archive._live, sources, way)
        else:
            from search.archive.parted_build import build_part  # few have so many machines

            archive.report = build_part(archive._live, sources, part, way)
        return archive

    def update(
        self,
        sources: Sources = (),
        progress: Progress | None = None,
        jobs: int = 1,
        reading: ReadingSettings = USUAL,
        dictionary: str | Path | None = None,
        writing: WritingSettings = WRITING,
    ) -> Report:
        """Bring the index up to what `sources`, or all sources it has, hold now.

        And up to the `dictionary`, as for `build`: where it differs from the one before, only the
        articles are cut again in which a word that differs stands.
        """
        from search.archive import changes

        way = changes.Way(progress, jobs, reading, dictionary, writing)
        with self._live.as_it_changes():
            self.report = changes.update(self._live, sources, way)
        return self.report

    def heal(
        self,
        progress: Progress | None = None,
        jobs: int = 1,
        reading: ReadingSettings = USUAL,
        dictionary: str | Path | None = None,
        writing: WritingSettings = WRITING,
        configured: Sequence[str] = (),
    ) -> Report:
        """Do what it takes for the index and what is running to agree again, and no more.

        One that other rules, tables or libraries built, or that is damaged, is built anew from its
        sources; where only the dictionary differs, the articles it concerns are cut again. What was
        damaged stays beside, in a folder whose name begins with "damaged-".
        """
        from search.archive import changes, healing

        way = changes.Way(progress, jobs, reading, dictionary, writing, configured)
        with self._live.as_it_changes():
            self.report = healing.heal(self._live, way)
        return self.report

    def give_up_parts(self, writing: WritingSettings = WRITING) -> Report:
        """Take away what was built in parts on a cluster, as long as some are missing."""
        from search.archive import changes, parted_build

        self.report = parted_build.give_up(self._live, changes.Way(writing=writing))
        return self.report

    def forget(self, source: str | Path, writing: WritingSettings = WRITING) -> Report:
        """Take a source and its articles out of the archive; the files are not touched."""
        from search.archive import changes

        with self._live.as_it_changes():
            self.report = changes.forget(self._live, source, changes.Way(writing=writing))
        return self.report

    def migrate(
        self,
        to: str | Path | Cluster,
        progress: Progress | None = None,
        jobs: int = 1,
        replace: bool = False,
        writing: WritingSettings = WRITING,
    ) -> "Move":
        """Make the archive in `to`, a folder or a name on a cluster, hold what this one holds now.

        No source is read. What `to` holds already is replaced only if `replace` says so.
        """
        from search.archive import changes, migrating

        way = changes.Way(progress, jobs, writing=writing)
        return migrating.migrate(self._live, to, way, replace)

    def one_state(self) -> AbstractContextManager[None]:
        """Return what, around several calls, has all of them answered by one committed state.

        That which is the newest when the first asks, whatever is committed meanwhile; for the
        thread that enters it alone. What this archive itself writes inside is seen at once.
        """
        return self._live.one_state()

    def answered_by(self) -> str:
        """Return what answers inside `one_state`, as in "gen-000003.12": generation and commit.

        Nothing where it has not been asked for anything yet.
        """
        kept = self._live.kept()
        return f"{kept.name}.{kept.reader.state()}" if kept else ""

    @property
    def index(self) -> Path | Cluster:
        """Where the index lies."""
        return self._live.generations.index

    def plan(
        self,
        sources: Sources = (),
        reading: ReadingSettings = USUAL,
        rebuild: bool = False,
    ) -> "Plan":
        """Return what an update of `sources`, or of all there are, would read; nothing is written.

        There need not be an index when sources are named.
        """
        from search.archive.plan import plan

        return plan(self._live, sources, reading, rebuild)

    def examine(
        self,
        sources: Sources = (),
        progress: Progress | None = None,
        reading: ReadingSettings = USUAL,
    ) -> "Health":
        """Return what is wrong in `sources`, or in all there are, and what was guessed.

        There need not be an index when sources are named.
        """
        from search.archive.health import examine

        return examine(self._live, sources, reading, progress)

    def damage(self) -> Sequence[str]:
        """Return what of the index's files is not as it was written, by name; all bytes are read.

        Opening and searching compare what they read; this compares the rest too.
        """
        from search.archive.integrity import index_damage

        return index_damage(self._live.generations)

    def verify(
        self,
        samples: int = 1000,
        *,
        seed: int = 0,
        all_characters: bool = False,
        progress: Progress | None = None,
        reading: ReadingSettings = USUAL,
    ) -> "Verification":
        """Return whether the index finds what its articles' files, read again, hold, and no more.

        So many strings are drawn from the archive, the same for the same `seed`, and asked as
        quotations; with `all_characters` each character of the archive too.
        """
        from search.archive.verifying import PAGE, Extent, verify

        page = partial(self.search, limit=PAGE, fold=False, expand=False, relax=False, seconds=0)
        extent = Extent(samples, seed, all_characters)
        return verify(self._live, page, extent, reading, progress)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: str = "relevance",
        since: str = "",
        until: str = "",
        fields: Sequence[str] = FIELDS,
        any_word: bool = False,
        explain: bool = False,
        where: Mapping[str, str] = NO_FILTER,
        fold: bool = True,
        expand: bool | Collection[str] = True,
        relax: bool = True,
        facets: Collection[str] = (),
        facet_values: int | Mapping[str, int] = FACET_VALUES,
        recency: float = 0.0,
        seconds: float | None = None,
    ) -> Results:
        """Return the articles that answer `query`, best first, from `offset` on.

        `where` names the author or metadata that they must have, such as {"author": "余光中"}. Of
        articles that are copies of one another only the best is a hit, which names the others;
        without `fold` each is a hit. Where no article has all the words those with most of them are
        found, and follow where only a few have all; without `relax` they are not. `expand` names
        the kinds of other words that may stand for those of the query ("regional", "synonym",
        "number", "pinyin"): all, none, or some.

        `facets` names what all articles that are found are counted by: "year", "month", "author",
        "folder", "format", "script", or any other name that `where` knows; of each the
        `facet_values` most frequent values (so many of all, or of each by its name), with how many
        articles have them. `explain` says how the query was read, how many articles have each word,
        and what each part added to a hit's score.

        `recency`, 0 to 1, has newer articles score more: the score of what holds the query itself
        is multiplied by 1 + recency · 2^(-age / half-life), the age counted from the newest date in
        the archive, the half-life a year. An article without a date gains nothing.

        The answer may take so many `seconds`, if not as many as any other of this archive, 0 for no
        limit; and what is made of it when it is asked for (the snippets of a hit, `did_you_mean`,
        `related_queries`) as many each. What would take longer is a QueryTimeoutError.

        Raises QueryError when nothing in it can be searched or an argument is out of bounds.
        """
        asked = Asked(
            query,
            any_word,
            expand,
            fold,
            (facets,) if isinstance(facets, str) else tuple(facets),
            facet_values,
            {
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "since": since,
                "until": until,
                "fields": tuple(fields),
                "explain": explain,
                "where": where,
                "relax": relax,
                "recency": recency,
            },
            self._seconds if seconds is None else seconds,
        )
        return self._searching.results(asked)

    def analyze(
        self, query: str, *, any_word: bool = False, expand: bool | Collection[str] = True
    ) -> "QueryAnalysis":
        """Return how `query` is read, what each part is looked for by, and how often it is found.

        Where there is no index nothing is counted nor read as pinyin, and `problem` says so. Raises
        QueryError when an argument is out of bounds.
        """
        from search.archive.query_analysis import Counting, analyze_query  # searches do without

        try:
            snapshot = self._live.snapshot()
        except IndexMissingError as error:
            expander = self._searching.expander(None, expand)
            return analyze_query(parsed(query, any_word), expander, None, said_by(error))
        understood = parsed(query, any_word, snapshot.dictionary)
        with within(self._seconds), self._live.damage_named():
            counting = Counting(snapshot.reader, self._live.copies(snapshot.reader).groups)
            return analyze_query(understood, self._searching.expander(snapshot, expand), counting)

    def analyze_text(self, text: str) -> "TextAnalysis":
        """Return what `text` becomes on its way into the index, with its words; or into any."""
        from search.archive.text_analysis import analyze_text  # searches do without

        return analyze_text(text, self._live.snapshot().dictionary if self.exists() else NO_WORDS)

    def newest(self, limit: int = 5) -> Sequence[Hit]:
        """Return the articles with the latest dates, the newest first; none without a date."""
        reader = self._live.reader()
        request = SearchRequest(Dated("0001"), limit, sort="newest")
        with within(self._seconds), self._live.damage_named():
            found = reader.search(request).documents
            return self._unmarked(reader, found, NO_COPIES)

    def examples(self) -> Sequence[str]:
        """Return a few queries to try, of words of the newest articles; each finds something."""
        reader, _, _, dictionary = self._live.snapshot()
        with self._live.damage_named():
            return self._live.examples.of(reader, self._live.frequency(reader), dictionary)

    def article(
        self, article_id: str, query: str = "", expand: bool | Collection[str] = True
    ) -> Article:
        """Return a whole article with the places of `query` marked, `expand` as for a search.

        Raises ArticleMissingError; a query with nothing to search for marks nothing.
        """
        snapshot = self._live.snapshot()
        reader = snapshot.reader
        with within(self._seconds), self._live.damage_named():
            tree = parsed(query, dictionary=snapshot.dictionary).tree
            highlighter = Highlighter(tree and self._searching.expanded(tree, snapshot, expand))
            number = reader.find(article_id)
            if number is None:
                raise ArticleMissingError(article_id)
            heading = reader.headings([number])[0]
            return Article(
                heading.id,
                heading.author,
                heading.date,
                heading.source,
                marked(reader, number, "title", highlighter),
                marked(reader, number, "body", highlighter),
                heading.path,
                heading.metadata,
                reader.script(number),
            )

    def original(self, article_id: str) -> "Original":
        """Return the file of an article as it was indexed, where it is a file of its own.

        Raises ArticleMissingError, or OriginalMissingError where the file has changed since.
        """
        from search.archive.originals import original

        reader = self._live.reader()
        with self._live.damage_named():
            number = reader.find(article_id)
            if number is None:
                raise ArticleMissingError(article_id)
            path = reader.headings([number])[0].path
            return original(self._live.manifest(reader), article_id, path)

    def missing(self, article_ids: Iterable[str]) -> list[str]:
        """Return those of the ids that no article of the index has, in the order given."""
        reader = self._live.reader()
        with self._live.damage_named():
            return [one for one in article_ids if reader.find(one) is None]

    def exists(self) -> bool:
        """Return whether there is an index, be it whole or damaged."""
        try:
            self._live.generations.current()
        except IndexMissingError:
            return False
        except IndexDamagedError:
            pass
        return True

    def size(self) -> Size:
        """Return which generation answers and how much it holds; cheap, unlike `status`."""
        reader, name, *_ = self._live.snapshot()
        stats = self._live.stats(reader)
        return Size(name, stats.documents, stats.characters, reader.state(), stats.segments)

    def state(self) -> str:
        """Return a short name of all that answers depend on; cheap, and another when it changes."""
        snapshot = self._live.snapshot()
        return f"{snapshot.name}.{snapshot.reader.state()}.{self._searching.state()}"

    def status(self) -> Status:
        """Return what the index holds and what it was built by, its sources included."""
        reader, name, meta, dictionary = self._live.snapshot()
        with self._live.damage_named():
            stats = reader.stats()
        return Status(
            self._live.generations.shown,
            name,
            meta.engine,
            meta.built,
            stats.documents,
            stats.characters,
            tuple(self._live.manifest(reader).sources),
            meta.fingerprint,
            meta.dictionary,
            len(dictionary.words()),
            self.dictionary_has_changed(),
            *(self._live.generations.parts_done() or ()),
        )

    def dictionary_has_changed(self) -> bool:
        """Return whether the file of the user's dictionary says something else than the index."""
        _, name, meta, _ = self._live.snapshot()
        if not dictionary_has_changed(meta):
            return False
        # Other lines with the same words may have been noted since.
        return dictionary_has_changed(self._live.generations.meta(name))

    def digest(self) -> str:
        """Return a digest of all that the index holds of its articles, their terms included.

        Equal for any two indexes of the same articles, however they were built and wherever the
        files lie; it reads the whole index.
        """
        from search.archive.content import content_digest

        with self._live.damage_named():
            return content_digest(self._live.reader())

    def suggest(self, text: str, limit: int = 8, wait: bool = True) -> Sequence[Suggestion]:
        """Return queries that `text` may be the beginning of, in their authors' own script.

        Words and phrases of the archive, then titles, by how they begin, in pinyin too. The first
        call for a state of the index makes a table of it, for a second or some; without `wait` in
        a thread, while the table before answers, or at first nothing. Raises QueryError when
        `text` is too long or no text.
        """
        check_text(text)
        reader, _, _, dictionary = self._live.snapshot()
        with within(self._seconds), self._live.damage_named():
            found = self._live.suggesting.of(reader, wait, dictionary)
            return found.suggest(text, limit) if found else ()

    def related(self, article_id: str, limit: int = 5) -> Sequence[Hit]:
        """Return the articles that share most of an article's weightiest words, best first.

        Neither itself nor its copies. Raises ArticleMissingError.
        """
        from search.archive.related import related_request

        reader, _, _, dictionary = self._live.snapshot()
        copies = self._live.copies(reader)
        with within(self._seconds), self._live.damage_named():
            number = reader.find(article_id)
            if number is None:
                raise ArticleMissingError(article_id)
            # The article, or the copy of it that scores best, answers too.
            frequency = self._live.frequency(reader)
            request = related_request(
                reader, number, limit + 1, copies.groups, frequency, dictionary
            )
            ranking = reader.search(request).documents if request else ()
            own = {article_id, *copies.others(article_id)}
            found = [document for document in ranking if document.id not in own][:limit]
            return self._unmarked(reader, found, copies)

    def _unmarked(
        self, reader: IndexReader, documents: Sequence[ScoredDocument], copies: Groups
    ) -> Sequence[Hit]:
        """Return hits of no query, in which nothing is marked."""
        return make_hits(reader, documents, copies, Highlighter(None), self._live.damage_named)
