"""Cutting runs of Han characters into words with jieba's default mode.

rjieba, the same dictionary and model in Rust, cuts what lies within U+4E00–U+9FD5, ten times
faster and without a second of loading. What lies outside, such as 〇, jieba never joins with
anything: each such character is a word, and the run is cut on both sides of it. jieba itself is
the reference that tests hold this to.
"""

import logging
import re
import threading
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Protocol

SEGMENTER_RULES = 1  # raise when the same run would be cut differently; see FOLDING_RULES

FIRST_USUAL, LAST_USUAL = 0x4E00, 0x9FD5  # what jieba knows as Han
is_usual = re.compile(f"[{chr(FIRST_USUAL)}-{chr(LAST_USUAL)}]+").fullmatch
usual_pieces = re.compile(f"[{chr(FIRST_USUAL)}-{chr(LAST_USUAL)}]+|.", re.DOTALL).findall


class _Cutter(Protocol):
    def cut(self, text: str) -> list[str]: ...


class _Jieba(Protocol):
    def lcut(self, sentence: str) -> list[str]: ...


def cut(run: str) -> list[str]:
    """Return the words of a run of Han characters, in order; joined they give the run.

    >>> cut("长三角示范区")
    ['长三角', '示范区']
    >>> cut("二〇二四年")
    ['二', '〇', '二四年']
    """
    if len(run) == 1:
        return [run]
    if is_usual(run):
        return cut_joined(run)
    return [
        word
        for piece in usual_pieces(run)
        for word in (cut_joined(piece) if is_usual(piece) else piece)
    ]


def in_dictionary(word: str) -> bool:
    """Return whether `word`, a usual Han run, is in the dictionary, not only guessed to be one.

    >>> in_dictionary("市长"), in_dictionary("末来"), cut("末来")
    (True, False, ['末来'])
    """
    return known_words(word) == [word]


def has_word(text: str) -> bool:
    """Return whether `text` is in jieba's dictionary, be it cut so or not."""
    import rjieba

    return bool(rjieba.has_word(text))


def known_words(run: str) -> list[str]:
    """Return the words of a usual Han run by the dictionary alone; nothing is guessed to be one."""
    import rjieba

    words: list[str] = rjieba.cut(run, hmm=False)
    return words


def guessed_words(characters: str) -> list[str]:
    """Return the words that jieba's model of characters makes, without any dictionary."""
    words: list[str] = _model().cut(characters)
    return words


def cut_joined(runs: str) -> list[str]:
    """Return the words of usual Han runs that are parted by line ends, the line ends among them."""
    import rjieba  # reads its dictionary when it is imported: a tenth of a second

    words: list[str] = rjieba.cut(runs)
    return words


def cut_all(runs: Sequence[str]) -> list[list[str]]:
    """Return the words of each run, as `cut` does; one call for all of them costs far less."""
    if not all(map(is_usual, runs)):
        return [cut(run) for run in runs]
    cuts: list[list[str]] = [[]]
    for word in cut_joined("\n".join(runs)):
        if word == "\n":
            cuts.append([])
        else:
            cuts[-1].append(word)
    return cuts if runs else []


def cut_with_jieba(run: str) -> list[str]:
    """Return the words of `run` as jieba, the reference, cuts them. Loads for a second at first."""
    return _jieba().lcut(run)


@cache
def _model() -> _Cutter:
    import rjieba

    model: _Cutter = rjieba.Jieba.empty()  # type: ignore[no-untyped-call]  # rjieba says no more
    return model


_loading = threading.Lock()


@cache
def _load() -> _Jieba:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba asks for pkg_resources, which warns of itself
        import jieba
    jieba.setLogLevel(logging.ERROR)  # it reports its loading on stderr
    tokenizer = jieba.Tokenizer()
    # What tokenizer.initialize() does, less its cache in the temp folder all users share.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    loaded: _Jieba = tokenizer
    return loaded


def _jieba() -> _Jieba:
    with _loading:
        return _load()
