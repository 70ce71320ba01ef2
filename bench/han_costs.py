"""What each common Han character costs in bits, from the word frequencies of jieba's dictionary.

`python -m bench.han_costs` prints search/reading/han_costs.py, the evidence by which the encoding
of a file is told. Counts are facts; the dictionary itself (MIT licence) is not copied.
"""

from collections import Counter, defaultdict
from math import log2

import jieba

from search.text.script import simplified

MOST_BITS = 16  # what is rarer is not worth a place in the table
MISCOUNTED = {"的": 4_000_000}  # the dictionary says 318,825: less than 是 or 了, in no corpus so
LINE_CHARACTERS = 44
HEAD = '''"""Bits that a common Han character costs in Chinese; Traditional counts as Simplified.

Made by `python -m bench.han_costs` from the frequencies of jieba's dictionary; not to be edited.
"""

HAN_COSTS = {
'''


def characters() -> Counter[str]:
    """Return how often each Han character stands in the words of jieba's dictionary."""
    fold = simplified()
    found: Counter[str] = Counter()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, *_ = line.decode("utf-8").split(" ")
            for character in word:
                if "\u4e00" <= character <= "\u9fff":
                    found[fold.get(character, character)] += int(count)
    return found + Counter(MISCOUNTED)


def rows() -> dict[int, str]:
    """Return bits → the characters that cost so many, the commonest first."""
    found = characters()
    total = found.total()
    by_bits: defaultdict[int, str] = defaultdict(str)
    for character, count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if count and (bits := round(log2(total / count))) <= MOST_BITS:
            by_bits[bits] += character
    return dict(by_bits)


def source() -> str:
    """Return the module that holds the table."""
    lines = []
    for bits, row in rows().items():
        parts = [row[at : at + LINE_CHARACTERS] for at in range(0, len(row), LINE_CHARACTERS)]
        if len(parts) == 1:
            lines.append(f'    {bits}: "{row}",\n')
        else:
            lines += [f"    {bits}: (\n", *(f'        "{part}"\n' for part in parts), "    ),\n"]
    return HEAD + "".join(lines) + "}\n"


if __name__ == "__main__":
    print(source(), end="")
