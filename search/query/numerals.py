"""Chinese numerals: whole numbers below 10¹⁶ to and from the way they are written out."""

import re

DIGITS = "零一二三四五六七八九"
ZEROS = "〇零"
MOST = 10**16 - 1
_SMALL = (("千", 1000), ("百", 100), ("十", 10))
_LARGE = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))
_two = re.compile("两(?=[千百万亿])")
_group = re.compile("(?:(.)千)?(?:(.)百)?(?:(.)十)?(.)?")


def numeral(number: int) -> str:
    """Return a number from 0 to 10¹⁶ - 1 as it is written out.

    >>> numeral(12), numeral(120), numeral(10_050), numeral(200_000_000)
    ('十二', '一百二十', '一万零五十', '二亿')
    """
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} has no usual numeral")
    if number == 0:
        return "零"
    parts: list[str] = []
    rest = number
    for unit, value in (*_LARGE, ("", 1)):
        group, rest = divmod(rest, value)
        if group:
            gap = bool(parts) and (group < 1000 or parts[-1] == "零")
            parts += ["零"] * (gap and parts[-1] != "零") + [_below_10000(group), unit]
        elif parts and rest and parts[-1] != "零":
            parts.append("零")
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def number_of(text: str) -> int | None:
    """Return the number that a numeral writes out; None when it is none, or an unusual one.

    >>> number_of("三十五"), number_of("两万五千"), number_of("二〇二四"), number_of("千万")
    (35, 25000, None, None)
    """
    plain = _two.sub("二", text.replace("〇", "零"))
    if plain.startswith("十"):
        plain = f"一{plain}"
    number = 0
    rest = plain
    for unit, value in _LARGE:
        head, found, tail = rest.partition(unit)
        if found:
            group = _read(head)
            if group is None:
                return None
            number, rest = number + group * value, tail
    group = _read(rest) if rest else 0
    if group is None:
        return None
    number += group
    written = numeral(number)
    # Only what is written as numbers are: 一百二 may be 120, 三五 is three or five.
    usual = f"一{written}" if written[0] == "十" else written
    return number if plain == usual else None


def digits(text: str) -> str:
    """Return a numeral of digits alone in Arabic ones: 二〇二四 is 2024."""
    return "".join("0" if c in ZEROS else str(DIGITS.index(c)) for c in text)


def spelt(number: str, zero: str = "〇") -> str:
    """Return Arabic digits one by one: 2024 is 二〇二四, or 二零二四."""
    return "".join(zero if c == "0" else DIGITS[int(c)] for c in number)


def _below_10000(group: int) -> str:
    parts: list[str] = []
    for unit, value in (*_SMALL, ("", 1)):
        digit, group = divmod(group, value)
        if digit:
            parts += [DIGITS[digit], unit]
        elif parts and group and parts[-1] != "零":
            parts.append("零")
    return "".join(parts)


def _read(group: str) -> int | None:
    """Return a number below 10,000 read without regard to zeros, or None."""
    match = _group.fullmatch(group.replace("零", ""))
    if not match or not group:
        return None
    found = [digit or "零" for digit in match.groups()]
    if not all(digit in DIGITS for digit in found):
        return None
    return sum(DIGITS.index(d) * v for d, v in zip(found, (1000, 100, 10, 1), strict=True))
