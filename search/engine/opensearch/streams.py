"""Analysed documents → the lines of terms that an index is given, a line for each field.

Terms are parted by spaces. In `grams` their places count: those at one place are joined by `STACK`,
and `HOLE` is a place without a term, so the numbers of elements (`search.analysis.batch`) are those
of the index. Where a gram of the text alone does not tell what a phrase asks for, another stands at
its place beside it:

- `HEAD` and a character: the first of a run behind letters or digits, of whatever pair it is;
- `SPACED` and a unit: one that spaces part from the unit before it; `TOUCHING`: that nothing does.

The other lines have no places: `words` and `singles`, the characters one by one, are counted, and
of `signs`, whatever is neither a character, a letter, a digit nor a space, and its pairs with what
touches it, only that they are there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import add, itemgetter

import numpy as np

from search.analysis import Step
from search.analysis.batch import Batch
from search.analysis.grams import head
from search.analysis.steps import NEXT
from search.engine.opensearch.mapping import GRAMS, HOLE, SIGNS, SINGLES, STACK, WORDS
from search.text import fold
from search.text.characters import is_cjk, kind_of

HEAD, SPACED, TOUCHING = "\ue002", "\ue003", "\ue004"
BLANK = "\ue005"  # stands for a space in a word of the user's dictionary
_INDEXED = ("CJK", "LETTER", "DIGIT")  # kinds of characters that words and grams hold

Lines = dict[str, str]  # kind → line, of one text


def lines_of(batch: Batch) -> Iterator[Lines]:
    """Yield the lines of each text of a batch, titles and bodies in turn."""
    characters, grams = _elements(batch)
    single = np.flatnonzero(batch.characters)
    singles = [characters[at] for at in single.tolist()]
    ends = np.cumsum(batch.element_counts)
    single_ends = np.searchsorted(single, ends).tolist()
    words = _words(batch, characters, ends.tolist())
    spans = pairwise([0, *ends.tolist()])
    single_spans = pairwise([0, *single_ends])
    raws = (text for document in batch.documents for text in (document.title, document.body))
    for (start, end), (first, last), named, raw in zip(
        spans, single_spans, words, raws, strict=True
    ):
        found = {
            WORDS: " ".join(named),
            GRAMS: " ".join(grams[start:end]).lstrip(f"{HOLE} "),
            SINGLES: " ".join(singles[first:last]),
            SIGNS: " ".join(signs_in(fold(raw).text)),
        }
        yield {kind: line for kind, line in found.items() if line}


def _elements(batch: Batch) -> tuple[list[str], list[str]]:
    """Return the elements of a batch, and what stands at the place of each, holes before it."""
    points = batch.characters.astype("<u4").tobytes()
    characters = list(points.decode("utf-32-le", "surrogatepass"))
    is_unit = batch.characters == 0
    units = map(batch.units.__getitem__, batch.unit_ids.tolist())
    for at, unit in zip(np.flatnonzero(is_unit).tolist(), units, strict=True):
        characters[at] = unit
    grams = list(map(add, characters, [*characters[1:], ""])) if characters else []
    for at in np.flatnonzero(~batch.paired).tolist():
        grams[at] = characters[at]
    for at in np.flatnonzero(is_unit).tolist():
        grams[at] = head(grams[at])
    behind_unit = np.append(False, is_unit[:-1]) & (batch.steps == NEXT)
    for at in np.flatnonzero(behind_unit & ~is_unit).tolist():
        grams[at] += f"{STACK}{HEAD}{characters[at]}"
    for mark, chosen in ((SPACED, batch.spaced), (TOUCHING, ~batch.spaced & behind_unit)):
        for at in np.flatnonzero(chosen & is_unit).tolist():
            grams[at] += f"{STACK}{mark}{grams[at]}"
    for at in np.flatnonzero(batch.steps > NEXT).tolist():
        grams[at] = f"{HOLE} " * (int(batch.steps[at]) - NEXT) + grams[at]
    return characters, grams


def _words(batch: Batch, characters: Sequence[str], ends: Sequence[int]) -> list[list[str]]:
    """Return the words of each text, those of two characters last."""
    words = batch.words
    order = np.argsort(words.texts, kind="stable")
    edges = np.searchsorted(words.texts[order], np.arange(len(ends) + 1)).tolist()
    carried = list(map(carried_term, words.terms))
    terms = [carried[at] for at in words.ids[order].tolist()]
    found = [terms[start:end] for start, end in pairwise(edges)]
    pairs = np.flatnonzero(batch.pair_words)
    texts = np.searchsorted(ends, pairs, "right").tolist()
    for at, text in zip(pairs.tolist(), texts, strict=True):
        found[text].append(characters[at] + characters[at + 1])
    return found


def carried_term(word: str) -> str:
    """Return a word as the index holds it, which is how it has to be asked for."""
    return BLANK.join(word.split(" ")) if " " in word else word


def signs_in(folded: str) -> list[str]:
    """Return the signs of a folded text, and each pair that holds one, once and sorted.

    >>> signs_in("好，5% off")
    ['%', '5%', '好，', '，', '，5']
    """
    found: set[str] = set()
    for match in _sign.finditer(folded):
        at = match.start()
        found.update((folded[at - 1 : at + 1], folded[at : at + 2], folded[at]))
    return sorted(one for one in found if one and not _blank.search(one))


# More than `is_sign` tells is held: some characters of CJK blocks are no letters.
_sign = re.compile(r"[^\w\s]|_")
_blank = re.compile(r"\s")


def is_sign(character: str) -> bool:
    """Return whether no word or gram holds a character, and it is no space."""
    return kind_of(character) not in _INDEXED and not character.isspace()


def asked_line(steps: Sequence[Step]) -> str:
    """Return the line by which grams at fixed distances are asked for, as one phrase."""
    terms = [(asked_gram(step), step.offset) for step in steps]
    return line([(term, at - terms[0][1]) for term, at in terms])


def asked_gram(step: Step) -> str:
    """Return the term that stands where a text holds a gram of a phrase as it is asked for.

    A single character is the last of its run where it comes first, as a unit follows it; and else
    the first of its run.
    """
    if step.spaced is not None:
        return (SPACED if step.spaced else TOUCHING) + step.gram
    return HEAD + step.gram if step.offset and is_single(step.gram) else step.gram


def is_single(gram: str) -> bool:
    """Return whether a gram is one character of Han, kana or Hangul."""
    return len(gram) == 1 and is_cjk(gram)


def line(terms: Iterable[tuple[str, int]]) -> str:
    r"""Return the text that carries terms with their places, which must not go down.

    >>> line([("我们", 0), ("桥", 2), ("大桥", 2)]).encode("unicode_escape").decode()
    '\\u6211\\u4eec \\ue001 \\u6865\\ue000\\u5927\\u6865'
    """
    parts: list[str] = []
    for place, group in groupby(terms, key=itemgetter(1)):
        assert place >= len(parts), "places go up"
        parts += [HOLE] * (place - len(parts))
        parts.append(STACK.join(term for term, _ in group))
    return " ".join(parts)
