"""Plain, slow answers to compare the engines with: written to be read, not to be fast."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import plain_nodes

from search.analysis import AnalyzedDocument, AnalyzedText, Literal, analyze_documents
from search.document import Document
from search.query import (
    And,
    Dated,
    Exact,
    Fuzzy,
    Held,
    In,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Original,
    Prefix,
    Run,
    leaves,
    wanted,
)
from search.text.characters import CJK

K1 = 1.2
WEIGHT = {"title": 3.0, "body": 1.0}
B = {"title": 0.4, "body": 0.75}
IN_WORD, OVER_EDGE = 0.3, 1.0  # what grams count: of characters of one word, of two words


class Oracle:
    """Knows all articles of an archive and looks through every one of them for every answer."""

    def __init__(self, documents: Iterable[Document], fields: Sequence[str]) -> None:
        self.articles = list(analyze_documents(documents))
        self.fields = fields

    def answers(self, node: Node) -> dict[str, float]:
        """Return the score of each article that answers, by id."""
        return {
            a.document.id: self.score(a, node) for a in self.articles if self.is_answer(a, node)
        }

    def is_answer(self, article: AnalyzedDocument, node: Node, fields=None) -> bool:
        """Return whether an article answers, by reading its folded text."""
        fields = self.fields if fields is None else fields
        match node:
            case And(children):
                return all(self.is_answer(article, child, fields) for child in children)
            case Or(children):
                return any(self.is_answer(article, child, fields) for child in children)
            case Not(child):
                return not self.is_answer(article, child, fields)
            case Run(_, words, any_word):
                exacts = (Exact(word, ()) for word in words)
                found = (self.is_answer(article, one, fields) for one in exacts)
                return any(found) if any_word else all(found)
            case In(field, child):
                return self.is_answer(article, child, (field,))
            case Dated(since, until):
                return plain_nodes.is_dated(article.document.date, since, until)
            case Held(name, value):
                return plain_nodes.is_held(article, name, value)
            case _:
                return any(self.stands(article, field, node) for field in fields)

    def stands(self, article: AnalyzedDocument, field: str, leaf: Leaf) -> bool:
        """Return whether one text answers a leaf."""
        text = _text(article, field)
        match leaf:
            case Exact(string):
                return Literal.of(string).is_in(text.folded.text)
            case Prefix(string):
                return plain_nodes.begins(text, string)
            case Fuzzy(string):
                return plain_nodes.is_alike(text, string, leaf.allowed)
            case Near(parts, distance):
                return plain_nodes.are_near([part.text for part in parts], distance, text)
            case Original(string, exact):
                return plain_nodes.is_original(string, exact.text, getattr(article.document, field))

    def terms(self, node: Node) -> dict[Leaf, tuple[str, ...]]:
        """Return the words that a prefix or a fuzzy token scores by."""
        return {
            leaf: tuple(self.words_of(leaf))
            for leaf, negated in leaves(node)
            if isinstance(leaf, Prefix | Fuzzy)
            and not negated
            and not re.search(f"[{CJK}]", leaf.text)
        }

    def words_of(self, leaf: Prefix | Fuzzy) -> list[str]:
        """Return the most alike, then the commonest words for a leaf, 32 at most."""
        held = Counter(
            word
            for article in self.articles
            for word in {w for field in self.fields for w in _text(article, field).words}
        )
        fuzzy = isinstance(leaf, Fuzzy)
        far = {
            word: plain_nodes.distance(word, leaf.text) if fuzzy else 0
            for word in held
            if fuzzy or word.startswith(leaf.text)
        }
        kept = [word for word in far if far[word] <= (leaf.allowed if fuzzy else 0)]
        return sorted(kept, key=lambda word: (far[word], -held[word], word))[:32]

    def score(self, article: AnalyzedDocument, node: Node) -> float:
        """Return BM25F over words plus a share of BM25F over grams."""
        leaves = wanted(node)
        words = {word for leaf in leaves for word in leaf.words}
        words |= {word for found in self.terms(node).values() for word in found}
        # Letters and digits score as words alone.
        grams = {g for leaf in leaves for g in leaf.whole.grams if re.match(f"[{CJK}]", g)}
        heads = {head for leaf in leaves for head in leaf.whole.prefixes}
        return (
            sum(self.bm25f(article, "words", lambda term, w=w: term == w) for w in words)
            + sum(
                (IN_WORD if any(g in word for word in words) else OVER_EDGE)
                * self.bm25f(article, "grams", lambda term, g=g: term == g)
                for g in grams
            )
            + sum(
                IN_WORD * self.bm25f(article, "grams", lambda term, h=h: term.startswith(h))
                for h in heads
            )
        )

    def bm25f(self, article, kind, is_it) -> float:
        """Return what one term adds: its weighted counts in all fields, saturated once."""
        tf = 0.0
        for field in self.fields:
            count = _count(_text(article, field), kind, is_it)
            norm = 1 - B[field] + B[field] * self.relative_length(article, field, kind)
            tf += WEIGHT[field] * count / norm
        holders = sum(
            any(_count(_text(a, field), kind, is_it) for field in self.fields)
            for a in self.articles
        )
        rarity = math.log(1 + (len(self.articles) - holders + 0.5) / (holders + 0.5))
        return rarity * tf / (K1 + tf)

    def relative_length(self, article: AnalyzedDocument, field: str, kind: str) -> float:
        """Return an article's number of terms against the average of all."""
        lengths = [len(getattr(_text(a, field), kind)) for a in self.articles]
        if not any(lengths):
            return 0.0
        return len(getattr(_text(article, field), kind)) * len(lengths) / sum(lengths)


def _text(article: AnalyzedDocument, field: str) -> AnalyzedText:
    return article.title if field == "title" else article.body


def _count(text: AnalyzedText, kind: str, is_it) -> int:
    return sum(1 for term in getattr(text, kind) if is_it(term))


def differences(
    scored: Sequence[tuple[str, float]], expected: dict[str, float], within: float = 1e-9
) -> list[str]:
    """Return what is wrong with a ranking: documents, scores, order; nothing when all is right."""
    wrong = []
    found = dict(scored)
    if len(found) != len(scored):
        wrong.append("a document twice")
    wrong += [f"missing {article_id}" for article_id in sorted(expected.keys() - found.keys())]
    wrong += [f"false {article_id}" for article_id in sorted(found.keys() - expected.keys())]
    wrong += [
        f"score of {article_id}: {score!r} is not {expected[article_id]!r}"
        for article_id, score in scored
        if article_id in expected and abs(score - expected[article_id]) > within
    ]
    if scored != sorted(scored, key=lambda row: (-row[1], row[0])):
        wrong.append("out of order")
    return wrong
