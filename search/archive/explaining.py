"""How many articles each word of a query is found in: what keeps others from being found."""

from collections.abc import Iterator
from dataclasses import replace

from search.engine import IndexReader, SearchRequest
from search.query import Exact, In, Node, Or, Run, parts_of, words_of

MOST_WORDS = 24  # that are counted, each by a search of its own


def word_counts(reader: IndexReader, request: SearchRequest) -> dict[str, int]:
    """Return word → in how many articles it, or what stands for it, is found.

    The fields, dates and filters of the request hold, those typed in the query do not. Words that
    only ask are counted as any other, excluded ones are not.
    """
    found: dict[str, int] = {}
    for word, node in _parts(request.tree):
        if len(found) == MOST_WORDS:
            break
        if word not in found:
            alone = replace(request, tree=node, limit=0, offset=0, explain=False, relax=False)
            found[word] = reader.search(alone).total
    return found


def _parts(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield each word with what asks for it alone."""
    match node:
        case Or(children):
            for child in children:
                yield from _parts(child)
        case Run(any_word=True):
            yield from _parts(replace(node, any_word=False))
        case In(field, child):
            yield from ((word, In(field, part)) for word, part in _parts(child))
        case _:
            parts = parts_of(node)
            yield from parts.named
            yield from ((word, Exact(word, words_of(word))) for word in parts.asking)
