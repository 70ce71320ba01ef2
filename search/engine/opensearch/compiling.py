"""Query tree → the query that those documents answer which answer the tree, exactly.

Grams at their places decide, as the index holds them (`streams`). What they do not decide, a
quotation with signs in it or texts near each other, is read: the documents that may answer are
asked for, and the tree's own rule is applied to their texts, so that what is found is what a plain
`in` over the folded text would find.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from search.analysis import (
    MOST_NEAR,
    Adjacency,
    Literal,
    Step,
    adjacency,
    are_near,
    holds_original,
    is_latin,
)
from search.deadline import check_deadline, checked
from search.engine.column_names import FORMAT, SOURCE, format_named
from search.engine.dates import date_number, last_day
from search.engine.opensearch.documents import SEPARATOR, column_term
from search.engine.opensearch.mapping import (
    COLUMNS,
    DATE,
    GRAMS,
    LATEST,
    NUMBER,
    SIGNS,
    SINGLES,
    WORDS,
    field,
)
from search.engine.opensearch.streams import (
    asked_gram,
    asked_line,
    carried_term,
    is_sign,
    is_single,
)
from search.engine.opensearch.texts import Text
from search.errors import UnsupportedError
from search.messages import message
from search.query import (
    And,
    Dated,
    Exact,
    Expanded,
    Expansion,
    Fuzzy,
    Held,
    In,
    Near,
    Node,
    Not,
    Or,
    Original,
    Prefix,
    Run,
)
from search.text import fold

Query = dict[str, Any]
Alike = Callable[[str, int], Iterable[str]]  # (token, edits) → the words much like it
# (query, fields, rule) → the numbers of the documents of which a text passes the rule.
Reading = Callable[[Query, Sequence[str], Callable[[Text], bool]], Sequence[int]]

EVERY: Query = {"match_all": {}}
NONE: Query = {"match_none": {}}
MOST_TERMS = 60_000  # that one query may name


class Compiler:
    """Makes queries of query trees, for documents to answer in the given text fields."""

    def __init__(self, fields: Sequence[str], alike: Alike, read: Reading) -> None:
        self._fields = fields
        self._alike = alike
        self._read = read

    def compile(self, node: Node, among: Sequence[Query] = ()) -> Query:
        """Return the query for a tree. Texts are read only of documents that answer `among` too."""
        check_deadline()
        match node:
            case Run(expansions=(_, *_)):
                return self._expanded(node, among)
            case Expanded(child, others):
                found = [self.compile(child, among)]
                return any_of([*found, *(self._standing_for(one, among) for one in others)])
            case Run(any_word=True):
                return any_of([self._all_of([one], among) for one in node.literals])
            case Run() | Exact():
                return self._all_of(node.literals, among)
            case Or(children):
                return any_of([self.compile(child, among) for child in children])
            case Not(child):
                return {"bool": {"must_not": [self.compile(child, among)]}}
            case And(children):
                return self._and(children, among)
            case In(text, child):
                return Compiler((text,), self._alike, self._read).compile(child, among)
            case Dated(since, until):
                return all_of(dated(since, until))
            case Held(name, value):
                return held(name, value)
            case Prefix(text):
                return self._beginning(text, among)
            case Fuzzy(text):
                return self._much_alike(text, node.allowed, among)
            case Near(parts, distance):
                return self._near([part.whole for part in parts], distance, among)
            case Original(text, exact):
                return self._original(text, exact.whole, among)

    def _and(self, children: Iterable[Node], among: Sequence[Query]) -> Query:
        """Compile what can be decided first, so that few texts are read for the rest."""
        literals: list[Literal] = []
        others: list[Node] = []
        for child in children:
            match child:
                case Run(any_word=False, expansions=()) | Exact():
                    literals += child.literals
                case _:
                    others.append(child)
        others.sort(key=_reads)
        found: list[Query] = []
        if literals:
            found.append(self._all_of(literals, among))
        for node in others:
            found.append(self.compile(node, [*among, *found]))
        return all_of(found)

    def _expanded(self, run: Run, among: Sequence[Query]) -> Query:
        """Compile a run of which expansions of words, or of the whole, may stand in their place."""
        ways = []
        for word, literal in zip(run.words, run.literals, strict=True):
            others = [
                self._standing_for(other, among) for other in run.expansions if other.of == word
            ]
            ways.append(any_of([self._all_of([literal], among), *others]))
        whole = [
            self._standing_for(other, among)
            for other in run.expansions
            if other.of == run.text and other.of not in run.words
        ]
        return any_of([*(ways if run.any_word else [all_of(ways)]), *whole])

    def _standing_for(self, expansion: Expansion, among: Sequence[Query]) -> Query:
        return self._all_of([Literal.of(expansion.other)], among)

    def _beginning(self, text: str, among: Sequence[Query]) -> Query:
        if not (is_latin(text) and text):
            return self._text(text, among)
        return any_of([{"prefix": {field(WORDS, one): carried_term(text)}} for one in self._fields])

    def _much_alike(self, text: str, edits: int, among: Sequence[Query]) -> Query:
        if not is_latin(text) or not text:
            return self._text(text, among)
        words = list(map(carried_term, self._alike(text, edits)))
        return any_of([{"terms": {field(WORDS, one): words}} for one in self._fields if words])

    def _text(self, text: str, among: Sequence[Query]) -> Query:
        literal = Literal.of(text)
        return self._all_of([literal], among) if literal.searchable else NONE

    def _all_of(self, literals: Sequence[Literal], among: Sequence[Query]) -> Query:
        """Compile literals that must all be there, each in any of the fields."""
        found: list[Query] = []
        unsure: list[Literal] = []
        for literal in literals:
            way = adjacency(literal)
            found.append(any_of([self._may_hold(literal, way, one) for one in self._fields]))
            if not is_decided(literal):
                unsure.append(literal)
        for literal in checked(unsure):
            found.append(self._answering([*among, *found], _holding(literal)))
        return all_of(found)

    def _near(self, parts: Sequence[Literal], distance: int, among: Sequence[Query]) -> Query:
        if len(parts) > MOST_NEAR:
            raise UnsupportedError(
                message("cannot look for {count} texts near each other", count=len(parts)),
                message("name {most_near} at most", most_near=MOST_NEAR),
            )
        together = any_of(
            [
                all_of([self._may_hold(part, adjacency(part), one) for part in parts])
                for one in self._fields
            ]
        )
        return self._answering(
            [*among, together], lambda text: are_near(parts, distance, text.folded)
        )

    def _original(self, text: str, folded: Literal, among: Sequence[Query]) -> Query:
        way = adjacency(folded)
        maybe = any_of([self._may_hold(folded, way, one) for one in self._fields])
        return self._answering(
            [*among, maybe], lambda one: holds_original(text, folded, one.raw, one.folding)
        )

    def _answering(self, among: Sequence[Query], rule: Callable[[Text], bool]) -> Query:
        """Return the query for the documents of some of which a text passes the rule."""
        numbers = self._read(all_of(among), self._fields, rule)
        return of_numbers(numbers)

    def _may_hold(self, literal: Literal, way: Adjacency, text: str) -> Query:
        """Return the query for the documents whose title, or body, holds all that is indexed."""
        found = [_part(part, text) for part in way.parts]
        found += [{"term": {field(SIGNS, text): one}} for one in signs_of(literal.text)]
        return all_of(found)


def _holding(literal: Literal) -> Callable[[Text], bool]:
    return lambda text: literal.is_in(text.folded)


def is_decided(literal: Literal) -> bool:
    """Return whether the index alone tells who holds a literal."""
    if adjacency(literal).decided:
        return True
    return literal.is_plain and len(literal.text) <= 2 and bool(signs_of(literal.text))


def signs_of(text: str) -> list[str]:
    """Return the terms among signs that every text with this string holds."""
    pairs = [one + after for one, after in pairwise(text)]
    found = [
        pair
        for pair in pairs
        if (is_sign(pair[0]) or is_sign(pair[1])) and not (pair[0].isspace() or pair[1].isspace())
    ]
    held = set("".join(found))
    found += [one for one in text if is_sign(one) and one not in held]
    return list(dict.fromkeys(found))


def _part(steps: Sequence[Step], text: str) -> Query:
    """Return the query for grams at fixed distances in a title or body."""
    if len(steps) > 1:
        line = {"query": asked_line(steps), "analyzer": "places"}
        return {"match_phrase": {field(GRAMS, text): line}}
    if is_single(steps[0].gram):
        return {"term": {field(SINGLES, text): steps[0].gram}}
    return {"term": {field(GRAMS, text): asked_gram(steps[0])}}


def _reads(node: Node) -> int:
    """Return how much may have to be read for a node: the most comes last."""
    match node:
        case Dated() | Held():
            return 0
        case Near() | Original():
            return 2
        case _:
            return 1


def dated(since: str, until: str) -> list[Query]:
    """Return the queries for documents whose date can lie between two, inclusive."""
    found: list[Query] = []
    if since:
        found.append({"range": {LATEST: {"gte": date_number(since)}}})
    if until:
        found.append({"range": {DATE: {"lte": last_day(until)}}})
    return found


def held(name: str, value: str) -> Query:
    """Return the query for documents that have a value in a column, however it is written."""
    if name == SOURCE:
        wanted = fold(value.strip("/")).text
        below = f"{SOURCE}{SEPARATOR}{wanted}/"
        return any_of(
            [{"term": {COLUMNS: column_term(name, wanted)}}, {"prefix": {COLUMNS: below}}]
        )
    wanted = fold(format_named(value) if name == FORMAT else value).text
    return {"term": {COLUMNS: column_term(name, wanted)}}


def of_numbers(numbers: Sequence[int]) -> Query:
    """Return the query for the documents with these numbers."""
    parts = [numbers[at : at + MOST_TERMS] for at in range(0, len(numbers), MOST_TERMS)]
    return any_of([{"terms": {NUMBER: list(part)}} for part in parts])


def all_of(queries: Sequence[Query]) -> Query:
    """Return the query for what answers all of some; nothing scores."""
    found = [one for one in queries if one != EVERY]
    if not found:
        return EVERY
    return found[0] if len(found) == 1 else {"bool": {"filter": found}}


def any_of(queries: Sequence[Query]) -> Query:
    """Return the query for what answers any of some."""
    found = [one for one in queries if one != NONE]
    if not found:
        return NONE
    if len(found) == 1:
        return found[0]
    return {"bool": {"should": found, "minimum_should_match": 1}}


def without(query: Query, others: Mapping[str, Any]) -> Query:
    """Return the query for what answers one and not the other."""
    return {"bool": {"filter": [query], "must_not": [others]}}
