"""Runs of Han characters → words, by jieba and the user's dictionary.

What stands in front of `segmenter`, which knows jieba alone: a run in which no word of the
dictionary stands is cut by that, any other by `routes`.
"""

from collections.abc import Sequence

from search.analysis import segmenter
from search.analysis.dictionary import FORBIDDEN, NONE, Dictionary


def cut(run: str, dictionary: Dictionary = NONE) -> list[str]:
    """Return the words of a run of Han characters, in order; joined they give the run.

    >>> cut("容器编排"), cut("容器编排", Dictionary({"容器编排": 5}))
    (['容器', '编排'], ['容器编排'])
    """
    if len(run) == 1 or not (dictionary.han and dictionary.is_in(run)):
        return segmenter.cut(run)
    return [
        word
        for piece in segmenter.usual_pieces(run)
        for word in (cut_joined(piece, dictionary) if segmenter.is_usual(piece) else piece)
    ]


def cut_joined(runs: str, dictionary: Dictionary = NONE) -> list[str]:
    """Return the words of usual Han runs that are parted by line ends, the line ends among them."""
    if not dictionary.han:
        return segmenter.cut_joined(runs)
    lines = runs.split("\n")
    known = [at for at, line in enumerate(lines) if dictionary.is_in(line)]
    if not known:
        return segmenter.cut_joined(runs)
    from search.analysis.routes import cut_with  # few runs hold such a word

    cuts = {at: cut_with(lines[at], dictionary) for at in known}
    for at in known:
        lines[at] = ""
    words: list[str] = []
    at = 0
    words += cuts.get(0, ())
    for word in segmenter.cut_joined("\n".join(lines)):
        words.append(word)
        if word == "\n":
            at += 1
            words += cuts.get(at, ())
    return words


def cut_all(runs: Sequence[str], dictionary: Dictionary = NONE) -> list[list[str]]:
    """Return the words of each run, as `cut` does; one call for all of them costs far less."""
    if dictionary.han:
        return [cut(run, dictionary) for run in runs]
    return segmenter.cut_all(runs)


def in_dictionary(word: str, dictionary: Dictionary = NONE) -> bool:
    """Return whether `word`, a usual Han run, is a known word, not only guessed to be one.

    >>> in_dictionary("市长"), in_dictionary("末来"), cut("末来")
    (True, False, ['末来'])
    """
    given = dictionary.han.get(word)
    return segmenter.in_dictionary(word) if given is None else given != FORBIDDEN
