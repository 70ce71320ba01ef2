"""Most of the words: what is found where no document has all that a query asks for.

Every word counts by its rarity among the documents. A document has to hold a share of what all the
words together count. Where none has so much, those are taken that have most, provided that each
word is in some document: of a query that is mostly unknown, nothing is found. Of a word that is in
no document its pieces count. Single characters alone answer nothing longer: 长 is no part of 长三脚
that tells anything, unless they stand side by side as they were typed. The weights here and in
`ranking.RELAXED` were chosen on half of the questions of `bench.relevance`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from search.deadline import check_deadline, checked
from search.engine.ranking import EMPHASIS, LEAST_SHARE, rarity
from search.engine.whoosh.document_sets import Documents, DocumentSets
from search.engine.whoosh.matching import Matcher
from search.engine.whoosh.segments import Floats
from search.query import Node, Run, parts_of
from search.text.characters import is_cjk


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Documents with most of the words, rising, and what share of these each has.

    `word` is in the way: `without` are the documents that hold all others.
    """

    documents: Documents
    shares: Floats
    word: str
    without: Documents


class Relaxer:
    """Finds documents that hold most of what a query tree asks for."""

    def __init__(self, matcher: Matcher, sets: DocumentSets, documents: Documents) -> None:
        self._matcher = matcher
        self._sets = sets
        self._documents = documents

    def relax(self, tree: Node, filtered: Callable[[Documents], Documents]) -> Relaxed | None:
        """Return what is found; nothing for a query of one word, or where no word is found.

        Words that only ask need not be held: "what is it" is asked of articles about it.

        `filtered` keeps of some documents those that may answer at all.
        """
        parts, asking, strict, pairs = parts_of(tree)
        if not parts or len(parts) + len(asking) < 2 or not len(self._documents):
            return None
        allowed = self._allowed(strict, filtered)
        count = len(self._documents)
        size = int(self._documents[-1]) + 1
        sums, held, numbers = np.zeros(size), np.zeros(size, np.int64), np.zeros(size, np.int64)
        total, known = 0.0, 0
        holders: list[Documents] = []  # of each part
        # Documents that hold more than single characters, where more is asked for.
        holding = np.full(size, all(map(_is_single, parts)))
        for pair in pairs:
            holding[self._matcher.match(Run(pair, (pair,)))] = True
        for number, (_, part) in enumerate(checked(parts)):
            found = self._matcher.match(part)
            some = [found] if len(found) else self._pieces(part)
            for piece in checked(some or [found]):
                weight = rarity(count, len(piece))
                total += weight
                here = self._sets.both(piece, allowed)
                sums[here] += weight
                if not _is_single(parts[number]):
                    holding[here] = True
            known += bool(some)
            found = self._sets.both(found, allowed)
            held[found] += 1
            numbers[found] += number
            holders.append(found)
        check_deadline()
        found = (sums * holding).nonzero()[0]
        if not len(found):
            return None
        shares = sums[found] / total
        most = float(shares.max())
        kept = shares >= (min(LEAST_SHARE, most) if known == len(parts) else LEAST_SHARE)
        if not kept.any():
            return None
        whole = found[held[found] == len(parts)]
        if asking and len(whole):
            return Relaxed(found[kept], shares[kept], asking[0], whole)
        # Of documents that lack one part alone: the number of it.
        lack_one = allowed[held[allowed] == len(parts) - 1]
        lacking = sum(range(len(parts))) - numbers[lack_one]
        without = np.bincount(lacking, minlength=len(parts)).tolist()
        best = found[[int(shares.argmax())]]
        lacked = [n for n, some in enumerate(holders) if not self._sets.among(best, some)[0]]
        # Of those that the best lacks: what leaves most when it goes, of equals the rarest.
        ruling = max(lacked, key=lambda n: (without[n], -len(holders[n])), default=0)
        word = parts[ruling][0]
        return Relaxed(found[kept], shares[kept], word, lack_one[lacking == ruling])

    def _pieces(self, part: Node) -> list[Documents]:
        """Return what holds the pairs of a longer word that no document has, those that some have.

        In 潘淑是哪里人 jieba takes 潘淑是 for one word; no text has it, but 潘淑 is in one.
        """
        if not isinstance(part, Run) or len(part.text) < 3 or not all(map(is_cjk, part.text)):
            return []
        pieces = dict.fromkeys(part.text[at : at + 2] for at in range(len(part.text) - 1))
        found = [self._matcher.match(Run(piece, (piece,))) for piece in pieces]
        return [documents for documents in found if len(documents)]

    def _allowed(self, strict: list[Node], filtered: Callable[[Documents], Documents]) -> Documents:
        allowed = self._documents
        for node in strict:
            allowed = self._sets.both(allowed, self._matcher.match(node))
        return filtered(allowed)


def _is_single(part: tuple[str, Node]) -> bool:
    name, node = part
    return isinstance(node, Run) and len(name) == 1 and is_cjk(name)


def emphasis(shares: Floats) -> Floats:
    """Return by what the score of documents with such shares of the words is multiplied."""
    factors: Floats = 1 + EMPHASIS * shares**2
    return factors
