"""Our query trees as Whoosh's own queries, and what Whoosh finds for them by itself."""

from engine_cases import Home
from whoosh import query as stock
from whoosh.index import open_dir

from search.analysis import Literal
from search.query import And, Exact, Node, Not, Or


def translated(node: Node) -> stock.Query:
    """Return our tree as Whoosh's own."""
    match node:
        case And(children):
            return stock.And([translated(child) for child in children])
        case Or(children):
            return stock.Or([translated(child) for child in children])
        case Not(child):
            return stock.And([stock.Every(), stock.Not(translated(child))])
        case Exact():
            return _grams(node.whole)
    raise AssertionError(node)


def _grams(literal: Literal) -> stock.Query:
    terms = [stock.Term("grams", gram) for gram in literal.grams]
    return stock.And([*terms, *(stock.Prefix("grams", one) for one in literal.prefixes)])


def stock_answers(home: Home, query: stock.Query) -> set[str]:
    """Return the ids that Whoosh finds."""
    with open_dir(str(home.folder)).searcher() as searcher:
        return {_id(searcher, number) for number in searcher.docs_for_query(query)}


def _id(searcher, number):
    return searcher.stored_fields(number)["id"]
