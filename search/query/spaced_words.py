"""Words of the user's dictionary that have spaces in them, put together again as they are typed."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from search.analysis.dictionary import Dictionary
from search.query.lexer import Kind, Lexeme
from search.query.signs import unescaped_word
from search.text import fold


def with_spaced(lexemes: Sequence[Lexeme], dictionary: Dictionary) -> list[Lexeme]:
    """Return the lexemes, those words joined to one that the dictionary has as parts of one."""
    if not dictionary.has_spaced:
        return list(lexemes)
    return [
        one
        for is_text, some in groupby(lexemes, key=_is_text)
        for one in (_joined(list(some), dictionary) if is_text else some)
    ]


def _is_text(lexeme: Lexeme) -> bool:
    return lexeme.kind is Kind.WORD and bool(lexeme.text)


def _joined(words: Sequence[Lexeme], dictionary: Dictionary) -> Iterator[Lexeme]:
    """Yield neighbouring words, those joined over whose edge a word of the dictionary goes."""
    folded = [" ".join(fold(unescaped_word(one.text)).text.split()) for one in words]
    text = " ".join(folded)
    inside = {
        at
        for (start, end), _ in dictionary.mixed_apart(text)
        for at in range(start, end)
        if text[at] == " "
    }
    group: list[str] = []
    at = 0
    for one, part in zip(words, folded, strict=True):
        group.append(one.text)
        at += len(part)
        if at not in inside:
            yield Lexeme(Kind.WORD, " ".join(group))
            group = []
        at += 1
