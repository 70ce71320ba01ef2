"""A user's dictionary as a file: jieba's format, a word a line, with a frequency and a tag if any.

    云计算 5 n
    容器编排
    C++
    让·雷诺 nr
    "Windows 10"
    江大桥 0

Words may hold spaces, signs, Latin and digits, and may be in either script. Without a frequency a
word gets the one it needs to stand as a word by itself; with 0 nothing is cut into it. As the last
number of a line is a frequency, and a tag of jieba's behind it a tag, words that end in such are
put in quotation marks. What follows a # at the beginning of a line or behind a space is a comment.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from search.analysis.dictionary import FORBIDDEN, Dictionary
from search.analysis.literal import Literal
from search.analysis.routes import frequency_needed
from search.analysis.runs import Script, alnums, runs, units
from search.analysis.segmenter import is_usual
from search.analysis.words import LONGEST_TERM
from search.errors import SettingError
from search.messages import message
from search.text import fold

MOST_FREQUENT = 1_000_000_000
MOST_NOTES = 20

_comment = re.compile(r"(?:^|\s)#.*")
_quoted = re.compile(r"""["“”「](?P<word>[^"“”「」]+)["“”」](?P<rest>.*)""")
_letters = re.compile("[a-z]+").fullmatch
_amount = re.compile(r"[-+−＋]?\d*[.,．]?\d+").fullmatch
# The tags of parts of speech that jieba's dictionary and its model have.
_tag = re.compile(
    "a[dgn]?|b|c|d[fg]?|e(?:ng)?|f|g|h|i|j|k|l|m[gq]?|n[grstwz]?|nrfg|nrt|o|p|q|r[grz]?|s|tg?"
    "|u[dgjlnvz]?|v[dginq]?|w|x|y|zg?"
).fullmatch


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file: the word folded, and the frequency if one is given."""

    line: int
    word: str
    frequency: int | None


def read_dictionary(text: str, name: str) -> tuple[Dictionary, list[str]]:
    r"""Return the words of a file named `name`, and notes on those that change nothing.

    Of lines with the same word the last counts. A SettingError names the file and the line.

    >>> dictionary, notes = read_dictionary("雲計算 5 n\nC++\n的\n江大桥 0", "dictionary.txt")
    >>> dictionary.han, set(dictionary.mixed)
    ({'江大桥': 0, '云计算': 5}, {'c++'})
    >>> notes
    ["line 3 of 'dictionary.txt': '的' is one character, which changes nothing"]
    """
    entries: dict[str, Entry] = {}
    notes: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if bare := _comment.sub("", line).strip():
            entry = _entry(bare, number, name)
            if len(entry.word) == 1 and is_usual(entry.word):
                notes.append(
                    message(
                        "line {number} of '{name}': '{word}' is one character, which changes "
                        "nothing",
                        number=number,
                        name=name,
                        word=entry.word,
                    )
                )
            else:
                entries.pop(entry.word, None)
                entries[entry.word] = entry
    if len(notes) > MOST_NOTES:
        notes[MOST_NOTES - 1 :] = [
            message("and {count:,} more of the kind", count=len(notes) - MOST_NOTES + 1)
        ]
    return _dictionary(list(entries.values()), name), notes


def _entry(line: str, number: int, name: str) -> Entry:
    quoted = _quoted.fullmatch(line)
    parts = [quoted["word"], *quoted["rest"].split()] if quoted else line.split()
    if line[0] in '"“”「' and not quoted:
        raise _error(name, number, message("the quotation mark {line} is not closed", line=line[0]))
    # As in jieba any lower-case letters behind a frequency are a tag, without one those it knows.
    if len(parts) > 1 and _letters(parts[-1]) and (_tag(parts[-1]) or parts[-2].isdecimal()):
        del parts[-1]
    frequency = None
    if len(parts) > 1 and parts[-1].isdecimal():
        frequency = int(parts.pop()[:20])
        if frequency > MOST_FREQUENT:
            raise _error(
                name,
                number,
                message("a frequency is {most_frequent:,} at most", most_frequent=MOST_FREQUENT),
            )
    if len(parts) > 1 and _amount(parts[-1]):
        raise _error(
            name,
            number,
            message("'{parts}' is no frequency: a whole number is, from 0", parts=parts[-1]),
        )
    if quoted and len(parts) > 1:
        raise _error(
            name, number, message("'{parts}' is no frequency and no tag", parts=" ".join(parts[1:]))
        )
    literal = Literal.of(fold(" ".join(parts)).text)
    if not literal.searchable:
        raise _error(
            name, number, message("'{line}' holds no character, letter or digit", line=line)
        )
    if len(literal.text) > LONGEST_TERM:
        raise _error(
            name,
            number,
            message("a word has {longest_term} characters at most", longest_term=LONGEST_TERM),
        )
    return Entry(number, literal.text, frequency)


def _dictionary(entries: list[Entry], name: str) -> Dictionary:
    """Return the entries as analysis uses them."""
    mixed: set[str] = set()
    apart: set[str] = set()
    han: list[Entry] = []
    for entry in entries:
        if is_usual(entry.word):
            han.append(entry)
        elif entry.frequency != FORBIDDEN:
            mixed.add(entry.word)
        elif _has_parts(entry.word):
            apart.add(entry.word)
        else:
            raise _error(
                name,
                entry.line,
                message(
                    "'{word}' cannot be forbidden: only Han and Latin of several parts can",
                    word=entry.word,
                ),
            )
    return Dictionary(_frequencies(han), frozenset(mixed), frozenset(apart))


def _frequencies(entries: list[Entry]) -> dict[str, int]:
    """Return the frequencies of Han words, shorter words first: longer ones may hold them."""
    found: dict[str, int] = {}
    entries.sort(key=lambda entry: (len(entry.word), entry.word))
    for _, some in groupby(entries, key=lambda entry: len(entry.word)):
        shorter = Dictionary(dict(found))
        for entry in some:
            given = entry.frequency
            found[entry.word] = frequency_needed(entry.word, shorter) if given is None else given
    return found


def _has_parts(word: str) -> bool:
    """Return whether a word is a Latin term that is indexed whole and by part."""
    found = list(runs(word))
    if len(found) != 1 or found[0].script is not Script.LATIN or found[0].text != word:
        return False
    parts = list(alnums(word))
    return len(parts) > 1 or parts[0].text != word or len(list(units(word))) > 1


def _error(name: str, line: int, fault: str) -> SettingError:
    return SettingError(
        message(
            "cannot use dictionary '{name}': line {line}: {fault}",
            name=name,
            line=line,
            fault=fault,
        ),
        message(
            "mend line {line}: a word, and behind it if wanted a frequency and a tag: '云计算 5 n'",
            line=line,
        ),
    )
