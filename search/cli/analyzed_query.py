"""The analysis of a query, for people and for programs."""

from collections.abc import Iterator

from search.analysis import Adjacency
from search.archive.query_analysis import OtherText, QueryAnalysis, QueryPart
from search.cli.explained import asked_so
from search.cli.output import one_line
from search.cli.sections import Row, Section
from search.messages import message

_KINDS = {
    "user": message("of your dictionary"),
    "dictionary": message("in the dictionary"),
    "guessed": message("guessed, not in the dictionary"),
    "character": message("a single character"),
    "latin": message("Latin"),
}


def query_sections(found: QueryAnalysis) -> Iterator[list[Section]]:
    """Yield what is told of a query, then of each of its parts."""
    yield [
        Section("query", [Row(one_line(found.query))]),
        Section("read as", [Row(found.read_as or "nothing to search for")]),
        Section("notes", list(map(Row, found.notes))),
        Section("index", [_index(found)]),
        Section("answers", list(_answers(found))),
        Section("asking", [_asking(found)] if found.asking else []),
        Section("or", list(map(_other, found.together))),
    ]
    for number, part in enumerate(found.parts, start=1):
        yield [
            Section(f"part {number}", [_head(part)]),
            Section("words", list(_words(part))),
            Section("needs", list(_needs(part))),
            Section("grams", list(_grams(part))),
            Section("or", list(map(_other, part.others))),
        ]


def _index(found: QueryAnalysis) -> Row:
    if found.problem:
        return Row("none used, so nothing is counted or read as pinyin", found.problem)
    return Row(_articles(found.documents))


def _answers(found: QueryAnalysis) -> Iterator[Row]:
    if found.total is None:
        return
    why = found.relaxed_reason
    if why is None:
        yield Row(_articles(found.total))
    else:
        without = f", without it {_articles(why.without_it)}" if why.without_it else ""
        way = f"none has all of them: '{why.word}' is in the way{without}"
        yield Row(f"{_articles(found.total)} with most of the words", way)


def _asking(found: QueryAnalysis) -> Row:
    return Row(" ".join(found.asking), "only ask; an article with most of the words need not")


def _head(part: QueryPart) -> Row:
    ways = dict.fromkeys(one_line(way) for way in (part.typed, part.folded) if way)
    notes = [asked_so(part.kind, part.field, part.excluded), _counted(part.articles)]
    if part.left_out:
        notes.append("left out of the search: the query is too long")
    return Row(" → ".join(ways), ", ".join(note for note in notes if note))


def _words(part: QueryPart) -> Iterator[Row]:
    for word in part.words:
        notes = (_KINDS.get(word.kind, word.kind), _counted(word.articles))
        yield Row(word.text, ", ".join(note for note in notes if note))


def _needs(part: QueryPart) -> Iterator[Row]:
    """Yield what an article needs, where it is not just the one word."""
    match part.kind:
        case "text" if len(part.words) > 1:
            which = "any" if part.any_word else "all"
            yield Row(f"{which} of these words, wherever they stand as text")
        case "exact":
            yield Row(f"{part.folded}, these characters side by side")
        case "original":
            yield Row(f"{part.folded}, as its author wrote it: every text is read")
        case "prefix":
            yield Row(f"a word that begins with {part.folded}; the commonest score")
        case "fuzzy":
            letters = "1 letter" if part.edits == 1 else f"{part.edits or 0} letters"
            yield Row(f"{part.folded}, or a word with up to {letters} more, fewer or others")
        case "near":
            yield Row(f"all of these with {part.distance} characters or tokens between at most")
        case _:
            pass
    yield from map(Row, dict.fromkeys(rule for one in part.looked_for for rule in one.rules))


def _grams(part: QueryPart) -> Iterator[Row]:
    for one in part.looked_for:
        how = "their places decide" if one.decided else "these must be there, then texts are read"
        of = f"for {one.text}: " if len(part.looked_for) > 1 else ""
        yield Row(_steps(one.grams), of + how)


def _steps(grams: Adjacency) -> str:
    """Return the grams of each part; one character stands for all pairs that begin with it."""
    return " … ".join(" ".join(step.gram for step in part) for part in grams.parts)


def _other(one: OtherText) -> Row:
    notes = (f"{one.kind}, for {one.of}", _counted(one.articles))
    return Row(one.text, ", ".join(note for note in notes if note))


def _articles(count: int | None) -> str:
    return f"{count or 0:,} article{'' if count == 1 else 's'}"


def _counted(count: int | None) -> str:
    return "" if count is None else f"in {_articles(count)}"
