"""Numbers and dates of a folded text written the other way: 二〇二四年 and 2024年, 三万 and 30000.

Only what can be nothing but a number is one: 三角, 一些, 千万, 三五个 and 百度 hold none. Numbers
below ten, and 十, count only as a month, a day behind a month, or behind 第.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from search.analysis.runs import JOINTS
from search.query.numerals import DIGITS, ZEROS, digits, number_of, numeral, spelt

MOST = 4  # other ways to write one text
MOST_NUMBERS = 6  # in one text; more are a table, not a question
LARGEST = 10**8  # that is written out without 万 or 亿, and read so

# The ways to write a number, in the order in which they are tried.
_STYLES = ("arabic", "han", "zero", "two", "short", "written")
_FALLBACK = {"zero": "han", "two": "han", "written": "han", "short": "arabic"}
_UNITS = {"万": 10**4, "亿": 10**8, "万亿": 10**12}

_spelt = f"[{DIGITS}〇]"
_number = re.compile(
    rf"(?P<decimal>[{DIGITS}〇十百千两]+点{_spelt}+(?:万亿|[万亿]))"
    rf"|(?P<han>[{DIGITS}〇十百千万亿两]+)"
    rf"|(?P<arabic>[0-9]+(?:\.[0-9]+)?(?:万亿|[万亿])?)"
)
_year = re.compile("一[五六七八九]..|二[〇零]..")
_two = re.compile("二(?=[千万亿])")
_no_number_before = frozenset("几数好上成论点")
_no_number_after = frozenset("几点%‰")
_part_of_term = re.compile(rf"[a-z0-9{JOINTS}]")


@dataclass(frozen=True)
class Number:
    """A number in a text, where it stands and how else it is written; by style."""

    text: str
    start: int
    forms: Mapping[str, str]
    told: bool  # whether it is one by what stands beside it

    def written(self, style: str) -> str:
        """Return the number in a style, or in the nearest that it has."""
        return self.forms.get(style) or self.forms.get(_FALLBACK.get(style, ""), self.text)


def numbers(text: str) -> list[Number]:
    """Return the numbers of folded text, in order."""
    found = []
    for match in _number.finditer(text):
        before = text[match.start() - 1] if match.start() else ""
        after = text[match.end() : match.end() + 1]
        if before in _no_number_before or after in _no_number_after:
            continue
        read = {"decimal": _decimal, "han": _han, "arabic": _arabic}[match.lastgroup or ""]
        forms = read(match[0], before, after)
        if forms:
            is_told = bool(before == "第" or before == "月" or after == "月")
            found.append(Number(match[0], match.start(), forms, is_told))
    return found


def other_ways(text: str) -> tuple[str, ...]:
    """Return how else folded `text` is written, its numbers all in one style; at most four.

    >>> other_ways("2024年6月")
    ('二〇二四年六月', '二零二四年六月')
    >>> other_ways("长三角"), other_ways("三万")
    ((), ('30000', '3万'))
    """
    found = numbers(text)
    if not 0 < len(found) <= MOST_NUMBERS:
        return ()
    ways: dict[str, None] = {}
    for style in _STYLES:
        end = 0
        parts = []
        for number in found:
            parts += [text[end : number.start], number.written(style)]
            end = number.start + len(number.text)
        ways["".join((*parts, text[end:]))] = None
    return tuple(way for way in ways if way != text and len(way) > 1)[:MOST]


def ways_of_words(text: str, words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return word → how else it is written, of the words that hold a number of `text` whole.

    2024 of 2024年 is not one of them: without its 年 it is any number.
    """
    in_text = [(one.text, one.forms, one.told) for one in numbers(text)]
    found = {}
    for word in words if in_text else ():
        own = [(one.text, one.forms, one.told) for one in numbers(word)]
        if own and all(one in in_text for one in own):
            found[word] = other_ways(word)
    return found


def _decimal(text: str, before: str, after: str) -> Mapping[str, str]:  # noqa: ARG001 - as the others
    whole, _, rest = text.partition("点")
    fraction = rest.rstrip("万亿")
    number = number_of(whole)
    if number is None:
        return {}
    unit = rest[len(fraction) :]
    return {"arabic": f"{number}.{digits(fraction)}{unit}", "han": text}


def _han(text: str, before: str, after: str) -> Mapping[str, str]:
    if set(text) <= {*DIGITS, *ZEROS}:
        in_full = len(text) == 4 and (after == "年" or _year.fullmatch(text))
        if in_full or (len(text) > 2 and set(text[1:]) & set(ZEROS)):
            return _digit_by_digit(digits(text))
    number = number_of(text)
    if number is None:
        return {}
    if _is_told(number, before, after) or (number >= 10 and len(text) > 1):
        return _whole(number)
    return {}


def _arabic(text: str, before: str, after: str) -> Mapping[str, str]:
    if _part_of_term.match(before) or _part_of_term.match(after):
        return {}
    figures = text.rstrip("万亿")
    unit = text[len(figures) :]
    whole, _, fraction = figures.partition(".")
    if len(whole) > 12 or (whole[0] == "0" and len(whole) > 1):
        return {}
    if fraction:
        if not unit:
            return {}
        return {"arabic": text, "han": f"{numeral(int(whole))}点{spelt(fraction, '零')}{unit}"}
    number = int(whole)
    if unit:
        if not 0 < number < 10_000:
            return {}
        return _whole(number * _UNITS[unit])
    if len(whole) == 4 and after == "年":
        return _digit_by_digit(whole)
    if _is_told(number, before, after):
        return _whole(number)
    if not 10 <= number <= LARGEST:
        return {}
    if len(whole) == 4 and _year.fullmatch(spelt(whole)):
        return {**_digit_by_digit(whole), "written": numeral(number)}
    return _whole(number)


def _is_told(number: int, before: str, after: str) -> bool:
    """Return whether what stands beside a small number says that it is one: 第, a month, a day."""
    if before == "第":
        return number < 10_000
    if after == "月":
        return 1 <= number <= 12
    return before == "月" and after in ("日", "号") and 1 <= number <= 31


def _digit_by_digit(figures: str) -> Mapping[str, str]:
    return {"arabic": figures, "han": spelt(figures), "zero": spelt(figures, "零")}


def _whole(number: int) -> Mapping[str, str]:
    written = numeral(number)
    forms = {"han": written, "two": _two.sub("两", written)}
    for unit, value in reversed(_UNITS.items()):
        if number % value == 0 and number // value < 10_000 and number:
            forms["short"] = f"{number // value}{unit}"
            break
    if number <= LARGEST or "short" not in forms:
        forms["arabic"] = str(number)
    else:
        forms["arabic"] = forms["short"]
    return forms
