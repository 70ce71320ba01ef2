"""The façade: open, build, update and search an archive."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from search.archive.did_you_mean import Asked, did_you_mean
from search.archive.explaining import word_counts
from search.archive.live import LiveIndex
from search.archive.report import Progress, Report
from search.archive.reprints import Groups
from search.archive.request import (
    check,
    check_columns,
    check_facets,
    check_text,
    kinds_of,
    notes_on_columns,
    parsed,
    understand,
)
from search.archive.status import Size, Status
from search.archive.suggestion import Suggestion
from search.config import USUAL, ReadingSettings
from search.engine import FIELDS, Heading, IndexReader, ScoredDocument, SearchRequest
from search.errors import ArticleMissingError, IndexDamagedError, IndexMissingError
from search.query import SPELLING, Dated, Node, expansions, filters, required_words
from search.query.expansion import Expander
from search.query.steps import steps
from search.query.synonyms import NONE, SynonymFile
from search.results import (
    Article,
    Explanation,
    Hit,
    Marked,
    Marking,
    QueryWord,
    RelaxedReason,
    Results,
)
from search.results.highlight import Highlighter
from search.results.snippet import mark, snippets
from search.text import fold
from search.text.gloss import may_hold_gloss

if TYPE_CHECKING:  # both read files: searches do without
    from search.archive.health import Health
    from search.archive.plan import Plan
    from search.archive.verifying import Verification

Sources = Sequence[str | Path]
NO_FILTER: Mapping[str, str] = {}
NO_COPIES = Groups(())
FACET_VALUES = 10  # of each facet, the most frequent


class Archive:
    """Articles and their index. Safe to share between threads; follows new generations by itself.

    `report` is that of the last build or update made through this object.
    """

    def __init__(self, index: str | Path = "index", synonyms: str | Path | None = None) -> None:
        self._live = LiveIndex(Path(index))
        self._synonyms = SynonymFile(Path(synonyms)) if synonyms else None
        self.report = Report()

    @classmethod
    def open(cls, index: str | Path = "index", synonyms: str | Path | None = None) -> "Archive":
        """Return the archive with its index in `index`; `synonyms` is a file of them, if any.

        Raises IndexMissingError, IndexDamagedError, or IndexMismatchError when other code built it.
        """
        archive = cls(index, synonyms)
        archive._live.reader()
        return archive

    @classmethod
    def build(
        cls,
        sources: Sources = (),
        index: str | Path = "index",
        progress: Progress | None = None,
        jobs: int = 1,
        reading: ReadingSettings = USUAL,
    ) -> "Archive":
        """Build the index anew from `sources` and those it already has, beside the live one.

        The live index answers until the new one is complete, and goes on if it cannot be. `jobs`
        processes cut texts; the result is the same with any number. `reading` says which files are
        read, and how.
        """
        from search.archive import changes  # reading and locking: searches do without

        archive = cls(index)
        archive.report = changes.build(archive._live, sources, changes.Way(progress, jobs, reading))
        return archive

    def update(
        self,
        sources: Sources = (),
        progress: Progress | None = None,
        jobs: int = 1,
        reading: ReadingSettings = USUAL,
    ) -> Report:
        """Bring the index up to what `sources`, or all sources it has, hold now."""
        from search.archive import changes

        self.report = changes.update(self._live, sources, changes.Way(progress, jobs, reading))
        return self.report

    def forget(self, source: str | Path) -> Report:
        """Take a source and its articles out of the archive; the files are not touched."""
        from search.archive import changes

        self.report = changes.forget(self._live, source)
        return self.report

    @property
    def index(self) -> Path:
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

        page = partial(self.search, limit=PAGE, fold=False, expand=False, relax=False)
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
        facet_values: int = FACET_VALUES,
        recency: float = 0.0,
    ) -> Results:
        """Return the articles that answer `query`, best first, from `offset` on.

        `where` names the author or metadata that they must have, such as {"author": "余光中"}. Of
        articles that are copies of one another only the best is a hit, which names the others;
        without `fold` each is a hit. Where no article has all the words those with most of them are
        found, and follow where only a few have all; without `relax` they are not. `expand` names
        the kinds of other words that may stand for those of the query ("regional", "synonym",
        "number", "pinyin"): all, none, or some.

        `facets` names what all articles that are found are counted by: "year", "author", "folder",
        "format", "script", or any other name that `where` knows; of each the `facet_values` most
        frequent values, with how many articles have them. `explain` says how the query was read,
        how many articles have each word, and what each part added to a hit's score.

        `recency`, 0 to 1, has newer articles score more: the score of what holds the query itself
        is multiplied by 1 + recency · 2^(-age / half-life), the age counted from the newest date in
        the archive, the half-life a year. An article without a date gains nothing.

        Raises QueryError when nothing in it can be searched or an argument is out of bounds.
        """
        began = time.perf_counter()
        understood, tree = understand(query, any_word)
        reader = self._live.reader()
        tree = self._expanded(tree, reader, expand)
        copies = self._live.copies(reader) if fold else NO_COPIES
        request = SearchRequest(
            tree,
            limit,
            offset,
            sort,
            since,
            until,
            tuple(fields),
            explain,
            where,
            copies.groups,
            relax,
            recency,
        )
        facets = (facets,) if isinstance(facets, str) else tuple(facets)
        check(request)
        with self._live.damage_named():
            if where:
                check_columns(where, reader.columns())
            if facets:
                check_facets(facets, reader.columns())
            notes = notes_on_columns(tree, reader.columns()) if any(filters(tree)) else ()
            ranking = reader.search(request)
            headings = reader.headings([found.number for found in ranking.documents])
            others = [_copies(reader, copies.others(found.id)) for found in ranking.documents]
            counted = reader.facets(request, facets, facet_values) if facets else {}
            is_to_be_told = explain or (not ranking.total and len(required_words(tree)) > 1)
            words_found = word_counts(reader, request) if is_to_be_told else {}
        highlighter = Highlighter(tree)
        hits = [
            _hit(
                offset + at,
                heading,
                found,
                others[at - 1],
                self._marker(reader, found, heading, highlighter),
            )
            for at, (heading, found) in enumerate(
                zip(headings, ranking.documents, strict=True), start=1
            )
        ]
        words = [QueryWord(word, required) for word, required in required_words(tree)]
        took_ms = (time.perf_counter() - began) * 1000
        also = [
            {"from": e.of, "to": e.other, "kind": e.kind}
            for e in expansions(tree)
            if e.kind != SPELLING
        ]
        relaxation = ranking.relaxation
        return Results(
            query,
            ranking.total,
            took_ms,
            hits,
            words,
            (*understood.notes, *notes),
            relaxed=relaxation is not None,
            relaxed_reason=RelaxedReason(relaxation.word, relaxation.without_it)
            if relaxation
            else None,
            expansions=also,
            facets=counted,
            word_counts=words_found,
            explanation=Explanation(steps(query, ranking.terms)) if explain else None,
            correct=self._correction(
                Asked(
                    query,
                    understood.tree or tree,
                    request,
                    0 if relaxation else ranking.total,
                    any_word,
                    expansions(tree),
                ),
                reader,
            ),
        )

    def newest(self, limit: int = 5) -> Sequence[Hit]:
        """Return the articles with the latest dates, the newest first; none without a date."""
        reader = self._live.reader()
        request = SearchRequest(Dated("0001"), limit, sort="newest")
        with self._live.damage_named():
            found = reader.search(request).documents
            headings = reader.headings([one.number for one in found])
        highlighter = Highlighter(None)
        return [
            _hit(rank, heading, one, (), self._marker(reader, one, heading, highlighter))
            for rank, (heading, one) in enumerate(zip(headings, found, strict=True), start=1)
        ]

    def article(
        self, article_id: str, query: str = "", expand: bool | Collection[str] = True
    ) -> Article:
        """Return a whole article with the places of `query` marked, `expand` as for a search.

        Raises ArticleMissingError; a query with nothing to search for marks nothing.
        """
        tree = parsed(query).tree
        reader = self._live.reader()
        highlighter = Highlighter(tree and self._expanded(tree, reader, expand))
        with self._live.damage_named():
            number = reader.find(article_id)
            if number is None:
                raise ArticleMissingError(article_id)
            heading = reader.headings([number])[0]
            return Article(
                heading.id,
                heading.author,
                heading.date,
                heading.source,
                _marked(reader, number, "title", highlighter),
                _marked(reader, number, "body", highlighter),
                heading.path,
                heading.metadata,
            )

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
        reader, name, _ = self._live.snapshot()
        with self._live.damage_named():
            stats = reader.stats()
        return Size(name, stats.documents, stats.characters)

    def status(self) -> Status:
        """Return what the index holds and what it was built by, its sources included."""
        reader, name, meta = self._live.snapshot()
        with self._live.damage_named():
            stats = reader.stats()
        return Status(
            str(self._live.generations.index),
            name,
            meta.engine,
            meta.built,
            stats.documents,
            stats.characters,
            tuple(self._live.manifest(reader).sources),
            meta.fingerprint,
        )

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
        reader = self._live.reader()
        with self._live.damage_named():
            found = self._live.suggesting.of(reader, wait)
            return found.suggest(text, limit) if found else ()

    def related(self, article_id: str, limit: int = 5) -> Sequence[Hit]:
        """Return the articles that share most of an article's weightiest words, best first.

        Neither itself nor its copies. Raises ArticleMissingError.
        """
        from search.archive.related import related_request

        reader = self._live.reader()
        copies = self._live.copies(reader)
        with self._live.damage_named():
            number = reader.find(article_id)
            if number is None:
                raise ArticleMissingError(article_id)
            # The article, or the copy of it that scores best, answers too.
            request = related_request(reader, number, limit + 1, copies.groups)
            ranking = reader.search(request).documents if request else ()
            own = {article_id, *copies.others(article_id)}
            found = [document for document in ranking if document.id not in own][:limit]
            headings = reader.headings([document.number for document in found])
            others = [_copies(reader, copies.others(document.id)) for document in found]
        plain = Highlighter(None)
        return [
            _hit(at, heading, document, other, self._marker(reader, document, heading, plain))
            for at, (heading, document, other) in enumerate(
                zip(headings, found, others, strict=True), start=1
            )
        ]

    def _expanded(self, tree: Node, reader: IndexReader, expand: bool | Collection[str]) -> Node:
        """Return the tree with what may stand for its words; a QueryError for an unknown kind."""
        kinds = kinds_of(expand)
        if not kinds:
            return tree
        synonyms = self._synonyms.synonyms() if self._synonyms else NONE
        with self._live.damage_named():
            return Expander(kinds, synonyms, self._live.sounding(reader)).expand(tree)

    def _correction(self, asked: Asked, reader: IndexReader) -> Callable[[], str | None]:
        """Return what looks for the query that may have been meant, when it is first asked for."""

        def look() -> str | None:
            with self._live.damage_named():
                return did_you_mean(asked, reader, self._live.sounding(reader))

        return look

    def _marker(
        self,
        reader: IndexReader,
        document: ScoredDocument,
        heading: Heading,
        highlighter: Highlighter,
    ) -> Callable[[], Marking]:
        """Return what marks a hit's title and snippets when they are first asked for."""
        number = document.number

        def load() -> Marking:
            with self._live.damage_named():
                body = reader.text(number, "body")
                matches = highlighter.matches_in(body.raw, body.folded, "body")
                found = snippets(body.raw, body.folded, matches)
                return Marking(_marked_title(reader, number, heading.title, highlighter), found)

        return load


def _copies(reader: IndexReader, ids: Sequence[str]) -> Sequence[Mapping[str, str]]:
    """Return id and source of the documents with these ids."""
    numbers = [number for i in ids if (number := reader.find(i)) is not None]
    return [{"id": copy.id, "source": copy.source} for copy in reader.headings(numbers)]


def _hit(
    rank: int,
    heading: Heading,
    found: ScoredDocument,
    copies: Sequence[Mapping[str, str]],
    marker: Callable[[], Marking],
) -> Hit:
    return Hit(
        rank=rank,
        id=heading.id,
        title=heading.title,
        author=heading.author,
        date=heading.date,
        source=heading.source,
        score=found.score,
        path=heading.path,
        metadata=heading.metadata,
        copies=copies,
        contributions=found.contributions,
        reading=found.reading,
        mark=marker,
    )


def _marked_title(reader: IndexReader, number: int, title: str, highlighter: Highlighter) -> Marked:
    """Return a title marked; its map is read only where making it may load all readings."""
    if may_hold_gloss(title):
        return _marked(reader, number, "title", highlighter)
    folded = fold(title)
    return mark(title, folded, highlighter.matches_in(title, folded, "title"))


def _marked(reader: IndexReader, number: int, field: str, highlighter: Highlighter) -> Marked:
    stored = reader.text(number, field)
    matches = highlighter.matches_in(stored.raw, stored.folded, field)
    return mark(stored.raw, stored.folded, matches)
