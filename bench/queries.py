"""Queries drawn from the texts with a fixed seed, the same for every peer.

Words are rjieba's, of Han characters alone: peers treat Latin case and tokens each in its own way.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

import rjieba

from bench.peers import KINDS, Query
from search.document import Document

SEED = 20240628
COMMONEST = 20  # words that are always asked
WARMING = 5  # queries of each kind that are asked first and not measured
LOOKED_THROUGH = 2_000  # texts that the commonest words are counted in

_han = re.compile("[\u4e00-\u9fd5]+")


def draw_queries(documents: Sequence[Document], count: int) -> dict[str, list[Query]]:
    """Return of each kind the commonest words and `count` drawn from running text, all distinct.

    The last `WARMING` of a kind come on top. Of few texts there may be fewer than asked for.
    """
    step = max(1, len(documents) // LOOKED_THROUGH)
    found = {kind: dict.fromkeys(queries) for kind, queries in _commonest(documents[::step])}
    wanted = len(found["term"]) + count + WARMING
    draw = random.Random(SEED)
    # By length: a text is as likely as its share of all running text.
    bounds = list(accumulate(len(document.body) for document in documents))
    for _ in range(20 * wanted):
        if all(len(queries) >= wanted for queries in found.values()):
            break
        words = rjieba.cut(draw.choices(documents, cum_weights=bounds)[0].body)
        places = [at for at, pair in enumerate(pairwise(words)) if all(map(_han.fullmatch, pair))]
        if len(places) < 2:
            continue
        first, second = (words[at] for at in draw.sample(places, 2))
        beside = draw.choice(places)
        for kind, drawn in (
            ("term", (first,)),
            ("and", (first, second)),
            ("or", (second, first)),
            ("phrase", (words[beside], words[beside + 1])),
        ):
            if len(found[kind]) < wanted and len(set(drawn)) == len(drawn):
                found[kind].setdefault(Query(kind, drawn))
    return {kind: list(found[kind]) for kind in KINDS}


def _commonest(documents: Sequence[Document]) -> list[tuple[str, list[Query]]]:
    """Return for each kind the queries made of the commonest words."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for document in documents:
        words = rjieba.cut(document.body)
        counts.update(word for word in words if _han.fullmatch(word))
        pairs.update(p for p in pairwise(words) if _han.fullmatch(p[0]) and _han.fullmatch(p[1]))
    commonest = [word for word, _ in counts.most_common(COMMONEST)]
    ring = list(zip(commonest, commonest[1:] + commonest[:1], strict=True))
    following: dict[str, tuple[str, str]] = {}
    for pair, _ in pairs.most_common():
        following.setdefault(pair[0], pair)
    beside = [following[word] for word in commonest if word in following]
    return [
        ("term", [Query("term", (word,)) for word in commonest]),
        ("and", [Query("and", pair) for pair in ring]),
        ("or", [Query("or", pair) for pair in ring]),
        ("phrase", [Query("phrase", pair) for pair in beside]),
    ]
