"""What kind of word each word of a text is: where it comes from, and so why it is one.

For people: no term depends on it.
"""

from collections.abc import Iterator

from search.analysis.dictionary import NONE, Dictionary
from search.analysis.runs import Run, Script, runs
from search.analysis.segmenter import in_dictionary
from search.analysis.token import Token
from search.analysis.words import words

USER = "user"  # the user's dictionary has it
DICTIONARY = "dictionary"  # jieba's dictionary has it
GUESSED = "guessed"  # by jieba's model: single characters that together look like a word
CHARACTER = "character"  # one Han character that nothing joins with its neighbours
LATIN = "latin"  # letters, digits and the signs between them, as a reader takes them for one word
PART = "part"  # of such a word
KANA, HANGUL = "kana", "hangul"  # whole runs; grams find what is in them
KINDS = (USER, DICTIONARY, GUESSED, CHARACTER, LATIN, PART, KANA, HANGUL)

_OF_SCRIPTS = {Script.KANA: KANA, Script.HANGUL: HANGUL}


def kind_of_word(word: str, run: Run, dictionary: Dictionary = NONE) -> str:
    """Return the kind of a word that was cut from `run`: one of `KINDS`.

    The dictionary is asked for the word alone: the cut that is the likeliest in a text is so, too,
    of that word.
    """
    if word in dictionary.mixed or dictionary.han.get(word):
        return USER
    if run.script is Script.LATIN:
        return LATIN if word == run.text else PART
    if run.script is not Script.HAN:
        return _OF_SCRIPTS[run.script]
    if len(word) == 1:
        return CHARACTER
    return DICTIONARY if in_dictionary(word) else GUESSED


def kind_alone(word: str, dictionary: Dictionary = NONE) -> str:
    """Return the kind of a word that a query asks for, which a run holds as it stands.

    >>> kind_alone("长三角"), kind_alone("bim+gis")
    ('dictionary', 'latin')
    """
    run = next(runs(word), None)
    return kind_of_word(word, run, dictionary) if run else CHARACTER


def words_with_kinds(text: str, dictionary: Dictionary = NONE) -> Iterator[tuple[Token, str]]:
    """Yield the words of folded `text`, as `words` does, each with its kind.

    >>> [(token.term, kind) for token, kind in words_with_kinds("末来5g")]
    [('末来', 'guessed'), ('5g', 'latin'), ('5', 'part'), ('g', 'part')]
    """
    known: dict[str, str] = {}  # but for Latin: g is a part of 5g, and a word of its own
    rest = runs(text)
    run = Run(Script.HAN, "", 0)
    for token in words(text, dictionary):
        while token.start >= run.end:
            run = next(rest)
        kind = known.get(token.term)
        if kind is None:
            kind = kind_of_word(token.term, run, dictionary)
            if run.script is not Script.LATIN:
                known[token.term] = kind
        yield token, kind
