"""A small archive in memory, built on the real results, and a client of the site over it.

It looks for words as they stand, glosses between their characters allowed: enough to draw pages by.
"""

import re
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from search.archive import Suggestion
from search.document import Document
from search.errors import ArticleMissingError, QueryError
from search.results.hit import Article, Hit, Marked, Marking, QueryWord, Results, Snippet
from web import create_app

GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\([a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\)")
BREAK = re.compile(r"(?<=联合|业延|绿色)\n\n(?=招商|伸带|交通)")

CHAIN = Document(
    id="seeds/chain.txt",
    title="產(chǎn)業(yè)鏈",
    body="產(chǎn)業(yè)鏈\n示范區(qū)的產(chǎn)業(yè)在長三角。",
    source="seeds/chain.txt",
)
STATION = Document(
    id="seeds/station.txt",
    title="招商不“内卷”",
    body="\n\n招商不“内卷”\n\n本报记者 毛丽君\n\n长三角的产业延\n\n伸带动长三角。",
    author="毛丽君",
    date="2024-06-28",
    source="seeds/station.txt",
)


class FakeArchive:
    """Answers as `search.archive.Archive` does; `failure` is raised by every call when set."""

    def __init__(self, *documents):
        self.documents = list(documents)
        self.failure = None
        self.notes = ()
        self.asked = None
        self.changes = {}

    def search(self, query, **options):
        self._refuse(query)
        self.asked = options
        words = query.split()
        found = [d for d in self.documents if all(_find(w, d.title + d.body) for w in words)]
        first, last = options["offset"], options["offset"] + options["limit"]
        hits = [_hit(rank, d, words) for rank, d in enumerate(found, 1)][first:last]
        results = Results(query, len(found), 3.21, hits, [QueryWord(w) for w in words], self.notes)
        for name, value in self.changes.items():
            setattr(results, name, value)
        return results

    def article(self, article_id, query="", **options):
        self._refuse(query)
        self.asked = options
        for d in self.documents:
            if d.id == article_id:
                title, body = (_mark(Marked, t, query.split()) for t in (d.title, d.body))
                return Article(
                    *(d.id, d.author, d.date, d.source, title, body, f"/machine/{d.id}"),
                    script=_script(d),
                )
        raise ArticleMissingError(article_id)

    def suggest(self, text, limit=8, wait=True):
        self._refuse(text)
        self.asked = {"limit": limit, "wait": wait}
        found = [d.title for d in self.documents if text and d.title.startswith(text)]
        return [Suggestion(title, "title") for title in found][:limit]

    def related(self, article_id, limit=5):
        self._refuse("")
        if article_id not in [d.id for d in self.documents]:
            raise ArticleMissingError(article_id)
        found = [d for d in self.documents if d.id != article_id]
        return [_hit(rank, d, ()) for rank, d in enumerate(found[:limit], 1)]

    def examples(self):
        return ["产业", "“联合招商”"]

    def original(self, article_id):
        self._refuse("")
        found = {d.id: d for d in self.documents}
        if article_id not in found:
            raise ArticleMissingError(article_id)
        return SimpleNamespace(name="原 文.txt", content=found[article_id].body.encode())

    def newest(self, limit):
        dated = sorted((d for d in self.documents if d.date), key=lambda d: d.date, reverse=True)
        return [_hit(rank, d, []) for rank, d in enumerate(dated[:limit], 1)]

    def size(self):
        self._refuse("")
        return SimpleNamespace(
            generation="0001", articles=len(self.documents), characters=99, commit="1", segments=1
        )

    def one_state(self):
        return nullcontext()

    def answered_by(self):
        return "0001.1"

    def state(self):
        return str(len(self.documents))

    def _refuse(self, query):
        if self.failure:
            raise self.failure
        if len(query) > 1000:
            raise QueryError("the query is longer than 1,000 characters", "shorten it")


def _find(word, text):
    pattern = r"(?:\([a-zǎèū]+\)|\n\n)?".join(map(re.escape, word))
    return [m.span() for m in re.finditer(pattern + r"(?:\([a-zǎèū]+\))?", text)]


def _mark(kind, text, words, start=0):
    spans = sorted({span for word in words for span in _find(word, text)})
    glosses, breaks = ([m.span() for m in p.finditer(text)] for p in (GLOSS, BREAK))
    return kind(text, start, spans, glosses, breaks)


def _hit(rank, document, words):
    def mark():
        snippets = [_mark(Snippet, document.body, words)]
        return Marking(_mark(Marked, document.title, words), snippets)

    d = document
    own = (d.id, d.title, d.author, d.date, d.source, 1.5, f"/machine/{d.id}")
    return Hit(rank, *own, mark=mark, tell_script=lambda: _script(d))


def _script(document):
    return "traditional" if "業" in document.body else "simplified"


@pytest.fixture
def archive():
    return FakeArchive(CHAIN, STATION)


@pytest.fixture
def app(archive):
    return create_app(archive)


@pytest.fixture
def client(app):
    return app.test_client()
