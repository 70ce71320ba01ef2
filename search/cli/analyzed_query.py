"""The analysis of a query, for people and for programs."""

from collections.abc import Iterable, Iterator

from search.analysis import Adjacency
from search.archive.query_analysis import OtherText, QueryAnalysis, QueryPart
from search.cli.explained import asked_so
from search.cli.output import one_line
from search.cli.sections import Row, Section
from search.cli.speech import articles, spoken, tell
from search.messages import message, plural

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
        Section("read as", [Row(found.read_as or tell("nothing to search for"))]),
        Section("notes", list(map(Row, found.notes))),
        Section("index", [_index(found)]),
        Section("answers", list(_answers(found))),
        Section("asking", [_asking(found)] if found.asking else []),
        Section("or", list(map(_other, found.together))),
    ]
    for number, part in enumerate(found.parts, start=1):
        yield [
            Section(tell("part {number}", number=number), [_head(part)]),
            Section("words", list(_words(part))),
            Section("needs", list(_needs(part))),
            Section("grams", list(_grams(part))),
            Section("or", list(map(_other, part.others))),
        ]


def _index(found: QueryAnalysis) -> Row:
    if found.problem:
        return Row(tell("none used, so nothing is counted or read as pinyin"), found.problem)
    return Row(_articles(found.documents))


def _answers(found: QueryAnalysis) -> Iterator[Row]:
    if found.total is None:
        return
    why = found.relaxed_reason
    if why is None:
        yield Row(_articles(found.total))
    else:
        way = tell("none has all of them: '{word}' is in the way", word=why.word)
        if why.without_it:
            way = tell(
                "none has all of them: '{word}' is in the way, without it {found}",
                word=why.word,
                found=articles(why.without_it),
            )
        most = tell("{found} with most of the words", found=articles(found.total))
        yield Row(most, way)


def _asking(found: QueryAnalysis) -> Row:
    return Row(" ".join(found.asking), tell("only ask; an article with most of the words need not"))


def _head(part: QueryPart) -> Row:
    ways = dict.fromkeys(one_line(way) for way in (part.typed, part.folded) if way)
    notes = [asked_so(part.kind, part.field, part.excluded), _counted(part.articles)]
    if part.left_out:
        notes.append(tell("left out of the search: the query is too long"))
    return Row(" → ".join(ways), _joined(notes))


def _words(part: QueryPart) -> Iterator[Row]:
    for word in part.words:
        notes = (spoken(_KINDS.get(word.kind, word.kind)), _counted(word.articles))
        yield Row(word.text, _joined(notes))


def _needs(part: QueryPart) -> Iterator[Row]:
    """Yield what an article needs, where it is not just the one word."""
    match part.kind:
        case "text" if len(part.words) > 1:
            any_word = message("any of these words, wherever they stand as text")
            all_words = message("all of these words, wherever they stand as text")
            yield Row(spoken(any_word if part.any_word else all_words))
        case "exact":
            yield Row(tell("{text}, these characters side by side", text=part.folded))
        case "original":
            yield Row(tell("{text}, as its author wrote it: every text is read", text=part.folded))
        case "prefix":
            yield Row(tell("a word that begins with {text}; the commonest score", text=part.folded))
        case "fuzzy":
            like = plural(
                "{text}, or a word with up to {count} letter more, fewer or others",
                "{text}, or a word with up to {count} letters more, fewer or others",
                count=part.edits or 0,
                text=part.folded,
            )
            yield Row(spoken(like))
        case "near":
            yield Row(
                tell(
                    "all of these with {distance} characters or tokens between at most",
                    distance=part.distance,
                )
            )
        case _:
            pass
    yield from map(Row, dict.fromkeys(rule for one in part.looked_for for rule in one.rules))


def _grams(part: QueryPart) -> Iterator[Row]:
    for one in part.looked_for:
        decide = message("their places decide")
        read = message("these must be there, then texts are read")
        how = spoken(decide if one.decided else read)
        of = tell("for {text}: ", text=one.text) if len(part.looked_for) > 1 else ""
        yield Row(_steps(one.grams), of + how)


def _steps(grams: Adjacency) -> str:
    """Return the grams of each part; one character stands for all pairs that begin with it."""
    return " … ".join(" ".join(step.gram for step in part) for part in grams.parts)


def _other(one: OtherText) -> Row:
    kind = tell("{kind}, for {word}", kind=message(one.kind), word=one.of)
    return Row(one.text, _joined((kind, _counted(one.articles))))


def _joined(notes: Iterable[str]) -> str:
    return spoken(", ").join(note for note in notes if note)


def _articles(count: int | None) -> str:
    return spoken(articles(count or 0))


def _counted(count: int | None) -> str:
    return "" if count is None else tell("in {found}", found=articles(count))
