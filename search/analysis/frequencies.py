"""How frequent jieba takes a word to be, looked up in its own dictionary file.

Reading all of the file takes a third of a second, which a search has not got. It is in order, but
for a few lines, so a word is looked for by halving, and where that fails from its beginning on.
"""

import mmap
from functools import cache, lru_cache
from pathlib import Path

from search.analysis.segmenter import has_word
from search.text.tables import package_folder

TOTAL = 60_101_967  # of all frequencies in the file: what jieba divides by
LONGEST = 16  # characters of a Han word in it
KNOWN = 1 << 17  # texts that are remembered


def dictionary_path() -> Path:
    """Return where jieba's dictionary lies, without importing jieba, which takes a second."""
    return package_folder("jieba") / "dict.txt"


@lru_cache(KNOWN)
def frequency(text: str) -> int:
    """Return how often `text` was counted as a word, 0 for what is none in jieba's dictionary.

    >>> frequency("长三角") > 0, frequency("容器编排")
    (True, 0)
    """
    if not has_word(text):
        return 0
    rows, key = _rows(), text.encode() + b" "
    at = _halved(rows, key)
    if rows[at : at + len(key)] != key:
        at = 0 if rows[: len(key)] == key else rows.find(b"\n" + key) + 1
    return int(rows[at : rows.find(b"\n", at)].split(b" ")[1])


def _halved(rows: mmap.mmap, key: bytes) -> int:
    """Return where the first line begins that is not before `key`, if the lines are in order."""
    low, high = 0, len(rows)
    while low < high:  # both are where lines begin
        middle = rows.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if rows[middle : middle + len(key)] < key:
            low = rows.find(b"\n", middle) + 1 or len(rows)
        else:
            high = middle
    return low


@cache
def _rows() -> mmap.mmap:
    with dictionary_path().open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
